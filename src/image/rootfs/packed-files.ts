import {
  closeSync,
  fchmodSync,
  fchownSync,
  ftruncateSync,
  futimesSync,
  openSync,
  readSync,
  writeSync,
} from 'node:fs';
import { isZero } from '../../content/tar/header.ts';
import { maskOf } from './content-writer.ts';
import { timeOf } from './times.ts';
import type { PlannedEntry } from './tree-plan.ts';
import { packedOffset, type UnpackedLayer } from './unpacked-layer.ts';

/** In bytes: what is read ahead at first, and at most, of contents that are asked for one behind the other. */
const leastAhead = 16 * 1024;
const mostAhead = 512 * 1024;

/** Makes files whose contents layers have packed, each with its mode, owner and time. Throws the system's error. */
export class PackedFiles implements Disposable {
  readonly #layers: readonly UnpackedLayer[];
  /** The bits of a mode that a new file does not get. */
  readonly #mask: number;
  /** The files of packed contents that are open, by the number of their layer. */
  readonly #packs = new Map<number, number>();
  /** What was read last: the number of its layer, and where it begins and ends there, in bytes. */
  readonly #buffer = Buffer.allocUnsafeSlow(mostAhead);
  #layer = -1;
  #start = 0;
  #end = 0;
  #ahead = leastAhead;

  /** The folder is where the files go; it is empty. */
  constructor(layers: readonly UnpackedLayer[], folder: string) {
    this.#layers = layers;
    this.#mask = layers.some(({ packed }) => packed) ? maskOf(folder) : 0;
  }

  /** Makes a file; false where its content is not packed. */
  write({ place, size, mode, owner, mtime }: PlannedEntry, location: string | Buffer): boolean {
    const content = place && this.#read(place.layer, place.entry, size);
    if (!content) return false;
    // In somebody else's hands it could be opened in between.
    const first = owner ? mode & 0o700 : mode & 0o777;
    const file = openSync(location, 'wx', first);
    try {
      writeContent(file, content);
      if (owner) fchownSync(file, owner.uid, owner.gid);
      if (mode !== first || mode & this.#mask) fchmodSync(file, mode);
      if (mtime !== undefined) futimesSync(file, timeOf(mtime), timeOf(mtime));
    } finally {
      closeSync(file);
    }
    return true;
  }

  [Symbol.dispose](): void {
    for (const pack of this.#packs.values()) closeSync(pack);
    this.#packs.clear();
  }

  #read(number: number, entry: number, size: number): Buffer | undefined {
    const layer = this.#layers[number];
    const offset = layer && packedOffset(layer, entry);
    if (!layer?.packed || offset === undefined) return undefined;
    const isNear = number === this.#layer && offset >= this.#start && offset <= this.#end;
    if (!isNear || offset + size > this.#end) {
      const pack = this.#packs.get(number) ?? openSync(layer.packed.path, 'r');
      this.#packs.set(number, pack);
      // Who jumps to and fro reads no more than is asked for.
      this.#ahead = isNear ? Math.min(2 * this.#ahead, mostAhead) : leastAhead;
      [this.#layer, this.#start, this.#end] = [number, offset, offset];
      this.#fill(pack, size, isNear ? Math.max(size, this.#ahead) : size);
    }
    return this.#buffer.subarray(offset - this.#start, offset - this.#start + size);
  }

  /** Reads so many bytes, and more where there are as many. */
  #fill(pack: number, least: number, most: number): void {
    for (let done = 0; done < least; ) {
      const more = readSync(pack, this.#buffer, done, most - done, this.#start + done);
      if (more === 0) throw new Error('its content is gone');
      done += more;
      this.#end += more;
    }
  }
}

/** All zeros become a hole. */
function writeContent(file: number, content: Buffer): void {
  if (isZero(content)) {
    if (content.length > 0) ftruncateSync(file, content.length);
    return;
  }
  for (let done = 0; done < content.length; ) done += writeSync(file, content, done);
}
