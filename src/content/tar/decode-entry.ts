import type { FramedEntry } from './framing.ts';
import { parseNumber, parseTime } from './header.ts';
import { decodeField } from './tar-name.ts';
import type { WalkedEntry } from './tar-walk.ts';

/** Names that GNU tar puts before an entry whose header has no room for them. */
export interface LongNames {
  name?: string;
  linkname?: string;
}

/** Where fields begin, and how long they are (POSIX.1-2017 pax, "ustar Interchange Format"). */
const field = {
  name: [0, 100],
  mode: 100,
  uid: 108,
  gid: 116,
  mtime: 136,
  flag: 156,
  linkname: [157, 100],
  magic: 257,
  major: 329,
  minor: 337,
  prefix: [345, 155],
} as const;

/** By flag; what is in none of them is told as `other`. Contiguous files (7) are files like others today. */
const types: Readonly<Record<string, WalkedEntry['type']>> = {
  '\0': 'file',
  '0': 'file',
  '1': 'link',
  '2': 'symlink',
  '3': 'character-device',
  '4': 'block-device',
  '5': 'directory',
  '6': 'pipe',
  '7': 'file',
};

/** What a header says, and the extended ones before it; a number that is none is 0. */
export function decodeEntry(header: Buffer, framed: FramedEntry, long: LongNames): WalkedEntry {
  const flag = String.fromCharCode(header[field.flag] ?? 0);
  // An empty one is none, as in Go.
  const name = framed.name ?? (long.name || headerName(header));
  const linkname = framed.linkname ?? (long.linkname || nameAt(header, field.linkname));
  const isFolder = (flag === '0' || flag === '\0') && name.endsWith('/') && framed.stored === 0;
  const type = isFolder && !framed.sparse ? 'directory' : (types[flag] ?? 'other');
  const number = (at: number): number => Math.max(0, parseNumber(header, at, 8) ?? 0);
  return {
    name,
    type,
    ...(linkname && { linkname }),
    mode: number(field.mode) & 0o7777,
    uid: framed.uid ?? number(field.uid),
    gid: framed.gid ?? number(field.gid),
    size: type === 'file' ? (framed.sparse?.size ?? framed.stored) : 0,
    mtime: storable(framed.mtime ?? parseTime(header, field.mtime) ?? 0),
    ...(type.endsWith('device') && { device: { major: number(field.major), minor: number(field.minor) } }),
    ...(framed.hasAttributes && { hasAttributes: true }),
  };
}

/** The nearest time that file systems can store (ext4: 1901 to 2446): another one would be another each time it is looked at. */
function storable(seconds: number): number {
  return Math.min(Math.max(seconds, -(2 ** 31)), 2 ** 34 - 2 ** 31 - 1);
}

/** Prefix and name belong together in ustar alone: GNU tar has something else in the place of the prefix. */
function headerName(header: Buffer): string {
  const name = nameAt(header, field.name);
  const isUstar = header.toString('latin1', field.magic, field.magic + 6) === 'ustar\0';
  const prefix = isUstar ? nameAt(header, field.prefix) : '';
  return prefix === '' ? name : `${prefix}/${name}`;
}

function nameAt(header: Buffer, [at, length]: readonly [number, number]): string {
  return header[at] === 0 ? '' : decodeField(header.subarray(at, at + length));
}
