import {
  closeSync,
  fchmodSync,
  ftruncateSync,
  futimesSync,
  lstatSync,
  mkdirSync,
  openSync,
  rmdirSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { isZero } from '../../content/tar/header.ts';
import type { SparseMap } from '../../content/tar/sparse-map.ts';
import type { TarVisitor } from '../../content/tar/tar-walk.ts';
import { diskFailure } from './disk-failure.ts';
import { ContentPacker, mostPacked, type PackedContents } from './packed-contents.ts';
import { PackedEntries } from './packed-entries.ts';
import type { Spender } from './size-budget.ts';
import { timeOf } from './times.ts';
import { contentPath, type LayerEntry } from './unpacked-layer.ts';

/** In bytes: a larger file is looked through for zeros piece by piece. */
const piece = 64 * 1024;

/** The mode that the content of a file has before it gets its place: its own, unless nobody could read it again then. */
export function contentMode(mode: number): number {
  return mode & 0o400 ? mode & 0o777 : 0o600;
}

/**
 * Writes the content of each file of a layer to a file of its own, with its mode and time; zeros become holes. Where contents are
 * packed, small ones lie together instead, and wait there for theirs.
 */
export class ContentWriter implements TarVisitor, Disposable {
  readonly entries = new PackedEntries();
  readonly #folder: string;
  readonly #spender: Spender;
  /** The bits of a mode that a new file does not get. */
  readonly #mask: number;
  readonly #packer: ContentPacker | undefined;
  #isPacked = false;
  #file: number | undefined;
  #entry: LayerEntry | undefined;
  #map: Float64Array | undefined;
  /** In a map, the number of the piece that comes, and how much of it came. */
  #piece = 0;
  #done = 0;
  #position = 0;
  #written = 0;

  /** The folder has to be there; `spender` is told the sizes of headers, and of each file before it is written. */
  constructor(folder: string, spender: Spender, packs: boolean) {
    this.#folder = folder;
    this.#spender = spender;
    this.#mask = maskOf(folder);
    try {
      this.#packer = packs ? new ContentPacker(folder) : undefined;
    } catch (cause) {
      throw this.#failure(cause);
    }
  }

  begin(entry: LayerEntry, sparse: SparseMap | undefined): void {
    const number = this.entries.length;
    this.#spender.header(this.entries.add(entry));
    this.#isPacked =
      this.#packer !== undefined && entry.type === 'file' && !sparse && entry.size <= mostPacked;
    this.#packer?.begin(this.#isPacked);
    if (entry.type !== 'file') return;
    this.#spender.content(entry.size);
    if (this.#isPacked) return;
    this.#entry = entry;
    this.#map = sparse?.segments;
    [this.#piece, this.#done, this.#position, this.#written] = [0, 0, 0, 0];
    try {
      this.#file = openSync(contentPath(this.#folder, number), 'wx', contentMode(entry.mode));
    } catch (cause) {
      throw this.#failure(cause);
    }
  }

  content(bytes: Buffer): void {
    if (this.#isPacked) this.#pack(bytes);
    else if (!this.#map) this.#write(bytes);
    for (let at = 0; this.#map && at < bytes.length; ) {
      const [offset = 0, length = 0] = this.#map.subarray(2 * this.#piece, 2 * this.#piece + 2);
      const size = Math.min(length - this.#done, bytes.length - at);
      this.#position = offset + this.#done;
      this.#write(bytes.subarray(at, at + size));
      at += size;
      this.#done += size;
      if (this.#done < length) continue;
      this.#piece += 1;
      this.#done = 0;
    }
  }

  end(): void {
    const [file, entry] = [this.#file, this.#entry];
    if (file === undefined || !entry) return;
    try {
      if (this.#written < entry.size) ftruncateSync(file, entry.size);
      if (contentMode(entry.mode) & this.#mask) fchmodSync(file, contentMode(entry.mode));
      const time = timeOf(entry.mtime);
      futimesSync(file, time, time);
    } catch (cause) {
      throw this.#failure(cause);
    } finally {
      this.#closeFile();
    }
  }

  /** To be called when all is there: where the small contents lie, if they are packed. */
  finish(): PackedContents | undefined {
    try {
      return this.#packer?.finish();
    } catch (cause) {
      throw this.#failure(cause);
    }
  }

  [Symbol.dispose](): void {
    this.#closeFile();
    this.#packer?.[Symbol.dispose]();
  }

  #closeFile(): void {
    if (this.#file !== undefined) closeSync(this.#file);
    this.#file = undefined;
    this.#entry = undefined;
    this.#map = undefined;
  }

  #pack(bytes: Buffer): void {
    try {
      this.#packer?.add(bytes);
    } catch (cause) {
      throw this.#failure(cause);
    }
  }

  #write(bytes: Buffer): void {
    for (let at = 0; at < bytes.length; ) {
      const part = bytes.length <= piece ? bytes : bytes.subarray(at, at + piece);
      if (!isZero(part)) this.#writeAt(part, this.#position + at);
      at += part.length;
    }
    this.#position += bytes.length;
  }

  #writeAt(bytes: Buffer, position: number): void {
    if (this.#file === undefined) return;
    try {
      for (let done = 0; done < bytes.length; ) {
        done += writeSync(this.#file, bytes, done, bytes.length - done, position + done);
      }
    } catch (cause) {
      throw this.#failure(cause);
    }
    this.#written = Math.max(this.#written, position + bytes.length);
  }

  #failure(cause: unknown): Error {
    return diskFailure(`write below ${this.#folder}`, cause);
  }
}

/** The bits of a mode that the umask of this process, or a default access list, takes from new files of a folder. */
export function maskOf(folder: string): number {
  const probe = join(folder, 'mask');
  try {
    mkdirSync(probe, 0o777);
    const { mode } = lstatSync(probe);
    rmdirSync(probe);
    return ~mode & 0o777;
  } catch (cause) {
    throw diskFailure(`write below ${folder}`, cause);
  }
}
