import { task } from '../concurrency/threads/task.ts';
import type { Threads } from '../concurrency/threads/threads.ts';
import type { ScanInput } from './scan.ts';
import type { Scan } from './scanned.ts';

/** Scanning an archive, as a thread does it; its news are how many bytes more it has read. */
export const scanTask = task<ScanInput, Scan, number>(
  'scan',
  async () => (await import('./scan-thread.ts')).scanWaiting,
);

/** Scans an archive in a thread; one that kept the compression of an archive has much to let go of, and ends. */
export function scanInThread(
  threads: Threads,
  input: ScanInput,
  advance: (bytes: number) => void,
): Promise<Scan> {
  return threads.run(scanTask, input, { isLast: input.compression === 'gzip', onNews: advance });
}
