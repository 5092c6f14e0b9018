import type { EntryPlace, ImageNode } from './image-node.ts';
import type { PlanOptions } from './plan-tree.ts';
import type { PlannedEntry } from './tree-plan.ts';
import type { LayerEntry } from './unpacked-layer.ts';

type Kept = Pick<PlanOptions, 'keepOwner' | 'keepSpecial'>;

/** setuid and setgid. */
export const specialBits = 0o6000;

/** The largest number of an owner: the one above it means "leave it" to chown. */
const mostOwner = 0xffff_fffe;

/** In bytes, of where a symbolic link leads (Linux, with its NUL 4096). */
const longestTarget = 4095;

/** Of a folder that no layer has an entry of. */
const usualMode = 0o755;

/** A folder as it is written. */
export function plannedFolder(
  path: string,
  place: EntryPlace | undefined,
  entry: LayerEntry | undefined,
  kept: Kept,
): PlannedEntry {
  if (!place || !entry) {
    const owner = kept.keepOwner ? { owner: { uid: 0, gid: 0 } } : {};
    return { path, kind: 'folder', mode: usualMode, size: 0, ...owner };
  }
  return { path, kind: 'folder', place, size: 0, ...attributes(entry, kept) };
}

/** Anything else as it is written; undefined for what is left out. */
export function plannedEntry(
  path: string,
  place: EntryPlace,
  entry: LayerEntry,
  kept: Kept,
): PlannedEntry | undefined {
  const { type, size, linkname, device } = entry;
  const all = { path, place, ...attributes(entry, kept) };
  if (type === 'file') return { ...all, kind: 'file', size };
  if (type === 'symlink') return { ...all, kind: 'symlink', size: 0, linkname: linkname ?? '' };
  if (!kept.keepSpecial) return undefined;
  if (type === 'pipe') return { ...all, kind: 'pipe', size: 0 };
  if (type !== 'character-device' && type !== 'block-device') return undefined;
  return { ...all, kind: type, size: 0, device: device ?? { major: 0, minor: 0 } };
}

function attributes(
  { mode, uid, gid, mtime }: LayerEntry,
  { keepOwner, keepSpecial }: Kept,
): Pick<PlannedEntry, 'mode' | 'mtime' | 'owner'> {
  return {
    mode: keepSpecial ? mode : mode & ~specialBits,
    mtime,
    ...(keepOwner && { owner: { uid, gid } }),
  };
}

/** Why an entry cannot be written, whatever its name; undefined where it can. */
export function unplannable(
  { type, linkname = '', uid, gid }: LayerEntry,
  { kind }: ImageNode,
  { keepOwner }: Kept,
): string | undefined {
  if (type === 'other') return 'is of a type that is not known';
  if (type === 'link' && kind === 'other')
    return 'is a hard link to what is no file in the image, or not there';
  if (type === 'symlink') {
    if (linkname === '') return 'is a symbolic link to nothing';
    if (linkname.includes('\0')) return 'is a symbolic link with a NUL in it';
    if (Buffer.byteLength(linkname) > longestTarget)
      return `is a symbolic link of more than ${longestTarget} bytes`;
  }
  if (keepOwner && Math.max(uid, gid) > mostOwner)
    return `has an owner above ${mostOwner}, which no system has`;
  return undefined;
}
