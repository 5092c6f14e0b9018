import { instances, type Shared } from './wasm.ts';

/** The exports of assembly/inflate/inflate.ts, where they are explained. */
export interface InflateExports {
  readonly memory: { readonly buffer: ArrayBuffer };
  readonly input: Shared;
  readonly inputSize: Shared;
  readonly output: Shared;
  readonly outputSize: Shared;
  readonly windowSize: Shared;
  readonly blocks: Shared;
  readonly blocksSize: Shared;
  readonly bit: Shared;
  readonly inputLength: Shared;
  readonly outputLength: Shared;
  readonly blockCount: Shared;
  discard(): number;
  feed(bytes: number): void;
  begin(windowLength: number): void;
  slide(): void;
  run(): number;
}

/**
 * Results of the module's `run()`: needs more input, output full, no room for more block starts, stream at its end.
 * Negative results are faults: faultOf.
 */
export const outcome = { needsInput: 1, outputFull: 2, blocksFull: 3, ended: 4 } as const;

const faults = [
  'a block of an unknown type',
  'a stored block whose length contradicts itself',
  'code lengths that make no code',
  'a code that is incomplete or overfull',
  'a symbol that means nothing',
  'a match that begins before the data',
];

/** A fault that `run` told of, in words. */
export function faultOf(result: number): string {
  return faults[-result - 1] ?? `the unknown result ${result}`;
}

const instantiate = instances(() => import('./inflate-wasm.ts').then(({ inflateWasm }) => inflateWasm));

/** A new instance of assembly/inflate, with memory of its own; the module is compiled once a thread. */
export async function instantiateInflate(): Promise<InflateExports> {
  return (await instantiate()) as InflateExports;
}
