import { createHash } from 'node:crypto';
import { decompress } from '../compression/decompress.ts';
import { Deflater } from '../compression/gzip/deflater.ts';
import { inflate } from '../compression/gzip/inflate.ts';
import { BlockTable } from '../compression/splice/block-table.ts';
import { readFailure } from '../content/read-failure.ts';
import { readTar } from '../content/tar/read-tar.ts';
import type { Compression } from '../oci/media-type.ts';
import { openFile, readFile } from './ranges.ts';
import type { Scan } from './scanned.ts';
import { Scanner } from './scanner.ts';

/** What is to be read. Plain data: it can be sent between threads. */
export interface ScanInput {
  readonly path: string;
  readonly compression: Compression;
  /** Whether the digest of the archive itself is wanted, too. */
  readonly fingerprint: boolean;
}

/**
 * Reads an archive to its end once, and with it checks its tar and the checksums of its compression;
 * every file's digest is known afterwards. `advance` is told the bytes of the archive that were read;
 * `read` is how they are.
 */
export async function scanArchive(
  { path, compression, fingerprint }: ScanInput,
  advance: (bytes: number) => void,
  read: (path: string) => AsyncIterable<Buffer> = readFile,
): Promise<Scan> {
  const hash = fingerprint ? createHash('sha256') : undefined;
  const watch = (chunk: Buffer): void => {
    hash?.update(chunk);
    advance(chunk.length);
  };
  const splicing =
    compression === 'gzip' ? { blocks: new BlockTable(), deflater: await Deflater.create() } : undefined;
  const scanner = new Scanner(path, compression, splicing);
  const bytes = splicing
    ? inflateNoting(watched(read(path), watch), path, splicing.blocks)
    : readOther(path, compression, watch, read);
  try {
    const isProvenWhole = compression !== 'none';
    for await (const entry of readTar(bytes, path, { isProvenWhole })) await scanner.add(entry);
    const scan = await scanner.finish();
    return { ...scan, digest: hash && `sha256:${hash.digest('hex')}` };
  } catch (cause) {
    throw readFailure(path, cause);
  }
}

/** tar-stream holds on to a header that goes on in the next chunks: 1.5 MB of it at most, which no real one has. */
function readOther(
  path: string,
  compression: Compression,
  watch: (chunk: Buffer) => void,
  read: (path: string) => AsyncIterable<Buffer>,
): AsyncIterable<Buffer> {
  return compression === 'none'
    ? watched(read(path), watch)
    : decompress(watched(openFile(path), watch), compression, path);
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
