import { createHash } from 'node:crypto';
import { posix } from 'node:path';
import { crc32 } from 'node:zlib';
import { decompress } from '../compression/decompress.ts';
import { detectCompression, magicSize } from '../compression/detect.ts';
import { Deflater } from '../compression/gzip/deflater.ts';
import { inflate } from '../compression/gzip/inflate.ts';
import { BlockTable } from '../compression/splice/block-table.ts';
import { LayerCapture } from '../compression/splice/layer-capture.ts';
import { readSplice, type Splice } from '../compression/splice/splice.ts';
import { fileChunks, readFailure } from '../content/file-chunks.ts';
import { readTar, type TarEntry } from '../content/tar.ts';
import { measure } from '../content/verify.ts';
import { AlbaError } from '../errors.ts';
import type { Digest } from '../oci/digest.ts';
import { maxManifestSize } from '../oci/manifest.ts';
import type { Compression } from '../oci/media-type.ts';
import { normalizeName } from './members.ts';

/** Limits against hostile archives: names in memory, documents in memory in bytes. */
const maxEntries = 100_000;
const maxNameLength = 4096;
const maxDocuments = 32 * 1024 * 1024;
/** In bytes; below it there is too little to keep of the compression around a member. */
const leastSpliced = 128 * 1024;
/** A member that the archive hardly compresses is better compressed anew. */
const mostSpliced = 0.95;

/** A file in an archive. */
export interface ScannedFile {
  /** In bytes. */
  readonly size: number;
  /** Of its first byte, in what the archive inflates to. */
  readonly offset: number;
  readonly digest: Digest;
  /** Where the archive is not compressed. */
  readonly crc32?: number;
  /** Of the file itself, told by its first bytes. */
  readonly compression: Compression;
  /** Small JSON is kept: where it lies in a compressed archive is far from where it is needed. */
  readonly document?: Uint8Array;
  /** The file as a gzip member made of the compression that it lies in. */
  readonly spliced?: { readonly digest: Digest; readonly splice: Splice };
}

/** What is to be read. Plain data: it can be sent between threads. */
export interface ScanInput {
  readonly path: string;
  readonly compression: Compression;
  /** Whether the digest of the archive itself is wanted, too. */
  readonly fingerprint: boolean;
}

/** All that one reading tells of an archive. Plain data: it can be sent between threads. */
export interface Scan {
  /** Of the archive as it lies there, if that was asked for. */
  readonly digest?: Digest | undefined;
  readonly files: ReadonlyMap<string, ScannedFile>;
  readonly links: ReadonlyMap<string, string>;
  /** Behind the last file, in what the archive inflates to. */
  readonly end: number;
}

/**
 * Reads an archive to its end once, and with it checks its tar and the checksums of its compression;
 * every file's digest is known afterwards. `advance` is told the bytes of the archive that were read;
 * `read` is how they are.
 */
export async function scanArchive(
  { path, compression, fingerprint }: ScanInput,
  advance: (bytes: number) => void,
  read: (path: string) => AsyncIterable<Buffer> = fileChunks,
): Promise<Scan> {
  const hash = fingerprint ? createHash('sha256') : undefined;
  const watch = (chunk: Buffer): void => {
    hash?.update(chunk);
    advance(chunk.length);
  };
  const splicing =
    compression === 'gzip' ? { blocks: new BlockTable(), deflater: await Deflater.create() } : undefined;
  const scanner = new Scanner(path, compression, splicing);
  const source = watched(read(path), watch);
  const bytes = splicing
    ? inflateNoting(source, path, splicing.blocks)
    : decompress(source, compression, path);
  try {
    for await (const entry of readTar(bytes, path)) await scanner.add(entry);
    const scan = await scanner.finish();
    return { ...scan, digest: hash && `sha256:${hash.digest('hex')}` };
  } catch (cause) {
    throw readFailure(path, cause);
  }
}

async function* watched(
  source: AsyncIterable<Buffer>,
  watch: (chunk: Buffer) => void,
): AsyncGenerator<Buffer> {
  for await (const chunk of source) {
    watch(chunk);
    yield chunk;
  }
}

/** Inflates, and notes where the blocks lie before their bytes come. Takes each chunk in before it asks for another. */
async function* inflateNoting(
  source: AsyncIterable<Buffer>,
  path: string,
  blocks: BlockTable,
): AsyncGenerator<Buffer> {
  for await (const chunk of inflate(source, path)) {
    blocks.append(chunk);
    const { buffer, byteOffset, length } = chunk.bytes;
    yield Buffer.from(buffer, byteOffset, length);
  }
}

