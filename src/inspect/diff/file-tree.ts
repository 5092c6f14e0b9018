import { AlbaError } from '../../errors.ts';
import { ImageTree, partsOf } from '../../image/rootfs/image-tree.ts';
import { walkTree } from '../../image/rootfs/walk-tree.ts';
import type { HashedEntry } from './read-layer.ts';

/** Whatever is no folder under one name of an image. */
export interface FileFacts {
  readonly kind: 'file' | 'symlink' | 'other';
  /** In bytes; 0 of all but files. */
  readonly size: number;
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  /** Where a symbolic link leads. */
  readonly target?: string;
  readonly hash?: string;
}

/** The names of an image that are no folders, of layers from the base up; by paths from its root. An AlbaError where there are too many. */
export function filesOf(
  layers: readonly (readonly HashedEntry[])[],
  origin: string,
): ReadonlyMap<string, FileFacts> {
  const tree = new ImageTree(origin);
  for (const [layer, entries] of layers.entries()) {
    for (const [entry, header] of entries.entries()) {
      const { type } = header;
      const isKnown = type === 'file' || type === 'link' || type === 'symlink' || type === 'directory';
      tree.apply({ ...header, type: isKnown ? type : 'other' }, { layer, entry });
    }
  }
  const root = tree.resolve([])?.node;
  if (root?.kind !== 'folder') throw new AlbaError('source', `${origin} has no root folder`);
  const files = new Map<string, FileFacts>();
  for (const { path, node } of walkTree(root.children)) {
    if (node.kind === 'folder') continue;
    const { place } = node;
    const entry = place && layers[place.layer]?.[place.entry];
    if (entry) files.set(path, factsOf(entry));
  }
  return files;
}

/**
 * Whether what lies below two stacks of layers matters for what differs in them: one has a name, or hides one, that the other does not,
 * or a hard link leads below.
 */
export function dependsOnLower(
  before: readonly (readonly HashedEntry[])[],
  after: readonly (readonly HashedEntry[])[],
): boolean {
  const [old, young] = [namesIn(before), namesIn(after)];
  if (old.size !== young.size) return true;
  for (const name of old) if (!young.has(name)) return true;
  const leadsBelow = ({ type, linkname = '' }: HashedEntry): boolean =>
    type === 'link' && !old.has(nameOf(linkname));
  return [...before, ...after].some((entries) => entries.some(leadsBelow));
}

function namesIn(layers: readonly (readonly HashedEntry[])[]): ReadonlySet<string> {
  const names = new Set<string>(['/']);
  for (const entries of layers) {
    // A folder takes the place of a file below.
    for (const { name, type } of entries) names.add(`${nameOf(name)}${type === 'directory' ? '/' : ''}`);
  }
  return names;
}

function nameOf(path: string): string {
  return partsOf(path).join('/');
}

function factsOf({ type, size, mode, uid, gid, linkname, hash }: HashedEntry): FileFacts {
  const kind = type === 'file' || type === 'symlink' ? type : 'other';
  return {
    ...{ kind, size, mode, uid, gid },
    ...(linkname !== undefined && kind === 'symlink' && { target: linkname }),
    ...(hash !== undefined && { hash }),
  };
}
