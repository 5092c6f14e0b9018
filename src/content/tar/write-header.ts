import { tarBlockSize } from './header.ts';
import { encodeName } from './tar-name.ts';
import { fitsOctal, ustarField, writeUstarBlock } from './ustar-block.ts';

/** What a header of ours says. */
export interface HeaderFields {
  /** From the root, without a slash at either end. */
  readonly name: string;
  readonly kind: keyof typeof flags;
  /** Permission bits, with setuid, setgid and sticky. */
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  /** In bytes, of the content; 0 for all but files. */
  readonly size: number;
  /** Where a symbolic link leads, from its folder, or a hard link, from the root. */
  readonly linkname?: string;
  /** In seconds since 1970; one unless told. */
  readonly mtime?: number;
  /** Of a device alone. */
  readonly device?: { readonly major: number; readonly minor: number };
  /** More records of an extended header, by key. */
  readonly records?: Readonly<Record<string, string>>;
}

/** In seconds since 1970: every entry has it, so that a tar tells nothing of when it was made. As Nix does it, no 0, which tools take for none. */
const modified = 1;

const flags = {
  file: '0',
  hardlink: '1',
  symlink: '2',
  'character-device': '3',
  'block-device': '4',
  folder: '5',
  pipe: '6',
} as const;

/**
 * The header of an entry in the ustar format, behind an extended one (pax) for what that has no room for: a name that is
 * long or not ASCII, 8 GiB and more, large numbers of owners. The same fields give the same bytes.
 */
export function writeHeader(fields: HeaderFields): Buffer {
  const name = nameOf(fields);
  const split = splitName(name);
  const records = recordsOf(fields, split ? undefined : name);
  const header = Buffer.allocUnsafe(tarBlockSize);
  writeBlock(header, 0, fields, split ?? ['', asciiOf(name)]);
  return records.length > 0 ? Buffer.concat([extended(new Map(records)), header]) : header;
}

/** Writes the header of an entry to an offset, unless it takes more than one block: then it gives false. */
export function writeHeaderAt(target: Uint8Array, at: number, fields: HeaderFields): boolean {
  const split = splitName(nameOf(fields));
  if (!split || !(isUsual(fields) || recordsOf(fields, undefined).length === 0)) return false;
  writeBlock(target, at, fields, split);
  return true;
}

function nameOf({ kind, name }: HeaderFields): string {
  return kind === 'folder' ? `${name}/` : name;
}

/** Whether nothing of it could want a record: as good as all files, of which there are many. */
function isUsual({ uid, gid, size, linkname, mtime, records }: HeaderFields): boolean {
  const isLinked = linkname !== undefined || mtime !== undefined || records !== undefined;
  return !isLinked && uid === 0 && gid === 0 && fitsOctal(size, ustarField.size);
}

type ExtendedRecord = readonly [key: string, value: string];

/** What the ustar format has no room for; `path` is a name that it has none for. */
function recordsOf(fields: HeaderFields, path: string | undefined): ExtendedRecord[] {
  const { uid, gid, size, linkname = '', mtime = modified } = fields;
  const records: ExtendedRecord[] = fields.records ? Object.entries(fields.records) : [];
  if (path !== undefined) records.push(['path', path]);
  if (!isPlain(linkname) || linkname.length > ustarField.linkname[1]) records.push(['linkpath', linkname]);
  if (!fitsOctal(uid, ustarField.uid)) records.push(['uid', `${uid}`]);
  if (!fitsOctal(gid, ustarField.gid)) records.push(['gid', `${gid}`]);
  if (!fitsOctal(size, ustarField.size)) records.push(['size', `${size}`]);
  if (!Number.isInteger(mtime) || mtime < 0 || !fitsOctal(mtime, ustarField.mtime)) {
    records.push(['mtime', decimal(mtime)]);
  }
  return records;
}

/** How many zeros fill the last block of so many bytes. */
export function zerosBehind(size: number): number {
  return (tarBlockSize - (size % tarBlockSize)) % tarBlockSize;
}

/** Prefix and name that are put together with a slash between them; undefined for what fits in neither way. */
function splitName(name: string): SplitName | undefined {
  if (!isPlain(name)) return undefined;
  if (name.length <= ustarField.name[1]) return ['', name];
  const slash = name.lastIndexOf('/', ustarField.prefix[1]);
  const rest = name.slice(slash + 1);
  return slash > 0 && rest !== '' && rest.length <= ustarField.name[1]
    ? [name.slice(0, slash), rest]
    : undefined;
}

type SplitName = readonly [prefix: string, name: string];

function writeBlock(target: Uint8Array, at: number, fields: HeaderFields, [prefix, name]: SplitName): void {
  const { kind, mode, uid, gid, size, linkname = '', mtime = modified, device } = fields;
  writeUstarBlock(target, at, {
    prefix,
    name,
    linkname: linkname === '' ? '' : asciiOf(linkname),
    flag: flags[kind],
    mode,
    uid,
    gid,
    size,
    mtime: Math.max(0, Math.floor(mtime)),
    major: device?.major ?? 0,
    minor: device?.minor ?? 0,
  });
}

const extendedHeader = { prefix: '', name: 'PaxHeaders.0/entry', linkname: '', flag: 'x', mode: 0o644 };

/** An extended header with these records, sorted, in whole blocks. */
function extended(records: ReadonlyMap<string, string>): Buffer {
  const content = Buffer.concat([...records].sort().map(([key, value]) => record(key, value)));
  const header = Buffer.allocUnsafe(tarBlockSize);
  const numbers = { uid: 0, gid: 0, size: content.length, mtime: modified, major: 0, minor: 0 };
  writeUstarBlock(header, 0, { ...extendedHeader, ...numbers });
  return Buffer.concat([header, content, Buffer.alloc(zerosBehind(content.length))]);
}

/** `<length> <key>=<value>\n`; the length, in bytes, is that of the whole record and counts its own digits. */
function record(key: string, value: string): Buffer {
  const encoded = encodeName(` ${key}=${value}\n`);
  const rest = typeof encoded === 'string' ? Buffer.from(encoded) : encoded;
  const digits = `${rest.length + `${rest.length}`.length}`.length;
  return Buffer.concat([Buffer.from(`${rest.length + digits}`), rest]);
}

/** Without an exponent. */
function decimal(value: number): string {
  return `${value}`.includes('e') ? value.toFixed(9) : `${value}`;
}

function isPlain(text: string): boolean {
  return /^[\x20-\x7e]*$/.test(text);
}

/** What readers without extended headers see of a name that they cannot have. */
function asciiOf(text: string): string {
  return text.replace(/[^\x20-\x7e]/gu, '_').slice(-ustarField.name[1]);
}
