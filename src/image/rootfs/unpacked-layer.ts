import { join } from 'node:path';
import type { WalkedEntry } from '../../content/tar/tar-walk.ts';
import type { Digest } from '../../oci/digest.ts';

/** What a header of a layer says, PAX applied (image-spec 1.1, layer.md, "File Types" and "File Attributes"). */
export type LayerEntry = WalkedEntry;

/** Headers of a layer in its order, numbered from 0. A list of them is one. */
export interface LayerEntries extends Iterable<LayerEntry> {
  readonly length: number;
  at(entry: number): LayerEntry | undefined;
}

/** A layer taken apart: its headers, and the content of each file in a file whose name is ours. */
export interface UnpackedLayer {
  readonly diffId: Digest;
  readonly entries: LayerEntries;
  /** Where the content of the entry with this number lies; only of files. */
  locate(entry: number): string;
}

/** A layer that was taken apart into a folder. */
export function unpackedLayer(diffId: Digest, entries: LayerEntries, folder: string): UnpackedLayer {
  return { diffId, entries, locate: (entry) => contentPath(folder, entry) };
}

/** The number of a file's entry is its name in the folder that its layer is taken apart into. */
export function contentPath(folder: string, entry: number): string {
  return join(folder, `${entry}`);
}
