import { decompress } from '../compression/decompress.ts';
import { changedFailure, fileChunks, readFailure } from '../content/file-chunks.ts';
import type { Compression } from '../oci/media-type.ts';

/** Cursors that may wait, each with an open file. */
const maxIdle = 4;

/**
 * Ranges of what a compressed file inflates to. A range that is read to its end leaves its cursor behind,
 * and the next range ahead of it goes on from there; so a reading in order inflates the file once.
 * Ranges that are read side by side have a cursor each.
 */
export class InflatedRanges {
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

  async *read(offset: number, size: number): AsyncGenerator<Buffer> {
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
    this.#chunks = decompress(fileChunks(path), compression, path);
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
