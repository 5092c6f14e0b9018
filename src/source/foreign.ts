import { isUnsupported, unsupportedCompression } from '../compression/unsupported.ts';
import { parseHeader, tarBlockSize } from '../content/tar/header.ts';
import { AlbaError } from '../errors.ts';

/** What a file is that is surely no tar. */
export interface ForeignFile {
  /** What a sentence says of it. */
  readonly what: string;
  /** What to do about it, where that is not said yet. */
  readonly remedy?: string;
  /** Whether an image may be in it, or come out of it. */
  readonly mayHoldImage: boolean;
}

const expected = 'expected an image archive as docker save writes it, or an OCI layout';
const program = `${expected} (static push publishes programs)`;

/** By the first bytes, in hex: what it is, and what to do about it. */
const kinds: readonly (readonly [magic: string, file: ForeignFile])[] = [
  ['504b0304', notTar('a zip', `unpack it; ${expected}`, true)],
  ['7f454c46', notTar('a program', program)],
  ['4d5a', notTar('a program for Windows', program)],
  ['cffaedfe', notTar('a program for macOS', program)],
];

/** How many of the first bytes {@link foreignFile} wants to see. */
export const headSize = 512;

/** What a file that begins like this is, if it is surely no tar and known by sight. */
export function foreignFile(head: Buffer): ForeignFile | undefined {
  if (isTarHeader(head)) return undefined;
  const compression = unsupportedCompression(head);
  if (compression) return { what: isUnsupported(compression), mayHoldImage: true };
  const hex = head.subarray(0, 8).toString('hex');
  return kinds.find(([magic]) => hex.startsWith(magic))?.[1] ?? foreignText(head);
}

/** An error for what {@link foreignFile} knows, in the words of who named the path as an artifact. */
export function refuseForeign(head: Buffer, path: string): void {
  const foreign = foreignFile(head);
  if (foreign) throw new AlbaError('source', `${path} ${sentenceOf(foreign)}; ${leaveOut(path)}`);
}

/** What a file is, and what to do about it. */
export function sentenceOf({ what, remedy }: ForeignFile): string {
  return remedy === undefined ? what : `${what}: ${remedy}`;
}

/**
 * An error for the first bytes of what should be the tar of an artifact, and begin with a header of one, or with zeros.
 * Their compression is undone.
 */
export function refuseOther(head: Buffer, path: string): void {
  refuseForeign(head, path);
  if (isTarHeader(head) || head.every((byte) => byte === 0)) return;
  throw new AlbaError('source', `${path} is not a tar: ${expected}; ${leaveOut(path)}`);
}

/** The end of a sentence about a path that is no artifact: nobody may have named it. */
export function leaveOut(path: string): string {
  return `where a folder or a glob led to it, !${path} leaves it out`;
}

/** The first block of a tar has zeros in it, and a text has none. */
function foreignText(head: Buffer): ForeignFile | undefined {
  const text = head.toString('utf8');
  if (head.length === 0 || /[^\P{Cc}\s]/u.test(text) || !isUtf8Start(head)) return undefined;
  return texts.find(([pattern]) => pattern.test(text))?.[1] ?? notTar('a text', expected);
}

/** By what stands in the first lines. */
const texts: readonly (readonly [pattern: RegExp, file: ForeignFile])[] = [
  [
    /^#!.*(?:stream_layered_image|\/nix\/store\/[^\s"]*-(?:stream\b|[^\s"/]*-conf\.json))/s,
    notTar(
      "a script of Nix's streamLayeredImage",
      'run it, since it writes the image: ./result > image.tar, and name image.tar; on the command line, ./result | alba container push -t name:tag - target',
      true,
    ),
  ],
  [/^#!/, notTar('a script', `if it writes an image, run it and name what it has written; ${expected}`)],
  [
    /^\s*(?:#[^\n]*\n\s*)*(?:FROM|ARG)\s/i,
    notTar('a Dockerfile', `build it (docker build), then docker save; ${expected}`),
  ],
  [
    /^services:\s*$/m,
    notTar('a compose file', `build its images (docker compose build), then docker save each; ${expected}`),
  ],
  [
    /"spdxVersion"|"bomFormat"|^SPDXVersion:|cyclonedx\.org/m,
    notTar('an SBOM', `it describes an image; ${expected}`),
  ],
  [
    /"imageLayoutVersion"|"schemaVersion"/,
    notTar('a document of an OCI layout', 'name the folder of the layout, which it lies in'),
  ],
];

/** Whether bytes are UTF-8, save for a letter that is cut in two at their end. */
function isUtf8Start(head: Buffer): boolean {
  return !head.toString('utf8').slice(0, -1).includes('\ufffd');
}

function notTar(what: string, remedy: string, mayHoldImage = false): ForeignFile {
  return { what: `is not a tar, but ${what}`, remedy, mayHoldImage };
}

/**
 * Whether a block of 512 bytes is the header of an entry of a tar (POSIX.1-2017 pax, "ustar Interchange Format"): by
 * its magic, or by its checksum, since the tar of Unix version 7 had no magic.
 */
export function isTarHeader(block: Uint8Array): boolean {
  const bytes = Buffer.from(block.buffer, block.byteOffset, block.byteLength);
  if (bytes.subarray(257, 262).toString('latin1') === 'ustar') return true;
  return bytes.length === tarBlockSize && parseHeader(bytes) !== undefined;
}
