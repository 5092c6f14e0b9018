import { closeSync, openSync, readSync } from 'node:fs';
import { crc32 } from 'node:zlib';
import { changedFailure, readFailure } from '../../content/file-chunks.ts';
import type { Block, BlockShape, Checksums } from './blocks.ts';

/**
 * The bytes of a block with its dictionary before them, read from its file synchronously where they are not in the
 * buffer yet, and their CRC-32s. Throws a source error where the file has become shorter.
 */
export function loadBlock(
  { buffer, before, length, from }: Block,
  shape: BlockShape,
): { bytes: Uint8Array; checksums: Checksums } {
  const bytes = new Uint8Array(buffer, shape.before - before, before + length);
  if (from) readBytes(from.path, from.position, bytes);
  const checksums = {
    block: crc32(bytes.subarray(before)),
    before: crc32(bytes.subarray(0, before)),
    end: crc32(bytes.subarray(Math.max(0, bytes.length - shape.before))),
  };
  return { bytes, checksums };
}

function readBytes(path: string, position: number, bytes: Uint8Array): void {
  let done = 0;
  try {
    done = readInto(path, position, bytes);
  } catch (cause) {
    throw readFailure(path, cause);
  }
  if (done < bytes.length) {
    throw changedFailure(path, 'it is shorter than it was');
  }
}

/** How many bytes there were. */
function readInto(path: string, position: number, bytes: Uint8Array): number {
  const file = openSync(path, 'r');
  try {
    let done = 0;
    for (let read = 1; read > 0; done += read) {
      read = readSync(file, bytes, done, bytes.length - done, position + done);
    }
    return done;
  } finally {
    closeSync(file);
  }
}
