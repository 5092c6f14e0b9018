import { createHash } from 'node:crypto';
import { decompress } from '../compression/decompress.ts';
import { Deflater } from '../compression/gzip/deflater.ts';
import { inflate } from '../compression/gzip/inflate.ts';
import { BlockTable } from '../compression/splice/block-table.ts';
import { fileChunks, readFailure } from '../content/file-chunks.ts';
import { readTar } from '../content/tar/read-tar.ts';
import type { Compression } from '../oci/media-type.ts';
import { headSize, refuseOther } from './foreign.ts';
import type { Scan, ScanWatch } from './scanned.ts';
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
 * every file's digest is known afterwards. `read` is how its bytes are read.
 */
export async function scanArchive(
  { path, compression, fingerprint }: ScanInput,
  { advance, onLayer }: ScanWatch,
  read: (path: string) => AsyncIterable<Buffer> = fileChunks,
): Promise<Scan> {
  const hash = fingerprint ? createHash('sha256') : undefined;
  const watch = (chunk: Buffer): void => {
    hash?.update(chunk);
    advance(chunk.length);
  };
  const splicing =
    compression === 'gzip' ? { blocks: new BlockTable(), deflater: await Deflater.create() } : undefined;
  const scanner = new Scanner(path, compression, splicing, onLayer);
  const source = watched(read(path), watch);
  const bytes = splicing
    ? inflateNoting(source, path, splicing.blocks)
    : decompress(source, compression, path);
  try {
    const isProvenWhole = compression !== 'none';
    for await (const entry of readTar(refusingOther(bytes, path), path, { isProvenWhole }))
      await scanner.add(entry);
    const scan = scanner.finish();
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

/** The tar, unless it begins like none. */
async function* refusingOther(source: AsyncIterable<Buffer>, path: string): AsyncGenerator<Buffer> {
  let head = Buffer.alloc(0);
  for await (const chunk of source) {
    if (head.length < headSize) {
      head = Buffer.concat([head, chunk.subarray(0, headSize - head.length)]);
      if (head.length === headSize) refuseOther(head, path);
    }
    yield chunk;
  }
  if (head.length < headSize) refuseOther(head, path);
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
