import fs, { closeSync, openSync, readSync } from 'node:fs';
import { promisify } from 'node:util';
import { AlbaError, reasonOf } from '../errors.ts';
import { Buffers } from './buffers.ts';

/** In bytes: each read takes turns with another thread, so let there be few. */
const chunkSize = 512 * 1024;
/** The first one: images of many small layers open many small files, and what is set aside for each has to be collected. */
const firstSize = 64 * 1024;

/** By number: a handle that is left open by a reader who stays away is let go with a warning. */
const [open, read, close] = [promisify(fs.open), promisify(fs.read), promisify(fs.close)];

/** The bytes of a file, or `size` of them from `offset` on, as {@link Open} gives them; the next chunk is read meanwhile. */
export async function* fileChunks(
  path: string,
  { offset = 0, size = Number.POSITIVE_INFINITY } = {},
): AsyncGenerator<Buffer, void, void> {
  try {
    const file = await open(path, 'r');
    try {
      yield* readChunks(file, offset, offset + size);
    } finally {
      await close(file);
    }
  } catch (cause) {
    throw readFailure(path, cause);
  }
}

async function* readChunks(file: number, start: number, end: number): AsyncGenerator<Buffer, void, void> {
  using buffers = new Buffers(chunkSize);
  const first = Buffer.allocUnsafeSlow(Math.min(end - start, firstSize));
  const readAt = (at: number, buffer = Buffer.from(buffers.take())) => {
    const reading = read(file, buffer, 0, Math.min(end - at, buffer.length), at);
    // Awaited in its turn, or not at all when nobody asks for more.
    reading.catch(() => undefined);
    return reading;
  };
  let reading = readAt(start, first);
  try {
    for (let at = start; at < end; ) {
      const { bytesRead, buffer } = await reading;
      if (bytesRead === 0) return;
      at += bytesRead;
      const isFirst = buffer.buffer === first.buffer;
      // Of what is left of it nobody holds anything; a short read is mostly the end.
      const left = isFirst ? buffer.subarray(bytesRead) : undefined;
      if (at < end) reading = readAt(at, left?.length ? left : undefined);
      yield buffer.subarray(0, bytesRead);
      if (!isFirst) buffers.giveBack(buffer.buffer);
    }
  } finally {
    await reading.catch(() => undefined);
  }
}

/** The bytes of a file in the same way, for a thread that has nothing else to do: all of it waits for each read. */
export async function* fileChunksWaiting(path: string): AsyncGenerator<Buffer, void, void> {
  using buffers = new Buffers(chunkSize);
  const file = openSync(path, 'r');
  try {
    for (;;) {
      const buffer = Buffer.from(buffers.take());
      const read = readSync(file, buffer, 0, buffer.length, null);
      if (read === 0) return;
      yield buffer.subarray(0, read);
      buffers.giveBack(buffer.buffer);
    }
  } finally {
    closeSync(file);
  }
}

/** What a failed read of a file tells a person. */
export function readFailure(path: string, cause: unknown): AlbaError {
  return cause instanceof AlbaError
    ? cause
    : new AlbaError('source', `cannot read ${path}: ${reasonOf(cause)}`, { cause });
}

/** What a file tells that is not what it was when it was verified. */
export function changedFailure(origin: string, how: string): AlbaError {
  return new AlbaError(
    'source',
    `${origin} changed while it was read: ${how}; is the build still writing it?`,
  );
}