/** What it takes to keep the compression of an archive. */
interface Splicing {
  readonly blocks: BlockTable;
  readonly deflater: Deflater;
}

class Scanner {
  readonly #path: string;
  readonly #isPlain: boolean;
  readonly #splicing: Splicing | undefined;
  readonly #files = new Map<string, ScannedFile>();
  readonly #splices = new Map<string, Splice>();
  readonly #links = new Map<string, string>();
  #end = 0;
  #entries = 0;
  #documents = 0;

  constructor(path: string, compression: Compression, splicing: Splicing | undefined) {
    this.#path = path;
    this.#isPlain = compression === 'none';
    this.#splicing = splicing;
  }

  async add(entry: TarEntry): Promise<void> {
    if (++this.#entries > maxEntries) throw this.#refuse(`more than ${maxEntries} entries`);
    const longest = Math.max(entry.name.length, entry.linkname?.length ?? 0);
    if (longest > maxNameLength) throw this.#refuse('a name of more than 4096 characters');
    const name = normalizeName(entry.name);
    this.#files.delete(name);
    this.#links.delete(name);
    this.#splices.delete(name);
    if (entry.type === 'file') await this.#read(name, entry);
    else if (entry.linkname) this.#links.set(name, targetOf(entry, entry.linkname));
  }

  /** Works out the digests of what was spliced: that takes one more reading of those parts of the archive. */
  async finish(): Promise<Scan> {
    for (const [name, splice] of this.#splices) {
      const file = this.#files.get(name);
      const { digest } = await measure(readSplice(splice, this.#path));
      if (file) this.#files.set(name, { ...file, spliced: { splice, digest } });
    }
    return { files: this.#files, links: this.#links, end: this.#end };
  }

  async #read(name: string, entry: TarEntry): Promise<void> {
    const { size, offset } = entry;
    const reading = new Reading(this.#isPlain, this.#capture(entry));
    const kept: Buffer[] = [];
    let isDocument = false;
    for await (const chunk of entry.body) {
      if (reading.take(chunk)) isDocument = this.#mayKeep(entry, reading.head);
      if (isDocument) kept.push(Buffer.from(chunk));
    }
    if (isDocument) this.#documents += size;
    this.#end = offset + size;
    const { splice, ...found } = reading.finish();
    const document = isDocument ? { document: Buffer.concat(kept) } : {};
    this.#files.set(name, { size, offset, ...found, ...document });
    const isSpliced = found.compression === 'none' && splice && splice.size < size * mostSpliced;
    if (isSpliced) this.#splices.set(name, splice);
  }

  #capture({ size, offset }: TarEntry): LayerCapture | undefined {
    if (!this.#splicing || size < leastSpliced) return undefined;
    const { blocks, deflater } = this.#splicing;
    return new LayerCapture(blocks, offset, deflater);
  }

  #mayKeep({ size }: TarEntry, head: Buffer): boolean {
    return (
      (head[0] === 0x7b || head[0] === 0x5b) &&
      size <= maxManifestSize &&
      this.#documents + size <= maxDocuments
    );
  }

  #refuse(what: string): AlbaError {
    return new AlbaError('source', `${this.#path} is not an image archive: it has ${what}`);
  }
}

/** What one file comes to while it passes. */
class Reading {
  head: Buffer = Buffer.alloc(0);
  readonly #isPlain: boolean;
  readonly #capture: LayerCapture | undefined;
  readonly #hash = createHash('sha256');
  #crc32 = 0;

  constructor(isPlain: boolean, capture: LayerCapture | undefined) {
    this.#isPlain = isPlain;
    this.#capture = capture;
  }

  /** Takes the next bytes; true while the beginning of the file is still coming in. */
  take(chunk: Buffer): boolean {
    if (this.#capture) this.#capture.write(chunk);
    else this.#hash.update(chunk);
    if (this.#isPlain) this.#crc32 = crc32(chunk, this.#crc32);
    if (this.head.length >= magicSize) return false;
    this.head = Buffer.concat([this.head, chunk.subarray(0, magicSize)]);
    return true;
  }

  finish(): Pick<ScannedFile, 'digest' | 'crc32' | 'compression'> & { splice?: Splice | undefined } {
    const compression = detectCompression(this.head);
    const captured = this.#capture?.finish();
    if (captured) return { digest: captured.diffId, compression, splice: captured.splice };
    const digest: Digest = `sha256:${this.#hash.digest('hex')}`;
    return { digest, compression, ...(this.#isPlain && { crc32: this.#crc32 }) };
  }
}

function targetOf({ name, type }: TarEntry, linkname: string): string {
  return normalizeName(type === 'symlink' ? posix.join(posix.dirname(name), linkname) : linkname);
}
