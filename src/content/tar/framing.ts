import { AlbaError, messageOf } from '../../errors.ts';
import { isZero, parseHeader, rewriteHeader, roundUp, type TarHeader, tarBlockSize } from './header.ts';
import { type PaxRecords, parseDecimal, parsePax } from './pax-records.ts';
import { findSparseMap } from './sparse-formats.ts';
import type { SparseMap } from './sparse-map.ts';

/** Limits against hostile archives, in bytes: an extended header, as in Go; all holes, which cost an archive nothing. */
const maxExtended = 1024 * 1024;
const maxHoles = 64 * 1024 ** 3;

/** What is known of an entry besides what its header says to a reader that knows no extended headers. */
export interface FramedEntry {
  /** Of its header, in what is handed on. */
  readonly handedAt: number;
  /** Of the first byte of its content, in the archive. */
  readonly offset: number;
  /** In bytes, of its content as it lies in the archive. */
  readonly stored: number;
  readonly name: string | undefined;
  readonly linkname: string | undefined;
  /** As an extended header says them. */
  readonly uid: number | undefined;
  readonly gid: number | undefined;
  /** In seconds since 1970, with their fraction. */
  readonly mtime: number | undefined;
  /** Whether it has capabilities, access lists or other attributes; those of SELinux, which are of one machine, do not count. */
  readonly hasAttributes: boolean;
  readonly sparse: SparseMap | undefined;
}

/** Where a block begins: in the archive, and in what was handed on. */
export interface BlockPlace {
  readonly offset: number;
  readonly handedAt: number;
}

type TakeBlock = (block: Buffer, place: BlockPlace) => Buffer | undefined;

/**
 * Goes from header to header through a tar, as Go's archive/tar does. Extended headers and maps of sparse files are taken out;
 * headers are made to say what follows them, so that a reader that knows less takes the same way. Errors begin with `origin`.
 */
export class TarFraming {
  /** Entries in their order that nobody has taken yet. */
  readonly entries: FramedEntry[] = [];
  /** In bytes, of content that is to be handed on before the next block. */
  content = 0;
  /** Whether the end of the archive was met, two blocks of zeros. */
  isOver = false;
  readonly #origin: string;
  readonly #header: TakeBlock = (block, place) => this.#takeHeader(block, place);
  #next = this.#header;
  #records: PaxRecords = new Map();
  #holes = 0;
  #last: 'nothing' | 'part of an entry' | 'entry' | 'zeros' = 'nothing';

  constructor(origin: string) {
    this.#origin = origin;
  }

