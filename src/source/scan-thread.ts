import type { Output } from '../concurrency/threads/serve.ts';
import type { Threads } from '../concurrency/threads/threads.ts';
import { readWaiting } from '../content/read-fleeting.ts';
import { type Scan, type ScanInput, scanArchive } from './scan.ts';

/** Bytes are told of in pieces of at least this size. */
const piece = 4 * 1024 * 1024;

/** Scans an archive in a thread; one that kept the compression of an archive has much to let go of, and ends. */
export function scanInThread(
  threads: Threads,
  input: ScanInput,
  advance: (bytes: number) => void,
): Promise<Scan> {
  const onNews = (bytes: unknown): void => advance(bytes as number);
  const isLast = input.compression === 'gzip';
  return threads.run({ task: 'scan', input, isLast, onNews }) as Promise<Scan>;
}

/** The other end. */
export async function scanTask(input: unknown, tell: (news: unknown) => void): Promise<Output> {
  let bytes = 0;
  const advance = (more: number): void => {
    bytes += more;
    if (bytes < piece) return;
    tell(bytes);
    bytes = 0;
  };
  const scan = await scanArchive(input as ScanInput, advance, readWaiting);
  tell(bytes);
  return { output: scan };
}
