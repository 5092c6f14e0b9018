import { Buffers } from '../buffers.ts';
import { programHeadSize } from '../executable.ts';
import { readSteady, readWhole, type SteadyFile } from '../steady-file.ts';
import { tarBlockSize } from './header.ts';
import { type HeaderFields, writeHeader, writeHeaderAt, zerosBehind } from './write-header.ts';

interface Owned extends Pick<HeaderFields, 'name' | 'uid' | 'gid' | 'records'> {}

/** A file of a tar to be written. */
export interface NewFile extends Owned {
  readonly kind: 'file';
  readonly content: SteadyFile | Buffer;
  /** The permission bits of a file that begins with these bytes, {@link programHeadSize} of them if it has as many. */
  readonly modeOf: (head: Buffer) => number;
}

interface NewLink extends Owned {
  readonly kind: 'symlink' | 'hardlink';
  readonly linkname: string;
}

/** An entry of a tar to be written. A hard link gets the mode of the file that it leads to, which comes before it. */
export type NewEntry = NewFile | (Owned & { readonly kind: 'folder'; readonly mode: number }) | NewLink;

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
export async function* writeTar(entries: readonly NewEntry[]): AsyncGenerator<Buffer, void, void> {
  using buffers = new Buffers(chunkSize);
  const scratch = Buffer.allocUnsafe(smallest);
  const modes = new LinkedModes(entries);
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
    const behind = filled + tarBlockSize;
    let pieces: readonly Buffer[];
    // A small file is read to where it goes, if there is room for all of it and for the byte that would be too much.
    if (isOnDisk(entry) && behind + entry.content.size < chunkSize) {
      const size = readWhole(entry.content, chunk, behind);
      const head = chunk.subarray(behind, behind + Math.min(size, programHeadSize));
      const fields = fieldsOf(entry, head, size, modes);
      if (writeHeaderAt(chunk, filled, fields)) {
        filled = behind + size + zerosBehind(size);
        chunk.fill(0, behind + size, filled);
        if (filled < chunkSize) continue;
        yield chunk;
        next();
        continue;
      }
      const bytes = Buffer.from(chunk.subarray(behind, behind + size));
      pieces = [writeHeader(fields), bytes, zeros.subarray(0, zerosBehind(size))];
    } else pieces = piecesOfSmall(entry, modes, scratch);
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

/** All of an entry, whose bytes may lie in `scratch` until the next entry is asked for: nothing waits here, as that adds up. */
function piecesOfSmall(entry: NewEntry, modes: LinkedModes, scratch: Buffer): Buffer[] {
  if (entry.kind !== 'file') {
    const mode = entry.kind === 'folder' ? entry.mode : modes.ofLink(entry);
    return [writeHeader({ ...entry, mode, size: 0 })];
  }
  const { content } = entry;
  const bytes = Buffer.isBuffer(content) ? content : scratch.subarray(0, readWhole(content, scratch, 0));
  const header = writeHeader(fieldsOf(entry, bytes.subarray(0, programHeadSize), bytes.length, modes));
  return [header, bytes, zeros.subarray(0, zerosBehind(bytes.length))];
}

async function* piecesOfLarge(entry: FileOnDisk, modes: LinkedModes): AsyncGenerator<Buffer, void, void> {
  const { size } = entry.content;
  let isBegun = false;
  for await (const chunk of readSteady(entry.content)) {
    if (!isBegun) yield writeHeader(fieldsOf(entry, chunk.subarray(0, programHeadSize), size, modes));
    isBegun = true;
    yield chunk;
  }
  if (zerosBehind(size) > 0) yield zeros.subarray(0, zerosBehind(size));
}

function fieldsOf(
  { name, kind, uid, gid, records, modeOf }: NewFile,
  head: Buffer,
  size: number,
  modes: LinkedModes,
): HeaderFields {
  const mode = modeOf(head);
  modes.note(name, mode);
  return records ? { name, kind, uid, gid, mode, size, records } : { name, kind, uid, gid, mode, size };
}

/** The modes of the files that hard links lead to. */
class LinkedModes {
  readonly #modes = new Map<string, number | undefined>();

  constructor(entries: readonly NewEntry[]) {
    for (const entry of entries) if (entry.kind === 'hardlink') this.#modes.set(entry.linkname, undefined);
  }

  note(name: string, mode: number): void {
    if (this.#modes.size > 0 && this.#modes.has(name)) this.#modes.set(name, mode);
  }

  ofLink({ kind, linkname }: NewLink): number {
    if (kind === 'symlink') return linkMode;
    const mode = this.#modes.get(linkname);
    if (mode === undefined) throw new Error(`the hard link to ${linkname} comes before that`);
    return mode;
  }
}
