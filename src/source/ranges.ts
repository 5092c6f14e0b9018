import { createReadStream } from 'node:fs';
import { Readable } from 'node:stream';
import { decompress } from '../compression/decompress.ts';
import { changedFailure, readFailure } from '../content/read-failure.ts';
import { readFleeting } from '../content/read-fleeting.ts';
import type { Compression } from '../oci/media-type.ts';

/** Pieces of the bytes that an archive consists of, or inflates to. */
export interface Ranges {
  open(offset: number, size: number): Readable;
  /** The same as {@link Chunks}. */
  chunks(offset: number, size: number): AsyncIterable<Buffer>;
}

/** In bytes. What is not yet collected of chunks adds up, in each thread. */
const chunkSize = 128 * 1024;

/** The bytes of a file from an offset on. */
export function openFile(path: string, range: { start?: number; end?: number } = {}): Readable {
  return createReadStream(path, { ...range, highWaterMark: chunkSize });
}

/** The bytes of a file, or of a range of it, as {@link Chunks} gives them. A read error names the path. */
export async function* readFile(
  path: string,
  range?: { offset: number; size: number },
): AsyncGenerator<Buffer> {
  try {
    yield* readFleeting(path, range);
  } catch (cause) {
    throw readFailure(path, cause);
  }
}

/** Ranges of a plain file. */
export class FileRanges implements Ranges {
  readonly #path: string;

  constructor(path: string) {
    this.#path = path;
  }

  open(offset: number, size: number): Readable {
    if (size === 0) return Readable.from([], { objectMode: false });
    return openFile(this.#path, { start: offset, end: offset + size - 1 });
  }

  chunks(offset: number, size: number): AsyncIterable<Buffer> {
    return readFile(this.#path, { offset, size });
  }
}

/** Cursors that may wait, each with an open file. */
const maxIdle = 4;

/**
 * Ranges of what a compressed file inflates to. A range that is read to its end leaves its cursor behind,
 * and the next range ahead of it goes on from there; so a reading in order inflates the file once.
 * Ranges that are read side by side have a cursor each.
 */
export class InflatedRanges implements Ranges {
  readonly #path: string;
  readonly #compression: Compression;
  /** Behind it nothing will be asked for. */
  readonly #end: number;
  #idle: Cursor[] = [];

  constructor(path: string, compression: Compression, end: number) {
    this.#path = path;
    this.#compression = compression;
    this.#end = end;
  }

  open(offset: number, size: number): Readable {
    return Readable.from(this.chunks(offset, size), { objectMode: false });
  }

  async *chunks(offset: number, size: number): AsyncGenerator<Buffer> {
    const cursor = this.#take(offset);
    let done = false;
    try {
      yield* cursor.read(offset, size);
      done = true;
    } finally {
      if (done && cursor.position < this.#end) await this.#leave(cursor);
      else await cursor.close();
    }
  }

  #take(offset: number): Cursor {
    const usable = this.#idle.filter((cursor) => cursor.position <= offset);
    const nearest = usable.sort((a, b) => b.position - a.position)[0];
    if (!nearest) return new Cursor(this.#path, this.#compression);
    this.#idle = this.#idle.filter((cursor) => cursor !== nearest);
    return nearest;
  }

  async #leave(cursor: Cursor): Promise<void> {
    this.#idle.push(cursor);
    if (this.#idle.length > maxIdle) await this.#idle.shift()?.close();
  }
}

/** One reading of an inflated file, forwards. */
class Cursor {
  position = 0;
  #rest: Buffer = Buffer.alloc(0);
  readonly #path: string;
  readonly #chunks: AsyncGenerator<Buffer>;

  constructor(path: string, compression: Compression) {
    this.#path = path;
    this.#chunks = decompress(openFile(path), compression, path);
  }

  async *read(offset: number, size: number): AsyncGenerator<Buffer> {
    while (this.position < offset) await this.#next(offset - this.position);
    const end = offset + size;
    while (this.position < end) yield await this.#next(end - this.position);
  }

  async close(): Promise<void> {
    await this.#chunks.return(undefined);
  }

  /** At most `limit` bytes more, at least one. */
  async #next(limit: number): Promise<Buffer> {
    while (this.#rest.length === 0) this.#rest = await this.#pull();
    const chunk = this.#rest.subarray(0, limit);
    this.#rest = this.#rest.subarray(chunk.length);
    this.position += chunk.length;
    return chunk;
  }

  async #pull(): Promise<Buffer> {
    const next = await this.#chunks.next().catch((cause: unknown) => {
      throw readFailure(this.#path, cause);
    });
    if (!next.done) return next.value;
    throw changedFailure(this.#path, 'it is shorter than it was');
  }
}
