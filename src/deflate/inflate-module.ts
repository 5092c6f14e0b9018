/** A number that both sides see. */
interface Shared {
  value: number;
}

/** The exports of assembly/inflate.ts, where they are explained. */
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

/** What `run` came to. Numbers below zero are faults of the stream. */
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

/** What is used here of the global that the type libraries only know in browsers. */
declare const WebAssembly: {
  compile(bytes: Uint8Array): Promise<object>;
  instantiate(module: object, imports: object): Promise<{ readonly exports: unknown }>;
};

let compiled: Promise<object> | undefined;

/** An inflater of one's own; the module is read and compiled when it is first asked for. */
export async function instantiateInflate(): Promise<InflateExports> {
  compiled ??= import('./inflate-wasm.ts').then(({ inflateWasm }) =>
    WebAssembly.compile(Buffer.from(inflateWasm, 'base64')),
  );
  const instance = await WebAssembly.instantiate(await compiled, {});
  return instance.exports as InflateExports;
}
