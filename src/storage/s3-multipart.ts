import {
  AbortMultipartUploadCommand,
  type CompletedPart,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  type PutObjectCommandInput,
  type S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import pMap from 'p-map';
import { cleanOnStop, unlessStopping } from '../concurrency/stop.ts';
import { codeOf } from './s3-error.ts';
import { readSized } from './sized.ts';
import type { Upload } from './storage.ts';

const MiB = 1024 * 1024;
const smallestPart = 8 * MiB;
const maxParts = 10_000;
/** Parts of one upload that are in memory at once; large ones, of objects above 300 GB, go one by one. */
const partsAtOnce = 2;

/** What an upload in parts needs of the storage. */
export interface Multipart {
  readonly client: S3Client;
  readonly key: string;
  readonly object: Omit<PutObjectCommandInput, 'Body' | 'ContentLength'>;
  /** Repeats a step, and tells of it. */
  readonly retry: <T>(step: (attempt: number) => Promise<T>) => Promise<T>;
  /** The size of the object that is there, in bytes. */
  readonly sizeThere: () => Promise<number | undefined>;
}

interface Session {
  readonly Bucket: string | undefined;
  readonly Key: string | undefined;
  readonly UploadId: string | undefined;
}

/** In bytes: equal parts but for the last, as R2 demands, and no more of them than S3 takes. */
export function partSizeOf(size: number): number {
  return Math.max(smallestPart, Math.ceil(size / maxParts / MiB) * MiB);
}

/**
 * Uploads in parts, each read into memory, so that it can be sent again. Nothing is there until all is, and no part stays
 * where that fails or the run is stopped.
 */
export async function uploadInParts(upload: Upload, multipart: Multipart): Promise<void> {
  await unlessStopping();
  const abort = new AbortController();
  const work = send(upload, multipart, abort);
  using _ = cleanOnStop(async () => {
    abort.abort(new Error('this run is being stopped'));
    await work.catch(() => {});
  });
  await work;
}

async function send(upload: Upload, multipart: Multipart, abort: AbortController): Promise<void> {
  const { client, object, retry } = multipart;
  const { UploadId } = await retry(() => client.send(new CreateMultipartUploadCommand(object)));
  const session = { Bucket: object.Bucket, Key: object.Key, UploadId };
  try {
    const parts = await sendParts(upload, session, multipart, abort);
    await complete(parts, session, upload.size, multipart);
  } catch (thrown) {
    await retry(() => client.send(new AbortMultipartUploadCommand(session))).catch(() => {});
    throw thrown;
  }
}

/** When it fails, no part is under way any more: one that came after the end would be kept, and paid for. */
async function sendParts(
  upload: Upload,
  session: Session,
  { client, key, retry }: Multipart,
  abort: AbortController,
): Promise<CompletedPart[]> {
  abort.signal.throwIfAborted();
  const partSize = partSizeOf(upload.size);
  const sent: Buffer[] = [];
  const bodies = untilAborted(partsOf(readSized(upload, key), partSize, sent), abort);
  const send = async (Body: Buffer, PartNumber: number): Promise<CompletedPart> => {
    const command = new UploadPartCommand({ ...session, PartNumber, Body, ContentLength: Body.length });
    const { ETag } = await retry(() => client.send(command, { abortSignal: abort.signal }));
    sent.push(Body);
    return { PartNumber, ETag };
  };
  const parts = await pMap(
    bodies,
    (body, index) => send(body, index + 1).catch((failure: unknown) => abort.abort(failure)),
    { concurrency: partSize > 32 * MiB ? 1 : partsAtOnce },
  );
  abort.signal.throwIfAborted();
  return parts.filter((part) => part !== undefined);
}

/** Ends where the source fails, which aborts, and where others have aborted. */
async function* untilAborted<T>(source: AsyncIterable<T>, abort: AbortController): AsyncGenerator<T> {
  try {
    for await (const item of source) {
      if (abort.signal.aborted) return;
      yield item;
    }
  } catch (failure) {
    abort.abort(failure);
  }
}

/** An upload that is gone when it is completed again was completed by the request whose answer was lost. */
async function complete(
  parts: CompletedPart[],
  session: Session,
  size: number,
  { client, retry, sizeThere }: Multipart,
): Promise<void> {
  const command = new CompleteMultipartUploadCommand({ ...session, MultipartUpload: { Parts: parts } });
  await retry(async (attempt) => {
    try {
      await client.send(command);
    } catch (thrown) {
      const isDone = attempt > 1 && codeOf(thrown) === 'NoSuchUpload' && (await sizeThere()) === size;
      if (!isDone) throw thrown;
    }
  });
}

/** Fills buffers in turn; those that were sent are filled again. */
async function* partsOf(
  stream: AsyncIterable<Uint8Array>,
  partSize: number,
  sent: Buffer[],
): AsyncGenerator<Buffer> {
  let part: Buffer | undefined;
  let filled = 0;
  for await (const chunk of stream) {
    for (let taken = 0; taken < chunk.length; ) {
      part ??= sent.pop() ?? Buffer.allocUnsafeSlow(partSize);
      const piece = chunk.subarray(taken, taken + partSize - filled);
      part.set(piece, filled);
      taken += piece.length;
      filled += piece.length;
      if (filled < partSize) continue;
      yield part;
      part = undefined;
      filled = 0;
    }
  }
  if (part) yield part.subarray(0, filled);
}
