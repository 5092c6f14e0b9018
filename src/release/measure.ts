import { createHash } from 'node:crypto';
import fs, {
  closeSync,
  constants,
  createReadStream,
  fstatSync,
  openSync,
  readlinkSync,
  readSync,
  type Stats,
} from 'node:fs';
import { realpath } from 'node:fs/promises';
import { promisify } from 'node:util';
import pMap from 'p-map';
import type { Open } from '../content/content.ts';
import { isProgram, programHeadSize } from '../content/executable.ts';
import { AlbaError, type Problems, reasonOf } from '../errors.ts';
import { type Digest, digestOf } from '../oci/digest.ts';
import { formatCount, formatNames } from '../progress/format.ts';
import type { Progress } from '../progress/progress.ts';
import { compareFiles, type FoundFile, type ReleaseFile } from '../source/tree/file.ts';

/** What may wait for a disk. Nothing else of a file that is open does: this thread waits for that. */
const [open, read] = [promisify(fs.open), promisify(fs.read)];

/** Files at once: enough to keep the disk and the threads of the file system busy. */
const concurrency = 8;

/** In bytes: what is smaller is read in one piece, which spares ten thousand files a stream each. */
export const smallSize = 128 * 1024;

const chunkSize = 256 * 1024;

/**
 * Size, digest and mode of every file, in the order of a release; what cannot be read is told to `problems`. A
 * program is executable whatever its mode says, which actions/upload-artifact and zips lose: one line tells which.
 */
export async function measureFiles(
  found: readonly FoundFile[],
  problems: Problems,
  progress: Progress,
): Promise<ReleaseFile[]> {
  const measured = await pMap(
    [...found].sort(compareFiles),
    async (file) => {
      try {
        return [await measure(file, progress)];
      } catch (failure) {
        problems.add(`${file.origin}: cannot be read: ${reasonOf(failure)}`);
        return [];
      }
    },
    { concurrency },
  );
  const files = measured.flat();
  const healed = files.flatMap(({ isHealed, file }) => (isHealed ? [file.origin] : []));
  if (healed.length > 0) progress.line(tellHealed(healed));
  return files.map(({ file }) => file);
}

function tellHealed(origins: readonly string[]): string {
  return `executable by content, though not by mode (actions/upload-artifact drops modes): ${formatCount(origins.length, 'file')}, ${formatNames(origins)}`;
}

interface Measured {
  readonly file: ReleaseFile;
  /** Whether its content alone says that it is executable. */
  readonly isHealed: boolean;
}

/**
 * The bytes of a measured file, as often as they are asked for. Where they are others by now, the stream
 * fails before it has given the last of them, so that no server takes them for the whole.
 */
export function opener(file: ReleaseFile): Open {
  return () => (file.size > smallSize ? readLarge(file) : readSmall(file));
}

async function measure(file: FoundFile, progress: Progress): Promise<Measured> {
  const { fd, stats } = await openFound(file);
  try {
    const { mode, size: expected } = stats;
    progress.expect(expected);
    const hash = createHash('sha256');
    const buffer = Buffer.allocUnsafe(Math.min(expected + 1, chunkSize));
    let size = 0;
    let head = Buffer.alloc(0);
    for (;;) {
      const { bytesRead } = await read(fd, buffer, 0, buffer.length, size);
      if (bytesRead === 0) break;
      if (size === 0) head = Buffer.from(buffer.subarray(0, Math.min(bytesRead, programHeadSize)));
      hash.update(buffer.subarray(0, bytesRead));
      size += bytesRead;
      progress.advance(bytesRead);
    }
    const digest: Digest = `sha256:${hash.digest('hex')}`;
    const isMarked = file.executable ?? (mode & 0o111) !== 0;
    const isHealed = !isMarked && isProgram(head);
    return { file: { ...file, size, digest, executable: isMarked || isHealed }, isHealed };
  } finally {
    closeSync(fd);
  }
}

/** A file that is open, by its number. */
interface OpenFile {
  readonly fd: number;
  readonly stats: Stats;
}

/** Windows knows neither; a pipe would else be waited for. */
const flags = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

/** Opens a file as it was found: whoever replaces it, or a folder around it, by a link meanwhile has it read nothing else. */
async function openFound({ location, isReal }: FoundFile): Promise<OpenFile> {
  const fd = await open(location, isReal ? flags : 'r');
  try {
    const stats = fstatSync(fd);
    const isSame = !isReal || ((await pathOf(fd, location)) === location && stats.isFile());
    if (!isSame) throw new Error('it was replaced since it was found');
    return { fd, stats };
  } catch (failure) {
    closeSync(fd);
    throw failure;
  }
}

/** Linux tells what was opened, whatever lies there by now; elsewhere the path is looked at once more. */
async function pathOf(fd: number, location: string): Promise<string> {
  try {
    return readlinkSync(`/proc/self/fd/${fd}`);
  } catch {
    return realpath(location);
  }
}

/** It was read a moment ago, so that no disk is waited for. */
async function* readSmall(file: ReleaseFile): AsyncGenerator<Buffer> {
  const bytes = readAtOnce(file);
  check(file, digestOf(bytes), bytes.length);
  yield bytes;
}

/** All bytes, and one more where it has grown. */
function readAtOnce(file: ReleaseFile): Buffer {
  try {
    const fd = openSync(file.location, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    try {
      const bytes = Buffer.allocUnsafeSlow(file.size + 1);
      let filled = 0;
      while (filled < bytes.length) {
        const count = readSync(fd, bytes, filled, bytes.length - filled, filled);
        if (count === 0) break;
        filled += count;
      }
      return bytes.subarray(0, filled);
    } finally {
      closeSync(fd);
    }
  } catch (failure) {
    return gone(file, failure);
  }
}

async function* readLarge(file: ReleaseFile): AsyncGenerator<Buffer> {
  const hash = createHash('sha256');
  let size = 0;
  let held: Buffer | undefined;
  const source = createReadStream(file.location, { highWaterMark: chunkSize });
  try {
    for await (const chunk of source as AsyncIterable<Buffer>) {
      if (held) yield held;
      held = chunk;
      hash.update(chunk);
      size += chunk.length;
      if (size > file.size) break;
    }
  } catch (failure) {
    gone(file, failure);
  }
  check(file, `sha256:${hash.digest('hex')}`, size);
  if (held) yield held;
}

function check(file: ReleaseFile, digest: Digest, size: number): void {
  if (digest === file.digest && size === file.size) return;
  throw new AlbaError(
    'source',
    `${file.origin} changed while it was published: it had ${file.size} bytes, ${file.digest}, now ${size > file.size ? 'more' : `${size}, ${digest}`}; publish again when nothing writes to it`,
  );
}

function gone(file: ReleaseFile, cause: unknown): never {
  throw new AlbaError('source', `${file.origin} can no longer be read: ${reasonOf(cause)}`, { cause });
}
