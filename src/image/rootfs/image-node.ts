import type { TarEntry } from '../../content/tar/read-tar.ts';
import { FolderNames } from './folder-names.ts';

/** Where the bytes of a file are: the number of its layer, and of its entry there. */
export interface EntryPlace {
  readonly layer: number;
  readonly entry: number;
}

/** The same number for the same place, and for no other. */
export function keyOf({ layer, entry }: EntryPlace): number {
  return layer * 2 ** 32 + entry;
}

interface Declared {
  /** The layer that has it. */
  readonly layer: number;
  /** The entry that describes it; of a hard link that of the file. Undefined for a folder that only longer names tell of. */
  readonly place?: EntryPlace;
}

/** Mode and owner of a folder. */
export interface FolderOwner {
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
}

/** What a tree needs to know of an entry. */
export type ImageEntry = Pick<TarEntry, 'name' | 'type' | 'linkname' | keyof FolderOwner>;

/** What it holds by its names, from all layers so far. */
export interface ImageFolder extends Declared {
  readonly kind: 'folder';
  /** Undefined for one that no layer has an entry of. */
  readonly owner?: FolderOwner;
  readonly children: FolderNames;
}

/** A file, or a hard link to one. */
export interface ImageFile extends Declared {
  readonly kind: 'file';
  readonly place: EntryPlace;
  readonly executable: boolean;
}

/** A symbolic link. */
export interface ImageLink extends Declared {
  readonly kind: 'link';
  readonly target: string;
}

/** Devices, pipes and hard links to nothing. */
interface ImageOther extends Declared {
  readonly kind: 'other';
}

/** Whatever a name of an image leads to. */
export type ImageNode = ImageFolder | ImageFile | ImageLink | ImageOther;

/** A folder that a layer has; without an owner one that only longer names tell of. */
export function folderOf(
  layer: number,
  children: FolderNames = new FolderNames(),
  owner?: FolderOwner,
  place?: EntryPlace,
): ImageFolder {
  return { kind: 'folder', layer, children, ...(owner && { owner }), ...(place && { place }) };
}

/** Removes a name as lower layers have it (image-spec, layer.md, "Whiteouts"); what this layer put below it stays. */
export function hide(parent: ImageFolder, name: string, layer: number): void {
  const node = parent.children.get(name);
  if (node?.kind === 'folder') hideBelow(node, layer);
  const isEmpty = node?.kind !== 'folder' || node.children.size === 0;
  if (node && node.layer < layer && isEmpty) parent.children.delete(name);
}

/** The same for all that is in a folder: an opaque whiteout. */
export function hideBelow(folder: ImageFolder, layer: number): void {
  for (const name of [...folder.children.keys()]) hide(folder, name, layer);
}
