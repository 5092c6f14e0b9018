import { decodeName, encodeName } from '../../content/tar/tar-name.ts';
import type { LayerEntries, LayerEntry } from './unpacked-layer.ts';

/** By number; a new one goes to the end. */
const types: readonly LayerEntry['type'][] = [
  'file',
  'link',
  'symlink',
  'directory',
  'character-device',
  'block-device',
  'pipe',
  'other',
];

/** Where numbers are in the bytes of an entry; behind them its name, and where it leads. In bytes. */
const at = {
  mtime: 0,
  size: 8,
  uid: 16,
  gid: 20,
  mode: 24,
  major: 28,
  minor: 32,
  nameSize: 36,
  linkSize: 40,
};
const fixed = 44;

/** Behind the bits of a mode: the type, whether there are attributes, and whether it is a device. */
const typeAt = 12;
const attributes = 1 << 15;
const device = 1 << 16;

/** Of owners and devices: what is larger no system has. */
const most = 0xffff_ffff;

/** In bytes; a larger entry has a page of its own. */
const pageSize = 1024 * 1024;

/** In bytes: as much as a tar has for the names of an entry. */
const mostEntrySize = 4 * pageSize;

/** Headers of a layer as plain data: their bytes, and where each begins. */
export interface PackedPages {
  readonly bytes: readonly ArrayBuffer[];
  readonly starts: Float64Array<ArrayBuffer>;
  /** In bytes, of all headers. */
  readonly size: number;
}

/**
 * Headers of a layer in as few bytes as they are told in, about a hundred each: a layer may have a million of them. They are
 * only added to; each is made anew whenever it is asked for.
 */
export class PackedEntries implements LayerEntries {
  readonly #pages: Buffer<ArrayBuffer>[] = [];
  /** Where each begins: its page, times the size of one, and its place there. */
  #starts = new Float64Array(256);
  #length = 0;
  #size = 0;
  #end = pageSize;

  /** What {@link pages} gave. */
  static of({ bytes, starts, size }: PackedPages): PackedEntries {
    const entries = new PackedEntries();
    for (const one of bytes.map((page) => Buffer.from(page))) entries.#pages.push(one);
    entries.#starts = starts;
    entries.#length = starts.length;
    entries.#size = size;
    return entries;
  }

