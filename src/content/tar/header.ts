/** In bytes: a tar is made of blocks of this size (POSIX.1-2017 pax, "ustar Interchange Format"). */
export const tarBlockSize = 512;

/** What a header says that tells where the next one is. */
export interface TarHeader {
  /** The type of the entry, one character. */
  readonly flag: string;
  /** In bytes, as the header says it, of what follows: an extended header may say something else. */
  readonly size: number;
  /** Whether nothing follows whatever its size is: a link, a device, a pipe, a folder. */
  readonly isBare: boolean;
  readonly endsInSlash: boolean;
  /** Whether its checksum is one of signed bytes, as some old writers had it. */
  readonly isSigned: boolean;
}

const at = { nameEnd: 100, size: 124, checksum: 148, flag: 156, magic: 257 } as const;

/** Reads a header; undefined for a block that is none, by its checksum or its size. Names are left to tar-stream. */
export function parseHeader(block: Buffer): TarHeader | undefined {
  const size = parseNumber(block, at.size);
  const sum = parseNumber(block, at.checksum, 8);
  const [unsigned, signed] = checksums(block);
  if (size === undefined || (sum !== unsigned && sum !== signed)) return undefined;
  const flag = String.fromCharCode(block[at.flag] ?? 0);
  const nameEnd = block.indexOf(0);
  const endsInSlash = block[(nameEnd < 0 ? at.nameEnd : Math.min(nameEnd, at.nameEnd)) - 1] === 0x2f;
  return {
    flag,
    size,
    // Before ustar there was no type for folders.
    isBare: (flag >= '1' && flag <= '6') || (flag === '\0' && endsInSlash),
    endsInSlash,
    isSigned: sum !== unsigned,
  };
}

/** Whether a header is in the format that GNU tar had before pax. */
export function isGnuHeader(block: Buffer): boolean {
  return block.toString('latin1', at.magic, at.magic + 8) === 'ustar  \0';
}

/** A copy of a header that says another size, in bytes, and another type. */
export function rewriteHeader(block: Buffer, size: number, flag: string): Buffer {
  const copy = Buffer.from(block);
  writeSize(copy, size);
  copy.write(flag, at.flag, 'latin1');
  const [sum] = checksums(copy);
  copy.write(`${sum.toString(8).padStart(6, '0')}\0 `, at.checksum, 'latin1');
  return copy;
}

/** Whether all of these bytes are zeros, as no bytes are. */
export function isZero(bytes: Buffer): boolean {
  if (bytes.length === 0) return true;
  return bytes[0] === 0 && bytes.compare(bytes, 1, bytes.length, 0, bytes.length - 1) === 0;
}

/** The size of the whole blocks that hold so many bytes. */
export function roundUp(size: number): number {
  return Math.ceil(size / tarBlockSize) * tarBlockSize;
}

/**
 * The number that so many bytes of a block from `from` on stand for, in octal digits or in base 256, as headers write it;
 * undefined for what is none, or too large to count with.
 */
export function parseNumber(block: Buffer, from: number, length = 12): number | undefined {
  const end = from + length;
  if ((block[from] ?? 0) & 0x80) return parseBase256(block.toString('hex', from, end));
  let at = from;
  while (at < end && isBlank(block[at])) at++;
  let value = 0;
  for (; at < end && !isBlank(block[at]); at++) {
    const digit = (block[at] ?? 0) - 0x30;
    if (digit < 0 || digit > 7) return undefined;
    value = value * 8 + digit;
  }
  // What is behind a NUL is nothing of it.
  for (; at < end && block[at] !== 0; at++) if (block[at] !== 0x20) return undefined;
  return value;
}

/** The same for a time, which in base 256 may be one before 1970. */
export function parseTime(block: Buffer, from: number): number | undefined {
  if ((block[from] ?? 0) < 0xc0) return parseNumber(block, from);
  const value = BigInt.asIntN(96, BigInt(`0x${block.toString('hex', from, from + 12)}`));
  return value >= BigInt(Number.MIN_SAFE_INTEGER) ? Number(value) : undefined;
}

function isBlank(byte: number | undefined): boolean {
  return byte === 0 || byte === 0x20;
}

/** The first bit says that it is no octal number. */
function parseBase256(hex: string): number | undefined {
  const value = BigInt(`0x${hex}`) - (0x80n << BigInt(4 * (hex.length - 2)));
  return value <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(value) : undefined;
}

/** The sum of all bytes, those of the checksum taken as spaces: bytes as they are, and as signed numbers. */
function checksums(block: Buffer): [unsigned: number, signed: number] {
  let sum = 8 * 0x20;
  let high = 0;
  for (let i = 0; i < tarBlockSize; i++) {
    if (i === at.checksum) i += 8;
    const byte = block[i] ?? 0;
    sum += byte;
    high += byte >> 7;
  }
  return [sum, sum - high * 0x100];
}

/** In octal where eleven digits do, else in base 256. */
function writeSize(block: Buffer, size: number): void {
  const octal = size.toString(8);
  if (octal.length <= 11) {
    block.write(`${octal.padStart(11, '0')}\0`, at.size, 'latin1');
    return;
  }
  block.write(size.toString(16).padStart(24, '0'), at.size, 'hex');
  block[at.size] = 0x80;
}
