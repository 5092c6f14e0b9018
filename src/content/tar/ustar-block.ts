import { tarBlockSize } from './header.ts';

/** What a block of the ustar format says. Texts are ASCII, and no longer than their fields; a number that has no room becomes 0. */
export interface UstarBlock {
  readonly prefix: string;
  readonly name: string;
  readonly linkname: string;
  /** One character. */
  readonly flag: string;
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  /** In bytes. */
  readonly size: number;
  /** In seconds since 1970, a whole number. */
  readonly mtime: number;
  readonly major: number;
  readonly minor: number;
}

/** Offsets and lengths of fields (POSIX.1-2017 pax, "ustar Interchange Format"). */
export const ustarField = {
  name: [0, 100],
  mode: [100, 8],
  uid: [108, 8],
  gid: [116, 8],
  size: [124, 12],
  mtime: [136, 12],
  checksum: [148, 8],
  flag: [156, 1],
  linkname: [157, 100],
  magic: [257, 8],
  devmajor: [329, 8],
  devminor: [337, 8],
  prefix: [345, 155],
} as const;

/** Where a field begins, and how long it is, in bytes. */
type Field = readonly [at: number, length: number];

const numbers = ['mode', 'uid', 'gid', 'size', 'mtime', 'devmajor', 'devminor'] as const;

/** What all blocks begin as: numbers are 0, and the checksum counts as blanks until it is known. */
const template = Buffer.alloc(tarBlockSize);
for (const name of numbers) {
  const [at, length] = ustarField[name];
  template.fill('0', at, at + length - 1);
}
template.write(' '.repeat(ustarField.checksum[1]), ustarField.checksum[0]);
template.write('ustar\x0000', ustarField.magic[0]);
const templateSum = template.reduce((sum, byte) => sum + byte, 0);

/** Writes a block, at an offset; the checksum is added up on the way, as tars of many small files are headers for a good part. */
export function writeUstarBlock(target: Uint8Array, at: number, block: UstarBlock): void {
  target.set(template, at);
  const sum =
    templateSum +
    writeText(target, at, ustarField.name, block.name) +
    writeText(target, at, ustarField.flag, block.flag) +
    writeText(target, at, ustarField.linkname, block.linkname) +
    writeText(target, at, ustarField.prefix, block.prefix) +
    writeOctal(target, at, ustarField.mode, block.mode) +
    writeOctal(target, at, ustarField.uid, block.uid) +
    writeOctal(target, at, ustarField.gid, block.gid) +
    writeOctal(target, at, ustarField.size, block.size) +
    writeOctal(target, at, ustarField.mtime, block.mtime) +
    writeOctal(target, at, ustarField.devmajor, block.major) +
    writeOctal(target, at, ustarField.devminor, block.minor);
  // Six digits and a NUL; the blank behind them is there.
  const [checksum] = ustarField.checksum;
  target.fill(zero, at + checksum, at + checksum + 6);
  target[at + checksum + 6] = 0;
  writeOctal(target, at, [checksum, 7], sum);
}

const zero = 0x30;

/** Gives what it adds to the sum of all bytes. */
function writeText(target: Uint8Array, block: number, [at]: Field, text: string): number {
  let sum = 0;
  for (let letter = 0; letter < text.length; letter += 1) {
    const code = text.charCodeAt(letter);
    target[block + at + letter] = code;
    sum += code;
  }
  return sum;
}

/** Digits in place of zeros, up to the NUL that ends a field; gives what they add to the sum of all bytes. */
function writeOctal(target: Uint8Array, block: number, field: Field, value: number): number {
  if (!fitsOctal(value, field)) return 0;
  let sum = 0;
  let place = block + field[0] + field[1] - 2;
  for (let rest = value; rest > 0; place -= 1) {
    const digit = rest % 8;
    target[place] = zero + digit;
    sum += digit;
    rest = (rest - digit) / 8;
  }
  return sum;
}

/** By the length of a field: the first number that has no room in it. */
const limits = Array.from({ length: 13 }, (_, length) => 8 ** (length - 1));

/** Whether a number has room in a field, whose last byte is a NUL. */
export function fitsOctal(value: number, [, length]: Field): boolean {
  return value < (limits[length] ?? 0);
}