  /** From what {@link pieces} gave, cut anywhere; throws where that is something else, or more than `most` entries. */
  static async read(pieces: AsyncIterable<Buffer>, most: number): Promise<PackedEntries> {
    const entries = new PackedEntries();
    let rest: Buffer = Buffer.alloc(0);
    for await (const piece of pieces) {
      rest = Buffer.concat([rest, piece]);
      while (sizeAt(rest, 0) <= rest.length) rest = rest.subarray(entries.#takePage(rest));
      if (rest.length > mostEntrySize) throw new Error('an entry is too large');
      if (entries.length > most) throw new Error('there are too many entries');
    }
    if (rest.length > 0) throw new Error('the last entry is cut off');
    return entries;
  }

  get length(): number {
    return this.#length;
  }

  /** In bytes, of all of them. */
  get size(): number {
    return this.#size;
  }

  /** The bytes of all of them, one after the other. */
  *pieces(): Generator<Buffer, void, void> {
    for (let entry = 0, from = 0; entry < this.#length; entry++) {
      const [start = 0, next] = this.#starts.subarray(entry, Math.min(entry + 2, this.#length));
      const number = Math.floor(start / pageSize);
      if (next !== undefined && Math.floor(next / pageSize) === number) continue;
      const page = this.#pages[number] ?? Buffer.alloc(0);
      const last = start % pageSize;
      yield page.subarray(from, last + sizeAt(page, last));
      from = 0;
    }
  }

  /** All of them, to be handed to another thread: nothing is added any more. */
  pages(): PackedPages {
    const starts = this.#starts.slice(0, this.#length);
    return { bytes: this.#pages.map(({ buffer }) => buffer), starts, size: this.#size };
  }

  /** Gives how many bytes it takes. */
  add(entry: LayerEntry): number {
    const [name, link] = [bytesOf(entry.name), bytesOf(entry.linkname ?? '')];
    const size = fixed + name.length + link.length;
    if (this.#end + size > pageSize) {
      this.#pages.push(Buffer.alloc(Math.max(size, pageSize)));
      this.#end = 0;
    }
    const page = this.#pages.at(-1) ?? Buffer.alloc(0);
    write(page.subarray(this.#end, this.#end + size), entry, name, link);
    this.#enlist((this.#pages.length - 1) * pageSize + this.#end, size);
    this.#end += size;
    return size;
  }

  /** Takes the whole entries that bytes begin with as another page; gives how many bytes these are. */
  #takePage(bytes: Buffer): number {
    let end = 0;
    for (
      let size = sizeAt(bytes, 0);
      size <= bytes.length - end && end < pageSize;
      size = sizeAt(bytes, end)
    ) {
      assertEntry(bytes, end);
      this.#enlist(this.#pages.length * pageSize + end, size);
      end += size;
    }
    const page = Buffer.alloc(end);
    bytes.copy(page, 0, 0, end);
    this.#pages.push(page);
    this.#end = pageSize;
    return end;
  }

  #enlist(start: number, size: number): void {
    if (this.#length === this.#starts.length) {
      const more = new Float64Array(2 * this.#length);
      more.set(this.#starts);
      this.#starts = more;
    }
    this.#starts[this.#length] = start;
    this.#length += 1;
    this.#size += size;
  }

  at(entry: number): LayerEntry | undefined {
    const start = entry < this.#length ? this.#starts[entry] : undefined;
    const page = start === undefined ? undefined : this.#pages[Math.floor(start / pageSize)];
    return page && start !== undefined ? read(page, start % pageSize) : undefined;
  }

  *[Symbol.iterator](): Generator<LayerEntry, void, void> {
    for (let entry = 0; entry < this.length; entry++) {
      const found = this.at(entry);
      if (found) yield found;
    }
  }
}

/** How many bytes the entry has that begins there; Infinity where there are too few to know. */
function sizeAt(bytes: Buffer, start: number): number {
  if (bytes.length - start < fixed) return Number.POSITIVE_INFINITY;
  return fixed + bytes.readUInt32LE(start + at.nameSize) + bytes.readUInt32LE(start + at.linkSize);
}

/** Throws for what no header of a tar says. */
function assertEntry(bytes: Buffer, start: number): void {
  const size = bytes.readDoubleLE(start + at.size);
  const isTimed = Number.isFinite(bytes.readDoubleLE(start + at.mtime));
  const isOurs = bytes.readUInt32LE(start + at.mode) < 2 * device;
  if (isTimed && isOurs && Number.isSafeInteger(size) && size >= 0) return;
  throw new Error('an entry is damaged');
}

function write(bytes: Buffer, entry: LayerEntry, name: Buffer, link: Buffer): void {
  const { type, mode, uid, gid, mtime, size, hasAttributes } = entry;
  bytes.writeDoubleLE(mtime, at.mtime);
  bytes.writeDoubleLE(size, at.size);
  bytes.writeUInt32LE(Math.min(uid, most), at.uid);
  bytes.writeUInt32LE(Math.min(gid, most), at.gid);
  const flags = (hasAttributes ? attributes : 0) | (entry.device ? device : 0);
  bytes.writeUInt32LE(mode | (types.indexOf(type) << typeAt) | flags, at.mode);
  bytes.writeUInt32LE(Math.min(entry.device?.major ?? 0, most), at.major);
  bytes.writeUInt32LE(Math.min(entry.device?.minor ?? 0, most), at.minor);
  bytes.writeUInt32LE(name.length, at.nameSize);
  bytes.writeUInt32LE(link.length, at.linkSize);
  name.copy(bytes, fixed);
  link.copy(bytes, fixed + name.length);
}

function read(page: Buffer, start: number): LayerEntry {
  const bits = page.readUInt32LE(start + at.mode);
  const nameEnd = start + fixed + page.readUInt32LE(start + at.nameSize);
  const linkSize = page.readUInt32LE(start + at.linkSize);
  const numbers = { major: page.readUInt32LE(start + at.major), minor: page.readUInt32LE(start + at.minor) };
  return {
    name: decodeName(page.subarray(start + fixed, nameEnd)),
    type: types[(bits >> typeAt) & 7] ?? 'other',
    ...(linkSize > 0 && { linkname: decodeName(page.subarray(nameEnd, nameEnd + linkSize)) }),
    mode: bits & 0o7777,
    uid: page.readUInt32LE(start + at.uid),
    gid: page.readUInt32LE(start + at.gid),
    size: page.readDoubleLE(start + at.size),
    mtime: page.readDoubleLE(start + at.mtime),
    ...(bits & device && { device: numbers }),
    ...(bits & attributes && { hasAttributes: true as const }),
  };
}

function bytesOf(name: string): Buffer {
  const encoded = encodeName(name);
  return typeof encoded === 'string' ? Buffer.from(encoded) : encoded;
}
