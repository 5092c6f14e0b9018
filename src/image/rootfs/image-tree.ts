import { AlbaError } from '../../errors.ts';
import {
  type EntryPlace,
  folderOf,
  hide,
  hideBelow,
  type ImageEntry,
  type ImageFolder,
  type ImageLink,
  type ImageNode,
  keyOf,
} from './image-node.ts';

/** Links that are followed on one path before it counts as a loop, as in Linux. */
const maxHops = 40;

/** Limits against hostile layers, whose names cost next to nothing compressed: in characters, as Linux takes of a path. */
const maxNameLength = 4096;
/** Of folders in folders; the keys of buckets have room for half of it. */
export const maxFolderDepth = 1000;
/** Files and folders, also those that nothing but a longer name tells of: more than any image has. */
const maxNames = 1_000_000;
/** In their headers; one may take the place of another. */
const maxEntries = 2_000_000;

const whiteout = '.wh.';
const opaque = '.wh..wh..opq';

/** What a path leads to, links followed, and its own path without them. */
export interface Resolved {
  readonly node: Exclude<ImageNode, ImageLink>;
  readonly real: readonly string[];
}

/** Links that lead to each other. */
export class LinkLoop extends AlbaError {}

/**
 * The root file system of an image, of which only names are held (image-spec, layer.md). Links are followed
 * within it: nothing in an image can name a file of this machine.
 */
export class ImageTree {
  readonly #root: ImageFolder = folderOf(-1);
  readonly #origin: string;
  /** By {@link keyOf}. */
  readonly #shared = new Set<number>();
  #rootPlace: EntryPlace | undefined;
  #entries = 0;
  #names = 0;

  /** `origin` begins the sentences of errors. */
  constructor(origin: string) {
    this.#origin = origin;
  }

  /**
   * Applies the next entry of a layer; layers come from the base up, numbered from 0. An AlbaError where there are too many,
   * or names are too long or too deep to be held.
   */
  apply(entry: ImageEntry, place: EntryPlace): void {
    this.#entries += 1;
    if (this.#entries > maxEntries) throw this.#refuse(`has more than ${maxEntries} entries in its layers`);
    if (Math.max(entry.name.length, entry.linkname?.length ?? 0) > maxNameLength) {
      throw this.#refuse(`has a name of more than ${maxNameLength} characters in its layers`);
    }
    this.#apply(entry, place);
    if (this.#names > maxNames) {
      throw this.#refuse(`has more than ${maxNames} files and folders in its layers`);
    }
  }

  #apply({ name, type, linkname = '', mode, uid, gid }: ImageEntry, place: EntryPlace): void {
    const path = partsOf(name);
    const base = path.pop();
    if (base === undefined) {
      this.#rootPlace = place;
      return;
    }
    const { layer } = place;
    if (base.startsWith(whiteout)) {
      this.#remove(path, base, layer);
      return;
    }
    const { children } = this.#makeFolder(path, layer);
    this.#names += 1;
    if (type === 'directory') {
      const known = children.get(base);
      const below = known?.kind === 'folder' ? known.children : undefined;
      children.set(base, folderOf(layer, below, { mode, uid, gid }, place));
    } else if (type === 'file') {
      children.set(base, { kind: 'file', layer, place, executable: (mode & 0o111) !== 0 });
    } else if (type === 'symlink') {
      children.set(base, { kind: 'link', layer, target: linkname, place });
    } else {
      const linked = type === 'link' ? this.#linked(linkname) : undefined;
      if (linked?.place) this.#shared.add(keyOf(linked.place));
      children.set(base, linked ? { ...linked, layer } : { kind: 'other', layer, place });
    }
  }

  /** The last entry for the root itself. */
  get rootPlace(): EntryPlace | undefined {
    return this.#rootPlace;
  }

  /** Whether a hard link led to what this entry describes, which may have several names then. */
  isLinked(place: EntryPlace): boolean {
    return this.#shared.has(keyOf(place));
  }

  /** What is at a path from the root, undefined if nothing is. */
  resolve(path: readonly string[]): Resolved | undefined {
    return this.#walk(path, undefined);
  }

  /**
   * The path, without links on it, of something that another layer puts there; folders on the way that are missing are made.
   * Links of its last part are not followed.
   */
  place(path: readonly string[], layer: number): string[] {
    const last = path.at(-1);
    if (last === undefined) return [];
    const folder = this.#walk(path.slice(0, -1), layer);
    return [...(folder?.real ?? []), last];
  }

  /** Whiteouts hide what lower layers have, wherever they stand among the entries of their own. */
  #remove(path: readonly string[], base: string, layer: number): void {
    const folder = this.resolve(path)?.node;
    if (folder?.kind !== 'folder') return;
    if (base === opaque) hideBelow(folder, layer);
    else hide(folder, base.slice(whiteout.length), layer);
  }

  #linked(path: string): ImageNode | undefined {
    const parts = partsOf(path);
    const base = parts.pop() ?? '';
    const folder = this.resolve(parts)?.node;
    const node = folder?.kind === 'folder' ? folder.children.get(base) : undefined;
    return node?.kind === 'folder' ? undefined : node;
  }

  #makeFolder(path: readonly string[], layer: number): ImageFolder {
    const node = this.#walk(path, layer)?.node;
    if (node?.kind !== 'folder') throw new Error(`no folder was made for ${path.join('/')}`);
    return node;
  }

  #loop(path: readonly string[]): LinkLoop {
    const what = `${path.join('/')} is a symbolic link that leads back to itself, or lies behind one`;
    return new LinkLoop('source', `${this.#origin}: ${what}`);
  }

  /** Goes down a path; with `layer` folders that are missing are made, in place of whatever is no folder. */
  #walk(path: readonly string[], layer: number | undefined): Resolved | undefined {
    let trail = [this.#root];
    let real: string[] = [];
    let hops = 0;
    const ahead = [...path].reverse();
    for (let part = ahead.pop(); part !== undefined; part = ahead.pop()) {
      if (part === '..') {
        trail = trail.length > 1 ? trail.slice(0, -1) : trail;
        real = real.slice(0, -1);
        continue;
      }
      const parent = trail.at(-1) ?? this.#root;
      const node = parent.children.get(part);
      if (node?.kind === 'link') {
        hops += 1;
        if (hops > maxHops) throw this.#loop(path);
        if (node.target.startsWith('/')) [trail, real] = [[this.#root], []];
        for (const one of partsOf(node.target, true).reverse()) ahead.push(one);
      } else if (node?.kind === 'folder') {
        trail.push(node);
        real.push(part);
      } else if (layer !== undefined) {
        if (trail.length > maxFolderDepth) throw this.#refuse(tooDeep);
        this.#names += 1;
        const made = folderOf(layer);
        parent.children.set(part, made);
        trail.push(made);
        real.push(part);
      } else {
        return node && ahead.length === 0 ? { node, real: [...real, part] } : undefined;
      }
    }
    return { node: trail.at(-1) ?? this.#root, real };
  }

  #refuse(what: string): AlbaError {
    return new AlbaError('source', `${this.#origin} ${what}`);
  }
}

/** The end of a sentence about folders in folders without end. */
export const tooDeep = `nests its folders more than ${maxFolderDepth} deep`;

/** The parts of a path in an image; `..` at the root stays there, as in a chroot. */
export function partsOf(path: string, keepParents = false): string[] {
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue;
    if (part === '..' && !keepParents) parts.pop();
    else parts.push(part);
  }
  return parts;
}
