import { posix } from 'node:path';
import type { Deflater } from '../compression/gzip/deflater.ts';
import type { BlockTable } from '../compression/splice/block-table.ts';
import { LayerCapture } from '../compression/splice/layer-capture.ts';
import { readSplice, type Splice } from '../compression/splice/splice.ts';
import type { TarEntry } from '../content/tar/read-tar.ts';
import { measure } from '../content/verify.ts';
import { AlbaError } from '../errors.ts';
import { maxManifestSize } from '../oci/manifest.ts';
import type { Compression } from '../oci/media-type.ts';
import { FileReading } from './file-reading.ts';
import { normalizeName } from './members.ts';
import { isMetLayer } from './met-layer.ts';
import type { Scan, ScannedFile, ScanWatch } from './scanned.ts';

/** Limits against hostile archives: names in memory, documents in memory in bytes. */
const maxEntries = 100_000;
const maxNameLength = 4096;
const maxDocuments = 32 * 1024 * 1024;
/** Of all sparse files of an archive: each takes 16 bytes in memory. */
const maxPieces = 1_000_000;
/** In bytes; below it there is too little to keep of the compression around a member. */
const leastSpliced = 128 * 1024;
/** A member that the archive hardly compresses is better compressed anew. */
const mostSpliced = 0.95;

/** What it takes to keep the compression of an archive. */
export interface Splicing {
  readonly blocks: BlockTable;
  readonly deflater: Deflater;
}

/** Takes in the entries of an archive as they pass. */
export class Scanner {
  readonly #path: string;
  readonly #isPlain: boolean;
  readonly #splicing: Splicing | undefined;
  readonly #onLayer: ScanWatch['onLayer'];
  readonly #files = new Map<string, ScannedFile>();
  readonly #links = new Map<string, string>();
  readonly #replaced = new Map<string, ScannedFile[]>();
  #end = 0;
  #entries = 0;
  #pieces = 0;
  #documents = 0;

  /** `onLayer` is told of each file that is surely a layer, as soon as it has passed. */
  constructor(
    path: string,
    compression: Compression,
    splicing: Splicing | undefined,
    onLayer: ScanWatch['onLayer'],
  ) {
    this.#path = path;
    this.#onLayer = onLayer;
    this.#isPlain = compression === 'none';
    this.#splicing = splicing;
  }

  async add(entry: TarEntry): Promise<void> {
    if (++this.#entries > maxEntries) throw this.#refuse(`more than ${maxEntries} entries`);
    const longest = Math.max(entry.name.length, entry.linkname?.length ?? 0);
    if (longest > maxNameLength) throw this.#refuse('a name of more than 4096 characters');
    const name = normalizeName(entry.name);
    const earlier = this.#files.get(name);
    this.#files.delete(name);
    this.#links.delete(name);
    if (entry.type === 'file') await this.#read(name, entry);
    else if (entry.linkname) this.#links.set(name, targetOf(entry, entry.linkname));
    if (earlier && earlier.digest !== this.#files.get(name)?.digest) this.#keepReplaced(name, earlier);
  }

  finish(): Scan {
    return { files: this.#files, links: this.#links, replaced: this.#replaced, end: this.#end };
  }

  #keepReplaced(name: string, file: ScannedFile): void {
    const replaced = this.#replaced.get(name);
    if (replaced) replaced.push(file);
    else this.#replaced.set(name, [file]);
  }

  async #read(name: string, entry: TarEntry): Promise<void> {
    const { size, offset, sparse } = entry;
    this.#pieces += (sparse?.segments.length ?? 0) / 2;
    if (this.#pieces > maxPieces) throw this.#refuse(`sparse files of more than ${maxPieces} pieces`);
    const reading = new FileReading(this.#isPlain && !sparse, this.#capture(entry));
    const kept: Buffer[] = [];
    let isDocument = false;
    for await (const chunk of entry.body) {
      if (reading.take(chunk)) isDocument = this.#mayKeep(entry, reading.head);
      if (isDocument) kept.push(Buffer.from(chunk));
    }
    if (isDocument) this.#documents += size;
    this.#end = offset + (sparse?.stored ?? size);
    const { splice, ...found } = reading.finish();
    const document = isDocument ? { document: Buffer.concat(kept) } : {};
    const isSpliced = found.compression === 'none' && splice && splice.size < size * mostSpliced;
    const spliced = isSpliced ? { spliced: await this.#measure(splice) } : {};
    const file = { size, offset, ...(sparse && { sparse }), ...found, ...document, ...spliced };
    this.#files.set(name, file);
    if (isMetLayer(name, file)) this.#onLayer(file);
  }

  /** The digest of a splice takes one more reading of that part of the archive. */
  async #measure(splice: Splice): Promise<NonNullable<ScannedFile['spliced']>> {
    return { splice, digest: (await measure(readSplice(splice, this.#path))).digest };
  }

  #capture({ size, offset, sparse }: TarEntry): LayerCapture | undefined {
    if (!this.#splicing || size < leastSpliced || sparse) return undefined;
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
    return new AlbaError('source', `${this.#path} is no image archive that can be read: it has ${what}`);
  }
}

function targetOf({ name, type }: TarEntry, linkname: string): string {
  return normalizeName(type === 'symlink' ? posix.join(posix.dirname(name), linkname) : linkname);
}