  /** Takes a block that is no content, and gives what is to be handed on in its place. */
  take(block: Buffer, place: BlockPlace): Buffer | undefined {
    try {
      return this.#next(block, place);
    } catch (cause) {
      if (cause instanceof AlbaError) throw cause;
      throw this.#error(
        `is damaged: ${messageOf(cause)}, at byte ${place.offset}; build or copy it again`,
        cause,
      );
    }
  }

  /** To be called at the end of the input, after `size` bytes, with those that are behind the last whole block. */
  finish(size: number, rest: Buffer, mayLackMarker: boolean): void {
    const isClean = this.content === 0 && isZero(rest);
    if (this.isOver || (isClean && this.#last === 'zeros')) return;
    if (!isClean && this.#last === 'nothing') throw this.#error('is not a tar');
    if (!isClean || this.#last === 'part of an entry') {
      throw this.#error(
        `is truncated: it ends at byte ${size}, inside an entry; was all of it written and copied?`,
      );
    }
    if (mayLackMarker) return;
    throw this.#error(
      `is truncated: it ends at byte ${size} without an end-of-archive marker; was all of it written and copied?`,
    );
  }

  #takeHeader(block: Buffer, place: BlockPlace): Buffer | undefined {
    if (isZero(block)) return this.#takeZeros();
    const header = parseHeader(block);
    if (!header && place.offset === 0) throw this.#error('is not a tar');
    if (!header)
      throw this.#error(`is damaged: no valid tar header at byte ${place.offset}; build or copy it again`);
    this.#last = 'part of an entry';
    const { flag, size, isSigned } = header;
    const isExtended = 'xgLKN'.includes(flag);
    if (isExtended && size > maxExtended)
      throw new Error(`an extended header of more than ${maxExtended} bytes`);
    if (flag === 'x' || flag === 'g' || flag === 'N') return this.#gather(size, flag);
    const plain = isSigned ? rewriteHeader(block, size, flag) : block;
    if (!isExtended) return this.#takeEntry(plain, header, place);
    if (size === 0) return emptyName(plain, flag);
    this.content = roundUp(size);
    return plain;
  }

  #takeZeros(): undefined {
    this.#last = 'zeros';
    this.#next = (block) => {
      if (!isZero(block)) throw new Error('something behind a single block of zeros, which ends no archive');
      this.isOver = true;
      return undefined;
    };
  }

  /** Records of all entries (g) are read, but not applied, as in Go; names of old GNU tars (N) are passed over. */
  #gather(size: number, flag: 'x' | 'g' | 'N'): undefined {
    const blocks: Buffer[] = [];
    const finish = (): void => {
      this.#next = this.#header;
      if (flag === 'N') return;
      const records = parsePax(Buffer.concat(blocks).subarray(0, size));
      if (flag === 'x') this.#records = records;
    };
    this.#next = (block) => {
      blocks.push(Buffer.from(block));
      if (blocks.length * tarBlockSize >= size) finish();
      return undefined;
    };
    if (size === 0) finish();
  }

  #takeEntry(block: Buffer, header: TarHeader, { offset, handedAt }: BlockPlace): Buffer | undefined {
    const records = this.#records;
    this.#records = new Map();
    const size = sizeOf(header, records);
    const sparse = findSparseMap(block, header, records, size);
    if (sparse && header.isBare) throw new Error('a sparse file that is a link, a device or a folder');
    const named = {
      handedAt,
      name: records.get('GNU.sparse.name') || records.get('path') || undefined,
      linkname: records.get('linkpath') || undefined,
      uid: ownerIn(records, 'uid'),
      gid: ownerIn(records, 'gid'),
      mtime: timeIn(records),
      hasAttributes: records.size > 0 && [...records.keys()].some(isAttribute),
    };
    const begin = (block: Buffer, behind: number, map?: SparseMap): Buffer => {
      const stored = map?.stored ?? size;
      this.#begin({ ...named, offset: behind, stored, sparse: map });
      // A slash behind its name would make a folder of a file that has content.
      const isFile = map || (header.flag === '0' && header.endsInSlash && stored > 0);
      const flag = isFile ? '7' : header.flag;
      return stored === header.size && flag === header.flag ? block : rewriteHeader(block, stored, flag);
    };
    if (!sparse || 'segments' in sparse) return begin(block, offset + tarBlockSize, sparse);
    const kept = Buffer.from(block);
    this.#next = (block, place) => {
      const map = sparse.take(block);
      if (!map) return undefined;
      this.#next = this.#header;
      return begin(kept, place.offset + tarBlockSize, map);
    };
    return undefined;
  }

  #begin(entry: FramedEntry): void {
    const { stored, sparse } = entry;
    this.entries.push(entry);
    this.content = roundUp(stored);
    this.#last = 'entry';
    if (!sparse) return;
    this.#holes += sparse.size - stored;
    if (this.#holes <= maxHoles) return;
    throw this.#error(`has sparse files with more than ${maxHoles / 1024 ** 3} GiB of holes`);
  }

  #error(what: string, cause?: unknown): AlbaError {
    return new AlbaError('source', `${this.#origin} ${what}`, { cause });
  }
}

/** A long name without a letter, as one block of zeros: tar-stream loses its way behind a header of that type that nothing follows. */
function emptyName(header: Buffer, flag: string): Buffer {
  return Buffer.concat([rewriteHeader(header, tarBlockSize, flag), Buffer.alloc(tarBlockSize)]);
}

/** What is no number there is no reason to refuse an archive. */
function ownerIn(records: PaxRecords, key: 'uid' | 'gid'): number | undefined {
  const told = records.get(key);
  return told !== undefined && /^\d{1,10}$/.test(told) ? Number(told) : undefined;
}

function timeIn(records: PaxRecords): number | undefined {
  const told = records.get('mtime');
  return told !== undefined && /^-?\d{1,16}(\.\d*)?$/.test(told) ? Number(told) : undefined;
}

/** As GNU tar, star, Go and libarchive call them. */
function isAttribute(key: string): boolean {
  return /^(SCHILY\.(xattr|acl)|LIBARCHIVE\.xattr)\./.test(key) && !key.endsWith('.security.selinux');
}

/** In bytes, of what follows a header; nothing follows that of a link, a device or a folder, whatever it says, as in Go. */
function sizeOf({ size, isBare }: TarHeader, records: PaxRecords): number {
  const told = records.get('size');
  return isBare ? 0 : told ? parseDecimal(told) : size;
}
