import type { Block } from '../content/blocks.ts';
import type { Output } from '../threads/serve.ts';
import type { Threads } from '../threads/threads.ts';
import { Deflater, windowSize } from './deflater.ts';

/** What a block came to: the first `size` bytes of a buffer, which is that of the block. */
export interface Deflated {
  readonly buffer: ArrayBuffer;
  readonly size: number;
}

/** Deflates a block, whose buffer has room for what it comes to and is gone until it comes back with that. */
export type DeflateBlock = (block: Block, level: number) => Promise<Deflated>;

interface Input extends Block {
  readonly level: number;
}

/** In bytes. A thread costs as much to start as a few MiB cost to deflate. */
const leastThreaded = 4 * 1024 * 1024;

/** Deflates in this thread, and once there is enough of it in others, if there are any. */
export function blockDeflater(threads: Threads | undefined): DeflateBlock {
  let total = 0;
  return async (block, level) => {
    total += block.length;
    if (!threads || total <= leastThreaded) return deflateHere({ ...block, level });
    const input: Input = { ...block, level };
    return (await threads.run({ task: 'deflate', input, transfer: [block.buffer] })) as Deflated;
  };
}

/** The other end. */
export async function deflateTask(input: unknown): Promise<Output> {
  const output = await deflateHere(input as Input);
  return { output, transfer: [output.buffer] };
}

let deflater: Promise<Deflater> | undefined;

async function deflateHere({ buffer, before, length, level }: Input): Promise<Deflated> {
  deflater ??= Deflater.create();
  const bytes = new Uint8Array(buffer, windowSize - before, before + length);
  const deflated = (await deflater).deflate(bytes, before, level);
  new Uint8Array(buffer).set(deflated);
  return { buffer, size: deflated.length };
}
