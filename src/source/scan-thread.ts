import type { Done } from '../concurrency/threads/task.ts';
import { fileChunksWaiting } from '../content/file-chunks.ts';
import { type ScanInput, scanArchive } from './scan.ts';
import type { ScanNews } from './scan-task.ts';
import type { Scan } from './scanned.ts';

/** Bytes are told of in pieces of at least this size. */
const piece = 4 * 1024 * 1024;

/** Scans an archive with reads that this thread waits for; tells of each layer, and from time to time how many bytes more it has read. */
export async function scanWaiting(input: ScanInput, tell: (news: ScanNews) => void): Promise<Done<Scan>> {
  let bytes = 0;
  const advance = (more: number): void => {
    bytes += more;
    if (bytes < piece) return;
    tell(bytes);
    bytes = 0;
  };
  const scan = await scanArchive(input, { advance, onLayer: tell }, fileChunksWaiting);
  tell(bytes);
  return { output: scan };
}
