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
  const scratch = Buffer.allocUnsafe(smallest);
  const modes = new Map<string, number>();
  let chunk = Buffer.from(buffers.take());
  let filled = 0;
  const next = (): void => {
    buffers.giveBack(chunk.buffer);
    chunk = Buffer.from(buffers.take());
    filled = 0;
  };
  for (const entry of entries) {
    if (isLarge(entry)) {
      if (filled > 0) yield chunk.subarray(0, filled);
      next();
      yield* piecesOfLarge(entry, modes);
      continue;
    }
    const room = chunk.subarray(filled + tarBlockSize);
    const placed = isOnDisk(entry) ? readInPlace(entry, room, modes) : undefined;
    if (placed?.header.length === tarBlockSize) {
      placed.header.copy(chunk, filled);
      filled += tarBlockSize + placed.bytes.length;
      const end = filled + zerosBehind(filled);
      chunk.fill(0, filled, end);
      filled = end;
      if (filled < chunkSize) continue;
      yield chunk;
      next();
      continue;
    }
    const pieces = placed
      ? [placed.header, Buffer.from(placed.bytes), zeros.subarray(0, zerosBehind(placed.bytes.length))]
      : piecesOfSmall(entry, modes, scratch);
    for (const piece of pieces) {
      for (let at = 0; at < piece.length; ) {
        const copied = piece.copy(chunk, filled, at);
        at += copied;
        filled += copied;
        if (filled < chunkSize) continue;
        yield chunk;
        next();
      }
    }
  }
  if (filled > 0) yield chunk.subarray(0, filled);
  yield Buffer.alloc(2 * tarBlockSize);
}

const zeros = Buffer.alloc(tarBlockSize);

interface FileOnDisk extends NewFile {
  readonly content: SteadyFile;
}

function isOnDisk(entry: NewEntry): entry is FileOnDisk {
  return entry.kind === 'file' && !Buffer.isBuffer(entry.content);
}

function isLarge(entry: NewEntry): entry is FileOnDisk {
  return isOnDisk(entry) && entry.content.size >= smallest;
}

/** A file that is read to where it goes, behind a header of one block; undefined where there is no room for all of it. */
function readInPlace(
  entry: FileOnDisk,
  room: Buffer,
  modes: Map<string, number>,
): { readonly header: Buffer; readonly bytes: Buffer } | undefined {
  const { content } = entry;
  if (room.length < content.size + tarBlockSize) return undefined;
  const bytes = readWhole(content, room);
  return { header: headerOf(entry, bytes, bytes.length, modes), bytes };
}

/** All of an entry, whose bytes may lie in `scratch` until the next entry is asked for: nothing waits here, as that adds up. */
function piecesOfSmall(entry: NewEntry, modes: Map<string, number>, scratch: Buffer): Buffer[] {
  if (entry.kind !== 'file') {
    const mode = entry.kind === 'folder' ? entry.mode : modeOfLink(entry, modes);
    return [writeHeader({ ...entry, mode, size: 0 })];
  }
  const { content } = entry;
  const bytes = Buffer.isBuffer(content) ? content : readWhole(content, scratch);
  return [headerOf(entry, bytes, bytes.length, modes), bytes, zeros.subarray(0, zerosBehind(bytes.length))];
}

async function* piecesOfLarge(
  entry: FileOnDisk,
  modes: Map<string, number>,
): AsyncGenerator<Buffer, void, void> {
  const { size } = entry.content;
  let isBegun = false;
  for await (const chunk of readSteady(entry.content)) {
    if (!isBegun) yield headerOf(entry, chunk, size, modes);
    isBegun = true;
    yield chunk;
  }
  if (zerosBehind(size) > 0) yield zeros.subarray(0, zerosBehind(size));
}

function headerOf(
  { name, kind, uid, gid, records, modeOf }: NewFile,
  beginning: Buffer,
  size: number,
  modes: Map<string, number>,
): Buffer {
  const mode = modeOf(beginning.subarray(0, programHeadSize));
  modes.set(name, mode);
  return writeHeader({ name, kind, uid, gid, mode, size, ...(records && { records }) });
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
