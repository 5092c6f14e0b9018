import type { Block } from '../content/blocks.ts';
import { aside } from '../threads/aside.ts';
import type { Output } from '../threads/serve.ts';
import type { Threads } from '../threads/threads.ts';
import { Deflater, windowSize } from './deflater.ts';

/** What a block came to: the first `size` bytes of a buffer, which is that of the block. */
export interface Deflated {
  readonly buffer: ArrayBuffer;
  readonly size: number;
}

/** Deflates a block, whose buffer has room for what it comes to and is gone until it comes back with that. */
export type DeflateBlock = (block: Block & { readonly level: number }) => Promise<Deflated>;

/** Deflates in threads, where there are any. */
export function blockDeflater(threads: Threads | undefined): DeflateBlock {
  return aside(threads, 'deflate', deflateTask);
}

let deflater: Promise<Deflater> | undefined;

/** What a thread does for it. */
export async function deflateTask(input: unknown): Promise<Output> {
  const { buffer, before, length, level } = input as Parameters<DeflateBlock>[0];
  deflater ??= Deflater.create();
  const bytes = new Uint8Array(buffer, windowSize - before, before + length);
  const deflated = (await deflater).deflate(bytes, before, level);
  new Uint8Array(buffer).set(deflated);
  return { output: { buffer, size: deflated.length } satisfies Deflated, transfer: [buffer] };
}
