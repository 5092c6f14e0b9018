import { createHash } from 'node:crypto';
import { posix } from 'node:path';
import type { Progress } from '../content/progress.ts';
import { readTar, type TarEntry } from '../content/tar.ts';
import { AlbaError } from '../errors.ts';
import type { Digest } from '../oci/digest.ts';
import { maxManifestSize } from '../oci/manifest.ts';
import type { Compression } from '../oci/media-type.ts';
import { compressionOf, inflate, magicSize } from './compression.ts';
import { type Member, type Members, normalizeName, openBytes } from './members.ts';
import { FileRanges, InflatedRanges, openFile, type Ranges, readFailure } from './ranges.ts';

/** Limits against hostile archives: names in memory, links in a row, documents in memory in bytes. */
const maxEntries = 100_000;
const maxNameLength = 4096;
const maxLinks = 16;
const maxDocuments = 32 * 1024 * 1024;

interface Content {
  readonly size: number;
  readonly offset: number;
  readonly digest: Digest;
  readonly compression: Compression;
  /** Small JSON is kept: where it lies in a compressed archive is far from where it is needed. */
  readonly document: Buffer | undefined;
}

/**
 * Reads an archive to its end once, and with it checks its tar and the checksums of its compression;
 * every member's digest is known afterwards.
 */
export async function readArchive(
  path: string,
  compression: Compression,
  progress: Progress,
): Promise<Members> {
  const listing = new Listing(path);
  const bytes = inflate(readFile(path, progress), compression, path);
  try {
    for await (const entry of readTar(bytes, path)) await listing.add(entry);
  } catch (cause) {
    throw readFailure(path, cause);
  }
  return listing.over(
    compression === 'none' ? new FileRanges(path) : new InflatedRanges(path, compression, listing.end),
  );
}

async function* readFile(path: string, progress: Progress): AsyncGenerator<Buffer> {
  for await (const chunk of openFile(path)) {
    progress.advance((chunk as Buffer).length);
    yield chunk;
  }
}

class Listing {
  end = 0;
  readonly #path: string;
  readonly #files = new Map<string, Content>();
  readonly #links = new Map<string, string>();
  #entries = 0;
  #documents = 0;

  constructor(path: string) {
    this.#path = path;
  }

  async add(entry: TarEntry): Promise<void> {
    if (++this.#entries > maxEntries) throw this.#refuse(`more than ${maxEntries} entries`);
    if (entry.name.length > maxNameLength) throw this.#refuse('a name of more than 4096 characters');
    const name = normalizeName(entry.name);
    this.#files.delete(name);
    this.#links.delete(name);
    if (entry.type === 'file') this.#files.set(name, await this.#read(entry));
    else if (entry.linkname) this.#links.set(name, targetOf(entry, entry.linkname));
  }

  /** The members, whose bytes are in these ranges. */
  over(ranges: Ranges): Members {
    const members = new Map<string, Member>();
    for (const [name, { size, offset, digest, compression, document }] of this.#files) {
      members.set(name, {
        origin: `${this.#path} (${name})`,
        size,
        compression,
        digest: async () => digest,
        open: document ? openBytes(document) : () => ranges.open(offset, size),
      });
    }
    return { origin: this.#path, find: async (name) => members.get(this.#follow(normalizeName(name))) };
  }

  #follow(name: string): string {
    let at = name;
    for (let step = 0; step < maxLinks; step++) {
      const target = this.#links.get(at);
      if (target === undefined) return at;
      at = target;
    }
    throw this.#refuse(`a link that leads nowhere after ${maxLinks} steps, ${name}`);
  }

  async #read(entry: TarEntry): Promise<Content> {
    const hash = createHash('sha256');
    const kept: Buffer[] = [];
    let head: Buffer = Buffer.alloc(0);
    let isDocument = false;
    for await (const chunk of entry.body) {
      hash.update(chunk);
      if (head.length < magicSize) {
        head = Buffer.concat([head, chunk.subarray(0, magicSize)]);
        isDocument = this.#mayKeep(entry, head);
      }
      if (isDocument) kept.push(Buffer.from(chunk));
    }
    if (isDocument) this.#documents += entry.size;
    this.end = entry.offset + entry.size;
    return {
      size: entry.size,
      offset: entry.offset,
      digest: `sha256:${hash.digest('hex')}`,
      compression: compressionOf(head),
      document: isDocument ? Buffer.concat(kept) : undefined,
    };
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

function targetOf({ name, type }: TarEntry, linkname: string): string {
  return normalizeName(type === 'symlink' ? posix.join(posix.dirname(name), linkname) : linkname);
}
