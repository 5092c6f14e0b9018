import fs, { closeSync, fstatSync, openSync, readSync, type Stats } from 'node:fs';
import { promisify } from 'node:util';
import { AlbaError, reasonOf } from '../errors.ts';
import { Buffers } from './buffers.ts';
import { changedFailure } from './file-chunks.ts';

/** A file as it was when it was found. Who reads it gets the bytes that it had then, or an error. */
export interface SteadyFile {
  /** Where it lies, links followed. */
  readonly path: string;
  /** For messages. */
  readonly origin: string;
  /** In bytes. */
  readonly size: number;
  /** In milliseconds since 1970. */
  readonly modified: number;
  readonly inode: number;
}

/** The file that these are the stats of. */
export function steadyFile(path: string, origin: string, { size, mtimeMs, ino }: Stats): SteadyFile {
  return { path, origin, size, modified: mtimeMs, inode: ino };
}

/** In bytes. */
const chunkSize = 512 * 1024;

/** By number: a handle that is left open by a reader who stays away is let go with a warning. */
const [open, fstat, read, close] = [
  promisify(fs.open),
  promisify<number, Stats>(fs.fstat),
  promisify(fs.read),
  promisify(fs.close),
];

/**
 * Reads all bytes of a file to an offset of a buffer that has room for a byte more; gives how many there are. All of this thread waits for it: ten thousand files cost a
 * seventh of what they cost with an await for each. Throws a source error that names the file where it cannot be read, or
 * is not what it was.
 */
export function readWhole(file: SteadyFile, buffer: Buffer, at: number): number {
  try {
    const handle = openSync(file.path, 'r');
    try {
      // One byte more than there should be tells of a longer one.
      const size = readFullySync(handle, buffer, at, file.size);
      assertSize(file, size);
      assertSame(file, fstatSync(handle));
      return size;
    } finally {
      closeSync(handle);
    }
  } catch (cause) {
    return unreadable(file, cause);
  }
}

/**
 * The bytes of a file in chunks, each good until the next one is asked for, which is read meanwhile; throws as {@link readWhole},
 * before the last.
 */
export async function* readSteady(file: SteadyFile): AsyncGenerator<Buffer, void, void> {
  const handle = await openSame(file);
  using buffers = new Buffers(chunkSize);
  const readAt = (at: number): Promise<Buffer<ArrayBuffer>> => {
    const reading = readChunk(file, handle, at, buffers);
    // Awaited in its turn, or not at all when nobody asks for more.
    reading.catch(() => undefined);
    return reading;
  };
  let reading: Promise<Buffer<ArrayBuffer>> | undefined = file.size > 0 ? readAt(0) : undefined;
  try {
    for (let at = 0; reading; ) {
      const chunk: Buffer<ArrayBuffer> = await reading;
      at += chunk.length;
      reading = at < file.size ? readAt(at) : undefined;
      if (!reading) assertSame(file, await fstat(handle));
      yield chunk;
      buffers.giveBack(chunk.buffer);
    }
  } finally {
    await reading?.catch(() => undefined);
    await close(handle);
  }
}

async function readChunk(
  file: SteadyFile,
  handle: number,
  at: number,
  buffers: Buffers,
): Promise<Buffer<ArrayBuffer>> {
  const chunk = Buffer.from(buffers.take(), 0, Math.min(chunkSize, file.size - at));
  const size = await readFully(handle, chunk, at).catch((cause) => unreadable(file, cause));
  if (size < chunk.length) assertSize(file, at + size);
  return chunk;
}

async function openSame(file: SteadyFile): Promise<number> {
  const handle = await open(file.path, 'r').catch((cause) => unreadable(file, cause));
  try {
    assertSame(file, await fstat(handle));
    return handle;
  } catch (failure) {
    await close(handle);
    throw failure;
  }
}

async function readFully(handle: number, buffer: Buffer, position: number): Promise<number> {
  let done = 0;
  while (done < buffer.length) {
    const { bytesRead } = await read(handle, buffer, done, buffer.length - done, position + done);
    if (bytesRead === 0) break;
    done += bytesRead;
  }
  return done;
}

/** Asks for one byte more than is expected, and no second time where as many came as that. */
function readFullySync(handle: number, buffer: Buffer, at: number, expected: number): number {
  for (let done = 0; ; ) {
    const bytesRead = readSync(handle, buffer, at + done, expected + 1 - done, done);
    done += bytesRead;
    if (bytesRead === 0 || done >= expected) return done;
  }
}

function assertSame(file: SteadyFile, { size, mtimeMs, ino }: Stats): void {
  assertSize(file, size);
  if (ino !== file.inode) throw changedFailure(file.origin, 'another file took its place');
  if (mtimeMs !== file.modified) throw changedFailure(file.origin, 'it was written to');
}

function assertSize({ size, origin }: SteadyFile, found: number): void {
  if (found < size) throw changedFailure(origin, 'it is shorter than it was');
  if (found > size) throw changedFailure(origin, 'it is longer than it was');
}

function unreadable({ origin }: SteadyFile, cause: unknown): never {
  if (cause instanceof AlbaError) throw cause;
  throw new AlbaError('source', `cannot read ${origin}: ${reasonOf(cause)}`, { cause });
}
