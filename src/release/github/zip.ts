import { Zip, type ZipInputFile } from 'fflate';
import { blockDeflater } from '../../compression/gzip/deflate-task.ts';
import { deflateParallel } from '../../compression/gzip/gzip-parallel.ts';
import { levels } from '../../compression/levels.ts';
import { readSteady } from '../../content/steady-file.ts';
import { AlbaError } from '../../errors.ts';
import type { FileOfArchive } from './archive.ts';

/** The earliest time that a zip can tell (APPNOTE.TXT 4.4.6); parts of the local time are written, so any time zone gives it. */
const time = new Date(1980, 0, 1);
/** Unix: the modes are read (APPNOTE.TXT 4.4.2). */
const unix = 3;
const plainFile = 0o100000;
const deflated = 8;
/** Without the 64-bit forms (APPNOTE.TXT 4.4.1.4). An archive of more bytes is larger than an asset may be. */
const most = { files: 0xffff - 1, size: 0xffffffff - 1 };

/**
 * A zip of these files in their order, by our own deflater, so that the same files give the same bytes on any machine. A file of
 * 4 GiB, and more than 65,534 files, are source errors. Each chunk is good until the next one is asked for.
 */
export async function* writeZip(files: readonly FileOfArchive[]): AsyncGenerator<Uint8Array, void, void> {
  if (files.length > most.files) {
    throw new AlbaError(
      'source',
      `${files.length} files are more than a zip holds: give "archive" as tar.gz`,
    );
  }
  let written: Uint8Array[] = [];
  const zip = new Zip((failure, chunk) => {
    if (failure) throw failure;
    written.push(chunk);
  });
  const taken = (): Uint8Array[] => {
    const chunks = written;
    written = [];
    return chunks;
  };
  const options = { level: levels.gzip.usual, deflate: blockDeflater(undefined), concurrency: 1 };
  for (const { name, content, executable } of files) {
    if (content.size > most.size) {
      throw new AlbaError('source', `${content.origin} is larger than a zip holds: give "archive" as tar.gz`);
    }
    const attrs = (plainFile | (executable ? 0o755 : 0o644)) * 2 ** 16;
    const file: ZipInputFile = {
      ...{ filename: name, size: content.size, crc: 0, compression: deflated },
      ...{ mtime: time, os: unix, attrs },
    };
    zip.add(file);
    const chunks = deflateParallel(readSteady(content), options);
    for (let next = await chunks.next(); ; next = await chunks.next()) {
      if (next.done) {
        file.crc = next.value.value;
        file.ondata?.(null, new Uint8Array(0), true);
        break;
      }
      file.ondata?.(null, next.value, false);
      yield* taken();
    }
  }
  zip.end();
  yield* taken();
}
