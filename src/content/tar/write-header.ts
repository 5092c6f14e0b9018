import { tarBlockSize } from './header.ts';
import { encodeName } from './tar-name.ts';

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

/** Offsets and lengths of fields (POSIX.1-2017 pax, "ustar Interchange Format"). */
const field = {
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
  const { kind, mode, uid, gid, size, linkname = '', mtime = modified } = fields;
  const { major, minor } = fields.device ?? { major: 0, minor: 0 };
  const name = kind === 'folder' ? `${fields.name}/` : fields.name;
  const split = splitName(name);
  const records = fields.records ? new Map(Object.entries(fields.records)) : new Map<string, string>();
  if (!split) records.set('path', name);
  if (!isPlain(linkname) || linkname.length > field.linkname[1]) records.set('linkpath', linkname);
  if (!fits(uid, field.uid[1])) records.set('uid', `${uid}`);
  if (!fits(gid, field.gid[1])) records.set('gid', `${gid}`);
  if (!fits(size, field.size[1])) records.set('size', `${size}`);
  if (!Number.isInteger(mtime) || mtime < 0 || !fits(mtime, field.mtime[1])) {
    records.set('mtime', decimal(mtime));
  }
  const seconds = Math.max(0, Math.floor(mtime));
  const header = block(
    split ?? ['', asciiOf(name)],
    { mode, uid, gid, size, mtime: seconds, major, minor },
    flags[kind],
    asciiOf(linkname),
  );
  return records.size > 0 ? Buffer.concat([extended(records), header]) : header;
}

/** How many zeros fill the last block of so many bytes. */
export function zerosBehind(size: number): number {
  return (tarBlockSize - (size % tarBlockSize)) % tarBlockSize;
}

/** Prefix and name that are put together with a slash between them; undefined for what fits in neither way. */
function splitName(name: string): readonly [prefix: string, name: string] | undefined {
  if (!isPlain(name)) return undefined;
  if (name.length <= field.name[1]) return ['', name];
  const slash = name.lastIndexOf('/', field.prefix[1]);
  const rest = name.slice(slash + 1);
  return slash > 0 && rest !== '' && rest.length <= field.name[1] ? [name.slice(0, slash), rest] : undefined;
}

interface Numbers {
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  readonly size: number;
  readonly mtime: number;
  readonly major: number;
  readonly minor: number;
}

function block(
  [prefix, name]: readonly [string, string],
  numbers: Numbers,
  flag: string,
  linkname: string,
): Buffer {
  const bytes = Buffer.allocUnsafe(tarBlockSize);
  template.copy(bytes);
  write(bytes, field.name, name);
  writeOctal(bytes, field.mode, numbers.mode);
  writeOctal(bytes, field.uid, numbers.uid);
  writeOctal(bytes, field.gid, numbers.gid);
  writeOctal(bytes, field.size, numbers.size);
  if (numbers.mtime !== modified) writeOctal(bytes, field.mtime, numbers.mtime);
  if (numbers.major !== 0) writeOctal(bytes, field.devmajor, numbers.major);
  if (numbers.minor !== 0) writeOctal(bytes, field.devminor, numbers.minor);
  write(bytes, field.flag, flag);
  write(bytes, field.linkname, linkname);
  write(bytes, field.prefix, prefix);
  let sum = 0;
  for (let at = 0; at < tarBlockSize; at += 1) sum += bytes[at] ?? 0;
  write(bytes, field.checksum, `${sum.toString(8).padStart(6, '0')}\0 `);
  return bytes;
}

/** What most headers have in common; the checksum counts as blanks until it is known. */
const template = Buffer.alloc(tarBlockSize);
writeOctal(template, field.mtime, modified);
write(template, field.checksum, ' '.repeat(field.checksum[1]));
write(template, field.magic, 'ustar\x0000');
writeOctal(template, field.devmajor, 0);
writeOctal(template, field.devminor, 0);

function write(header: Buffer, [at, length]: readonly [number, number], text: string): void {
  if (text !== '') header.write(text, at, length, 'latin1');
}

function writeOctal(header: Buffer, where: readonly [number, number], value: number): void {
  const digits = fits(value, where[1]) ? value.toString(8) : '0';
  write(header, where, `${digits.padStart(where[1] - 1, '0')}\0`);
}

/** An extended header with these records, sorted, in whole blocks. */
function extended(records: ReadonlyMap<string, string>): Buffer {
  const content = Buffer.concat([...records].sort().map(([key, value]) => record(key, value)));
  const header = block(
    ['', 'PaxHeaders.0/entry'],
    { mode: 0o644, uid: 0, gid: 0, size: content.length, mtime: modified, major: 0, minor: 0 },
    'x',
    '',
  );
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
  return text.replace(/[^\x20-\x7e]/gu, '_').slice(-field.name[1]);
}

/** Whether a number has room in an octal field, which ends in a NUL. */
function fits(value: number, length: number): boolean {
  return value < 8 ** (length - 1);
}
