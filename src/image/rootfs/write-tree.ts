import {
  chmodSync,
  constants,
  copyFileSync,
  lchownSync,
  linkSync,
  lutimesSync,
  mkdirSync,
  renameSync,
  symlinkSync,
  utimesSync,
} from 'node:fs';
import { encodeName } from '../../content/tar/tar-name.ts';
import { systemCode } from '../../errors.ts';
import type { Digest } from '../../oci/digest.ts';
import { contentMode } from './content-writer.ts';
import { diskFailure } from './disk-failure.ts';
import { PackedFiles } from './packed-files.ts';
import { makeSpecial } from './special-file.ts';
import { timeOf } from './times.ts';
import type { PlannedEntry, TreePlan } from './tree-plan.ts';
import type { UnpackedLayer } from './unpacked-layer.ts';

/**
 * How files come from where their layers were taken apart: moved, which leaves that without them; copied, or cloned where the file
 * system can; linked, so that who writes to one writes to the other.
 */
export type WriteHow = 'move' | 'copy' | 'link';

/**
 * Writes a planned tree into a folder that is there, empty, and nobody else's. Folders are made first, for this user alone, then
 * files and hard links, symbolic links when all else is there, so that nothing is ever written through one; at the end folders
 * get their modes and times, the deepest first. What the disk refuses is a target error; then part of the tree is there.
 */
export async function writeTree(
  plan: TreePlan,
  layers: readonly UnpackedLayer[],
  folder: string,
  how: WriteHow,
): Promise<void> {
  using writer = new TreeWriter(layers, folder, how);
  const last: PlannedEntry[] = [];
  const folders: PlannedEntry[] = [];
  for (const entry of plan.entries) {
    if (entry.kind === 'folder') folders.push(entry);
    if (entry.kind === 'symlink') last.push(entry);
    else writer.write(entry);
  }
  for (const entry of last) writer.write(entry);
  for (const entry of folders.reverse()) writer.finishFolder(entry);
}

class TreeWriter implements Disposable {
  readonly #layers: readonly UnpackedLayer[];
  readonly #folder: string;
  readonly #how: WriteHow;
  /** Layers that are there again: what is moved out of one may be wanted of the other. */
  readonly #repeated: ReadonlySet<Digest>;
  readonly #packed: PackedFiles;

  constructor(layers: readonly UnpackedLayer[], folder: string, how: WriteHow) {
    const diffIds = layers.map(({ diffId }) => diffId);
    this.#repeated = new Set(diffIds.filter((diffId, index) => diffIds.indexOf(diffId) !== index));
    this.#layers = layers;
    this.#folder = folder;
    this.#how = how;
    this.#packed = new PackedFiles(layers, folder);
  }

  [Symbol.dispose](): void {
    this.#packed[Symbol.dispose]();
  }

  /** Writes what is no folder with its attributes, and a folder so that something can be written into it. */
  write(entry: PlannedEntry): void {
    const location = this.#locate(entry.path);
    try {
      this.#make(entry, location);
    } catch (cause) {
      throw diskFailure(`write ${this.#folder}/${entry.path}`, cause);
    }
  }

  finishFolder(entry: PlannedEntry): void {
    const location = this.#locate(entry.path);
    try {
      this.#own(entry, location);
      chmodSync(location, entry.mode);
      if (entry.mtime === undefined) return;
      const time = timeOf(entry.mtime);
      utimesSync(location, time, time);
    } catch (cause) {
      throw diskFailure(`write ${this.#folder}/${entry.path}`, cause);
    }
  }

  #make(entry: PlannedEntry, location: string | Buffer): void {
    if (entry.kind === 'folder') {
      if (entry.path !== '') mkdirSync(location, 0o700);
    } else if (entry.kind === 'file') {
      this.#makeFile(entry, location);
    } else if (entry.kind === 'hardlink') {
      linkSync(this.#locate(entry.linkname ?? ''), location);
    } else {
      const isLink = entry.kind === 'symlink';
      if (isLink) symlinkSync(encodeName(entry.linkname ?? ''), location);
      else makeSpecial(location, entry);
      this.#own(entry, location);
      if (!isLink) chmodSync(location, entry.mode);
      setTime(entry, location);
    }
  }

  /** Its content has its mode and its time already, unless it is copied, or a mode that nobody could read it with. */
  #makeFile(entry: PlannedEntry, location: string | Buffer): void {
    const { place, mode, owner } = entry;
    const layer = place && this.#layers[place.layer];
    if (!layer) throw new Error(`no layer has the content of ${entry.path}`);
    if (this.#packed.write(entry, location)) return;
    const source = layer.locate(place.entry);
    // Whose inode is that of a store stays as it is.
    const isAsItIs = !owner && mode === contentMode(mode);
    if (this.#how === 'link' && isAsItIs && link(source, location)) return;
    const isMoved = this.#how === 'move' && !this.#repeated.has(layer.diffId);
    const isCopy = !isMoved || !move(source, location);
    if (isCopy) copy(source, location);
    this.#own(entry, location);
    if (!isAsItIs) chmodSync(location, mode);
    if (isCopy) setTime(entry, location);
  }

  #own({ owner }: PlannedEntry, location: string | Buffer): void {
    if (owner) lchownSync(location, owner.uid, owner.gid);
  }

  #locate(path: string): string | Buffer {
    return encodeName(path === '' ? this.#folder : `${this.#folder}/${path}`);
  }
}

function setTime({ mtime }: PlannedEntry, location: string | Buffer): void {
  if (mtime !== undefined) lutimesSync(location, timeOf(mtime), timeOf(mtime));
}

/** False where its content lies on another file system. */
function move(source: string, location: string | Buffer): boolean {
  return isDone(() => renameSync(source, location), ['EXDEV']);
}

/** False where the file system has no links, or none to another one, or no more of them to this file. */
function link(source: string, location: string | Buffer): boolean {
  return isDone(() => linkSync(source, location), ['EXDEV', 'EMLINK', 'EPERM', 'ENOTSUP', 'ENOSYS']);
}

function isDone(call: () => void, otherwise: readonly string[]): boolean {
  try {
    call();
    return true;
  } catch (cause) {
    if (otherwise.includes(systemCode(cause) ?? '')) return false;
    throw cause;
  }
}

function copy(source: string, location: string | Buffer): void {
  copyFileSync(source, location, constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE);
}
