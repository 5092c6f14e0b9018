import { decompressHere } from '../../compression/decompress-here.ts';
import type { Fed } from '../../concurrency/threads/feed.ts';
import { readPipe } from '../../concurrency/threads/shared-pipe.ts';
import type { Done } from '../../concurrency/threads/task.ts';
import { takeApart } from './take-apart.ts';
import type { TakeApartInput, TakenApart } from './take-apart-task.ts';

/** Takes a layer apart in this thread, which waits for its bytes and for the disk. */
export async function takeApartWaiting(
  { memory, folder, options, ...layer }: TakeApartInput & Fed,
  tell: (news: 'ready') => void,
): Promise<Done<TakenApart>> {
  tell('ready');
  const open = () => readPipe(memory);
  const { entries, packed } = await takeApart({ ...layer, open }, folder, {
    ...options,
    undo: decompressHere,
  });
  const pages = entries.pages();
  return {
    output: { pages, packed },
    transfer: [...pages.bytes, pages.starts.buffer, ...(packed ? [packed.offsets.buffer] : [])],
  };
}
