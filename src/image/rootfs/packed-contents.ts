import { closeSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';

/** In bytes: larger contents have a file of their own, which is moved to its place and not copied. */
export const mostPacked = 64 * 1024;

/** In bytes: so much is written at once. */
const bufferSize = 512 * 1024;

/** Of an entry whose content is not packed. */
const nowhere = -1;

/** Where the packed contents of a layer lie. Plain data. */
export interface PackedContents {
  readonly path: string;
  /** In bytes, by the number of the entry; negative where it has no packed content. */
  readonly offsets: Float64Array<ArrayBuffer>;
}

/**
 * Contents of small files, one behind the other in one file of the folder of a layer: what has no name yet can be told apart by its
 * place, and to make a file takes many times as long as to write its bytes.
 */
export class ContentPacker implements Disposable {
  readonly #path: string;
  readonly #file: number;
  readonly #buffer = Buffer.allocUnsafeSlow(bufferSize);
  #filled = 0;
  #size = 0;
  readonly #offsets: number[] = [];

  /** Throws the system's error, as all that is below. */
  constructor(folder: string) {
    this.#path = join(folder, 'packed');
    this.#file = openSync(this.#path, 'wx', 0o600);
  }

  /** The next entry, whose content follows if it is packed. */
  begin(isPacked: boolean): void {
    this.#offsets.push(isPacked ? this.#size : nowhere);
  }

  add(bytes: Buffer): void {
    if (this.#filled + bytes.length > bufferSize) this.#flush();
    if (bytes.length > bufferSize) this.#write(bytes);
    else this.#filled += bytes.copy(this.#buffer, this.#filled);
    this.#size += bytes.length;
  }

  finish(): PackedContents {
    this.#flush();
    return { path: this.#path, offsets: Float64Array.from(this.#offsets) };
  }

  [Symbol.dispose](): void {
    closeSync(this.#file);
  }

  #flush(): void {
    this.#write(this.#buffer.subarray(0, this.#filled));
    this.#filled = 0;
  }

  #write(bytes: Buffer): void {
    for (let done = 0; done < bytes.length; ) {
      done += writeSync(this.#file, bytes, done, bytes.length - done);
    }
  }
}
