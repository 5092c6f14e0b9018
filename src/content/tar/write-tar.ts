import { Buffers } from '../buffers.ts';
import { programHeadSize } from '../executable.ts';
import { readSteady, readWhole, type SteadyFile } from '../steady-file.ts';
import { tarBlockSize } from './header.ts';
import { type HeaderFields, writeHeader, zerosBehind } from './write-header.ts';

interface Owned extends Pick<HeaderFields, 'name' | 'uid' | 'gid' | 'records'> {}

/** A file of a tar to be written. */
export interface NewFile extends Owned {
  readonly kind: 'file';
  readonly content: SteadyFile | Buffer;
  /** The permission bits of a file that begins with these bytes, {@link programHeadSize} of them if it has as many. */
  readonly modeOf: (head: Buffer) => number;
}

/** An entry of a tar to be written. A hard link gets the mode of the file that it leads to, which comes before it. */
export type NewEntry =
  | NewFile
  | (Owned & { readonly kind: 'folder'; readonly mode: number })
  | (Owned & { readonly kind: 'symlink' | 'hardlink'; readonly linkname: string });

/** In bytes. */
const chunkSize = 512 * 1024;

/** In bytes: what is smaller is read in one piece. */
const smallest = 128 * 1024;

/** Of symbolic links, which have no mode of their own: what Linux says of them. */
const linkMode = 0o777;

/**
 * A tar of these entries in their order, in the ustar format with extended headers where they are needed, and nothing of
 * this machine in it: all times are one second after 1970. Files are read as it is written, and one that is not what it
 * was when it was found, or cannot be read, is a source error that names it. Each chunk is good until the next one is
 * asked for.
 */
export async function* writeTar(entries: Iterable<NewEntry>): AsyncGenerator<Buffer, void, void> {
  using buffers = new Buffers(chunkSize);
  let chunk = Buffer.from(buffers.take());
  let filled = 0;
  for await (const piece of piecesOf(entries)) {
    // A large one goes on as it is; small ones are gathered.
    const isLarge = piece.length >= smallest;
    if (filled > 0 && (isLarge || piece.length > chunkSize - filled)) {
      yield chunk.subarray(0, filled);
      buffers.giveBack(chunk.buffer);
      chunk = Buffer.from(buffers.take());
      filled = 0;
    }
    if (isLarge) yield piece;
    else filled += piece.copy(chunk, filled);
  }
  if (filled > 0) yield chunk.subarray(0, filled);
}

async function* piecesOf(entries: Iterable<NewEntry>): AsyncGenerator<Buffer, void, void> {
  const modes = new Map<string, number>();
  for (const entry of entries) {
    if (entry.kind === 'file') yield* piecesOfFile(entry, modes);
    else {
      const mode = entry.kind === 'folder' ? entry.mode : modeOfLink(entry, modes);
      yield writeHeader({ ...entry, mode, size: 0 });
    }
  }
  yield Buffer.alloc(2 * tarBlockSize);
}

async function* piecesOfFile(
  { content, modeOf, ...entry }: NewFile,
  modes: Map<string, number>,
): AsyncGenerator<Buffer, void, void> {
  const size = Buffer.isBuffer(content) ? content.length : content.size;
  let isBegun = false;
  for await (const chunk of chunksOf(content)) {
    if (!isBegun) {
      const mode = modeOf(chunk.subarray(0, programHeadSize));
      modes.set(entry.name, mode);
      yield writeHeader({ ...entry, mode, size });
      isBegun = true;
    }
    yield chunk;
  }
  yield zeros.subarray(0, zerosBehind(size));
}

const zeros = Buffer.alloc(tarBlockSize);

/** One chunk at least, be it empty. */
function chunksOf(content: SteadyFile | Buffer): AsyncIterable<Buffer> | readonly Buffer[] {
  if (Buffer.isBuffer(content)) return [content];
  return content.size < smallest ? [readWhole(content)] : readSteady(content);
}

function modeOfLink(
  { kind, linkname }: { readonly kind: 'symlink' | 'hardlink'; readonly linkname: string },
  modes: ReadonlyMap<string, number>,
): number {
  if (kind === 'symlink') return linkMode;
  const mode = modes.get(linkname);
  if (mode === undefined) throw new Error(`the hard link to ${linkname} comes before that`);
  return mode;
}
