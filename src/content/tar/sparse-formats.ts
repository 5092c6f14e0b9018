import { isGnuHeader, parseNumber, type TarHeader, tarBlockSize } from './header.ts';
import { type PaxRecords, parseDecimal, sparseMapKey } from './pax-records.ts';
import { type SparseMap, toSparseMap } from './sparse-map.ts';

/** Reads a map that stands in blocks of its own, between the header and the data. */
export interface SparseMapReader {
  /** Takes the next block; gives the map when that was its last. Throws an Error for what is no map. */
  take(block: Buffer): SparseMap | undefined;
}

/** In bytes, of a map: as much as an extended header may have. */
const maxMap = 1024 * 1024;

/**
 * The map of a file of `size` bytes in the archive, or what reads it, in each of the ways that GNU tar stores it ("Storing
 * Sparse Files" in its manual); undefined for a file that is not sparse. Throws an Error for a map that is wrong, and for a
 * way that is not known.
 */
export function findSparseMap(
  block: Buffer,
  { flag }: TarHeader,
  records: PaxRecords,
  size: number,
): SparseMap | SparseMapReader | undefined {
  if (flag === 'S') {
    if (!isGnuHeader(block)) throw new Error('a sparse file that is not stored as GNU tar does it');
    return new BinaryMapReader(size).begin(block);
  }
  const [major = '', minor = ''] = [records.get('GNU.sparse.major'), records.get('GNU.sparse.minor')];
  const version = `${major}.${minor}`;
  if (version === '1.0') return new TextMapReader(fileSize(records), size);
  const map = records.get(sparseMapKey);
  const isTold = map !== undefined || records.get('GNU.sparse.numblocks') === '0';
  if (version === '0.0' || version === '0.1' || (version === '.' && isTold)) {
    return toSparseMap(map ? map.split(',').map(parseDecimal) : [], fileSize(records), size);
  }
  const key = [...records.keys()].find((key) => key.startsWith('GNU.sparse.') || key === 'SCHILY.realsize');
  if (key)
    throw new Error(
      `a sparse file that is stored in a way that is not known, with ${key}=${records.get(key)}`,
    );
  return undefined;
}

/** With its holes, in bytes. */
function fileSize(records: PaxRecords): number {
  return parseDecimal(records.get('GNU.sparse.size') ?? records.get('GNU.sparse.realsize') ?? '');
}

/** Of pax format 1.0: decimal numbers, a line each, the first of them the count of pieces. The map is part of what is stored. */
class TextMapReader implements SparseMapReader {
  readonly #size: number;
  #stored: number;
  #taken = 0;
  #count: number | undefined;
  readonly #numbers: number[] = [];
  #rest = '';

  constructor(size: number, stored: number) {
    this.#size = size;
    this.#stored = stored;
  }

  take(block: Buffer): SparseMap | undefined {
    this.#taken = limited(this.#taken + block.length);
    this.#stored -= block.length;
    if (this.#stored < 0) throw new Error('a sparse file whose map has no end');
    const lines = (this.#rest + block.toString('latin1')).split('\n');
    this.#rest = lines.pop() ?? '';
    for (const line of lines) {
      if (this.#isComplete()) break;
      if (this.#count === undefined) this.#count = parseDecimal(line);
      else this.#numbers.push(parseDecimal(line));
    }
    if (this.#isComplete()) return toSparseMap(this.#numbers, this.#size, this.#stored);
    // No number has as many digits.
    if (this.#rest.length > 20) parseDecimal(this.#rest);
    return undefined;
  }

  #isComplete(): boolean {
    return this.#count !== undefined && this.#numbers.length === 2 * this.#count;
  }
}

/** Pieces, of twice twelve bytes, in a header and in a block that extends it; where they begin in a header, and what follows them. */
const inHeader = { pieces: 4, from: 386, isExtended: 482, size: 483 } as const;
const inExtension = { pieces: 21, from: 0, isExtended: 504 } as const;

/** Of the format before pax: pieces in the header, and in blocks behind it, each of which tells whether there is another. */
class BinaryMapReader implements SparseMapReader {
  readonly #stored: number;
  readonly #numbers: number[] = [];
  #size = 0;
  #taken = 0;

  constructor(stored: number) {
    this.#stored = stored;
  }

  begin(header: Buffer): SparseMap | SparseMapReader {
    this.#size = toNumber(header, inHeader.size);
    return this.#read(header, inHeader) ?? this;
  }

  take(block: Buffer): SparseMap | undefined {
    this.#taken = limited(this.#taken + tarBlockSize);
    return this.#read(block, inExtension);
  }

  /** The first empty piece ends the list. */
  #read(
    block: Buffer,
    { pieces, from, isExtended }: typeof inHeader | typeof inExtension,
  ): SparseMap | undefined {
    const end = from + pieces * 24;
    for (let at = from; at < end && block[at] !== 0; at += 24) {
      this.#numbers.push(toNumber(block, at), toNumber(block, at + 12));
    }
    return block[isExtended] === 0 ? toSparseMap(this.#numbers, this.#size, this.#stored) : undefined;
  }
}

function limited(size: number): number {
  if (size > maxMap) throw new Error(`a sparse file with a map of more than ${maxMap} bytes`);
  return size;
}

function toNumber(block: Buffer, from: number): number {
  const value = parseNumber(block, from);
  if (value === undefined)
    throw new Error('a sparse file with something else where a number of bytes should be');
  return value;
}
