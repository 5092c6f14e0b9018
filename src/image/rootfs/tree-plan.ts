import type { EntryPlace } from './image-node.ts';

/** What is to be written under one name. */
export interface PlannedEntry {
  /** From the root of the tree, without a slash at either end; empty for the root itself. */
  readonly path: string;
  readonly kind: 'file' | 'folder' | 'symlink' | 'hardlink' | 'character-device' | 'block-device' | 'pipe';
  /** The layer and the entry that it comes from; undefined for a folder that only longer names tell of. */
  readonly place?: EntryPlace;
  /** The permission bits; setuid and setgid where they are kept. */
  readonly mode: number;
  /** Where owners are kept. */
  readonly owner?: { readonly uid: number; readonly gid: number };
  /** In bytes, of the content; 0 for all but files and hard links. */
  readonly size: number;
  /** In seconds since 1970; undefined where nothing tells. */
  readonly mtime?: number;
  /** Where a symbolic link leads, as it is; the path in this tree of what a hard link is another name of. */
  readonly linkname?: string;
  readonly device?: { readonly major: number; readonly minor: number };
}

/** A tree that can be written: all of it is known, and nothing speaks against it. */
export interface TreePlan {
  /** Each after the folder that it is in, a hard link after its file; to be gone through as often as wanted. */
  readonly entries: Iterable<PlannedEntry>;
  /** In bytes, of the contents of all files; what has several names counts once. */
  readonly size: number;
  /** Files, by their names. */
  readonly files: number;
  /** What is told of what was left out, a sentence each. */
  readonly warnings: readonly string[];
}
