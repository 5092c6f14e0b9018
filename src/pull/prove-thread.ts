import { decompressHere } from '../compression/decompress-here.ts';
import type { Fed } from '../concurrency/threads/feed.ts';
import { readPipe } from '../concurrency/threads/shared-pipe.ts';
import type { Done } from '../concurrency/threads/task.ts';
import type { Digest } from '../oci/digest.ts';
import { type InflatingLayer, inflatedDigest } from './inflated-digest.ts';

/** Inflates a layer in this thread, which waits for its bytes. */
export async function inflateWaiting(
  { memory, ...layer }: InflatingLayer & Fed,
  tell: (news: 'ready') => void,
): Promise<Done<Digest | undefined>> {
  tell('ready');
  return { output: await inflatedDigest(readPipe(memory), layer, decompressHere) };
}
