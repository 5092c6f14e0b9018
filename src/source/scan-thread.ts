import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { AlbaError, type ErrorCode, messageOf } from '../errors.ts';
import type { Compression } from '../oci/media-type.ts';
import { type Scan, scanArchive } from './scan.ts';

/** What a thread is asked to do. */
interface Task {
  readonly path: string;
  readonly compression: Compression;
}

/** What it tells. */
type Message =
  | { readonly kind: 'advance'; readonly bytes: number }
  | { readonly kind: 'scan'; readonly scan: Scan }
  | { readonly kind: 'failure'; readonly message: string; readonly code: ErrorCode | undefined };

/** Bytes are told of in pieces of at least this size. */
const piece = 4 * 1024 * 1024;

/** Scans an archive in a thread of its own, which starts with `program`; that has to call {@link serveScan}. */
export function scanInThread(program: string, task: Task, advance: (bytes: number) => void): Promise<Scan> {
  const worker = new Worker(program, { workerData: task, resourceLimits: { maxYoungGenerationSizeMb: 2 } });
  return new Promise<Scan>((resolve, reject) => {
    worker.on('message', (message: Message) => {
      if (message.kind === 'advance') advance(message.bytes);
      else if (message.kind === 'scan') resolve(message.scan);
      else reject(toError(message));
    });
    worker.once('error', reject);
    worker.once('exit', (code) => reject(new Error(`the thread that read ${task.path} ended: ${code}`)));
  }).finally(() => worker.terminate());
}

/** The other end: does what the thread was started for. */
export async function serveScan(): Promise<void> {
  if (isMainThread) return;
  const { path, compression } = workerData as Task;
  const tell = (message: Message): void => parentPort?.postMessage(message);
  let bytes = 0;
  try {
    const scan = await scanArchive(path, compression, (more) => {
      bytes += more;
      if (bytes < piece) return;
      tell({ kind: 'advance', bytes });
      bytes = 0;
    });
    tell({ kind: 'advance', bytes });
    tell({ kind: 'scan', scan });
  } catch (cause) {
    tell({
      kind: 'failure',
      message: messageOf(cause),
      code: cause instanceof AlbaError ? cause.code : undefined,
    });
  }
}

function toError({ message, code }: Message & { kind: 'failure' }): Error {
  return code ? new AlbaError(code, message) : new Error(message);
}
