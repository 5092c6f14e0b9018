import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { AlbaError, systemCode } from '../errors.ts';
import { formatBytes } from '../progress/format.ts';
import type { Extent, Measured, Open } from './content.ts';
import { fileChunks } from './file-chunks.ts';
import { makeTemporaryFolder, type TemporaryFolder } from './temporary-folder.ts';

/** Bytes that were written to disk, and what they came to. */
export interface Spooled extends Measured {
  readonly open: Open;
}

/** Bytes that were written to disk so that several readers can read parts of them. */
export interface SpooledExtent extends Spooled {
  readonly extent: Extent;
}

/** A temporary folder for compressed bytes until they are sent; gone once disposed of. */
export class Spool implements AsyncDisposable {
  readonly #parent: string;
  readonly #folder: TemporaryFolder;
  #files = 0;
  /** In bytes: what was written in all. */
  #written = 0;

  private constructor(parent: string, folder: TemporaryFolder) {
    this.#parent = parent;
    this.#folder = folder;
  }

  /** Makes a folder of its own below `parent`. */
  static async create(parent: string): Promise<Spool> {
    return new Spool(parent, makeTemporaryFolder(parent));
  }

  /** Writes bytes to their end, or until the signal. */
  async write(source: AsyncIterable<Uint8Array>, signal: AbortSignal): Promise<Spooled> {
    return this.#write(this.#nextPath(), source, signal);
  }

  /** The same, and tells where they lie. */
  async writeExtent(source: AsyncIterable<Uint8Array>, signal: AbortSignal): Promise<SpooledExtent> {
    const path = this.#nextPath();
    let crc = 0;
    const watched = async function* (): AsyncGenerator<Uint8Array, void, void> {
      for await (const chunk of source) {
        crc = crc32(chunk, crc);
        yield chunk;
      }
    };
    const spooled = await this.#write(path, watched(), signal);
    return { ...spooled, extent: { path, offset: 0, size: spooled.size, crc32: crc } };
  }

  #nextPath(): string {
    this.#files += 1;
    return join(this.#folder.path, String(this.#files));
  }

  async #write(path: string, source: AsyncIterable<Uint8Array>, signal: AbortSignal): Promise<Spooled> {
    const hash = createHash('sha256');
    let size = 0;
    await using file = await open(path, 'wx', 0o600);
    for await (const chunk of source) {
      signal.throwIfAborted();
      hash.update(chunk);
      size += chunk.length;
      await file.writeFile(chunk).catch((cause: unknown) => {
        throw this.#full(cause);
      });
      this.#written += chunk.length;
    }
    return {
      digest: `sha256:${hash.digest('hex')}`,
      size,
      open: () => fileChunks(path),
    };
  }

  #full(cause: unknown): unknown {
    if (!['ENOSPC', 'EDQUOT'].includes(systemCode(cause) ?? '')) return cause;
    const remedy =
      'free some space, or have TMPDIR (RUNNER_TEMP in a workflow) name a folder on another disk';
    return new AlbaError(
      'source',
      `${this.#parent}: the disk is full after ${formatBytes(this.#written)} of layers that wait there until they are sent: ${remedy}`,
      { cause },
    );
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#folder[Symbol.asyncDispose]();
  }
}
