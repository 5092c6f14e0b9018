import { AlbaError } from '../errors.ts';

const expected = 'expected an image archive as docker save writes it, or an OCI layout';

/** By the first bytes, in hex: what it is, and what to do about it. */
const kinds: readonly (readonly [magic: string, what: string, remedy: string])[] = [
  ['504b0304', 'a zip', `unpack it; ${expected}`],
  ['7f454c46', 'a program', `${expected} (static push publishes programs)`],
  ['4d5a', 'a program for Windows', `${expected} (static push publishes programs)`],
  ['cffaedfe', 'a program for macOS', `${expected} (static push publishes programs)`],
];

const compressions: readonly (readonly [magic: string, name: string])[] = [
  ['fd377a585a00', 'xz'],
  ['425a68', 'bzip2'],
  ['04224d18', 'lz4'],
  ['4c5a4950', 'lzip'],
  ['377abcaf271c', '7-Zip'],
];

/** How many of the first bytes {@link refuseForeign} wants to see. */
export const headSize = 512;

/** An error for what is surely no tar and that we know by sight, in the words of who named it as an artifact. */
export function refuseForeign(head: Buffer, origin: string): void {
  if (head.subarray(257, 262).toString('latin1') === 'ustar') return;
  const hex = head.subarray(0, 8).toString('hex');
  const [, compression] = compressions.find(([magic]) => hex.startsWith(magic)) ?? [];
  if (compression) {
    throw new AlbaError(
      'source',
      `${origin} is compressed with ${compression}, which is not supported: use gzip, zstd or no compression`,
    );
  }
  const [, what, remedy] = kinds.find(([magic]) => hex.startsWith(magic)) ?? textKind(head) ?? [];
  if (what) throw new AlbaError('source', `${origin} is not a tar, but ${what}: ${remedy}`);
}

/** The first block of a tar has zeros in it, and a text has none. */
function textKind(head: Buffer): (typeof kinds)[number] | undefined {
  const isText = head.length > 0 && !/[^\P{Cc}\s]/u.test(head.toString('utf8'));
  if (!isText || !isUtf8Start(head)) return undefined;
  const isDockerfile = /^\s*(?:#[^\n]*\n\s*)*(?:FROM|ARG)\s/i.test(head.toString('utf8'));
  return isDockerfile
    ? ['', 'a Dockerfile', `build it (docker build), then docker save; ${expected}`]
    : ['', 'a text', expected];
}

/** Whether bytes are UTF-8, save for a letter that is cut in two at their end. */
function isUtf8Start(head: Buffer): boolean {
  return !head.toString('utf8').slice(0, -1).includes('\ufffd');
}
