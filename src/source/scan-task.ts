import { task } from '../concurrency/threads/task.ts';
import type { Threads } from '../concurrency/threads/threads.ts';
import type { ScanInput } from './scan.ts';
import type { Scan, ScannedFile, ScanWatch } from './scanned.ts';

/** How many bytes more were read, or a layer that was. */
export type ScanNews = number | ScannedFile;

/** Scanning an archive, as a thread does it. */
export const scanTask = task<ScanInput, Scan, ScanNews>(
  'scan',
  async () => (await import('./scan-thread.ts')).scanWaiting,
);

/** Scans an archive in a thread; one that kept the compression of an archive has much to let go of, and ends. */
export function scanInThread(
  threads: Threads,
  input: ScanInput,
  { advance, onLayer }: ScanWatch,
): Promise<Scan> {
  const onNews = (news: ScanNews): void => (typeof news === 'number' ? advance(news) : onLayer(news));
  return threads.run(scanTask, input, { isLast: input.compression === 'gzip', onNews });
}
