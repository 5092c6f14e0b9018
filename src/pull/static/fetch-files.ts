import { chmod, open } from 'node:fs/promises';
import pMap from 'p-map';
import { untilAborted } from '../../concurrency/until-aborted.ts';
import type { Open } from '../../content/content.ts';
import { counted } from '../../content/count.ts';
import { isProgram, programHeadSize } from '../../content/executable.ts';
import { openVerified } from '../../content/verify.ts';
import { AlbaError } from '../../errors.ts';
import { diskFailure } from '../../image/rootfs/disk-failure.ts';
import { writeFile } from '../../image/rootfs/write-file.ts';
import { smallSize } from '../../release/measure.ts';
import type { FetchOptions } from '../unpack-layers.ts';
import { fileModes } from './files-layer.ts';
import type { FilesToFetch, FileToFetch } from './files-release.ts';
import type { StandingFiles } from './standing-files.ts';

/** Of small files so many times more are on their way than of large ones: they wait for answers rather than for the line. */
const smallFactor = 4;

/**
 * Brings files to where their layer has its contents, several at once: from what stands already, else from where they are
 * published. `folder` is where they go in the destination. Each is held to its digest and size, and gets its mode. The first failure ends the others.
 */
export async function fetchFiles(
  wanted: readonly number[],
  { files, layer }: FilesToFetch,
  standing: StandingFiles,
  folder: string,
  options: FetchOptions,
): Promise<void> {
  const { concurrency, abort, progress } = options;
  for (const at of wanted) progress.expect(files[at]?.size ?? 0);
  const bring = async (at: number): Promise<void> => {
    const file = files[at];
    const entry = layer.entries[at];
    if (!file || !entry) throw new Error(`there is no file ${at}`);
    const location = layer.locate(at);
    if (await standing.copy(file, folder, location)) {
      options.bytes.skipped += file.size;
      progress.advance(file.size);
    } else await fetchFile(file, location, options);
    const mode = (await isExecutable(file, location)) ? fileModes.program : fileModes.other;
    layer.entries[at] = { ...entry, mode };
    await chmod(location, mode);
  };
  const isLarge = (at: number): boolean => (files[at]?.size ?? 0) > smallSize;
  try {
    await Promise.all([
      pMap(wanted.filter(isLarge), bring, { concurrency, signal: abort.signal }),
      pMap(
        wanted.filter((at) => !isLarge(at)),
        bring,
        { concurrency: concurrency * smallFactor, signal: abort.signal },
      ),
    ]);
  } catch (failure) {
    abort.abort(failure);
    throw failure;
  }
}

async function fetchFile(file: FileToFetch, location: string, options: FetchOptions): Promise<void> {
  const { abort, progress, bytes } = options;
  const source = counted(
    () => untilAborted(file.open(), abort.signal),
    (size) => {
      bytes.pulled += size;
      progress.advance(size);
    },
  );
  await writeFile(location, copies(checked(source, file))).catch((cause: unknown) => {
    throw diskFailure(`write ${location}`, cause);
  });
}

/** Of what an older tool published only the size is known. */
function checked(source: Open, { digest, size, origin }: FileToFetch): AsyncIterable<Uint8Array> {
  return digest === undefined
    ? sized(source, size, origin)
    : openVerified(source, { digest, size }, origin)();
}

async function* sized(source: Open, size: number, origin: string): AsyncGenerator<Uint8Array> {
  let seen = 0;
  for await (const chunk of source()) {
    seen += chunk.length;
    if (seen > size) throw new AlbaError('source', `${origin} has more than the ${size} bytes expected`);
    yield chunk;
  }
  if (seen < size) throw new AlbaError('source', `${origin} has ${seen} bytes, expected ${size}`);
}

async function* copies(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  for await (const chunk of chunks) yield Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length);
}

async function isExecutable({ executable }: FileToFetch, location: string): Promise<boolean> {
  if (executable !== undefined) return executable;
  await using file = await open(location);
  const { buffer, bytesRead } = await file.read(Buffer.alloc(programHeadSize), 0, programHeadSize, 0);
  return isProgram(buffer.subarray(0, bytesRead));
}
