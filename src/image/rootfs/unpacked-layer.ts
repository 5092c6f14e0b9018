import { join } from 'node:path';
import type { WalkedEntry } from '../../content/tar/tar-walk.ts';
import type { Digest } from '../../oci/digest.ts';
import type { PackedContents } from './packed-contents.ts';

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
  /** Where the content of the entry with this number lies; only of files, and of those only what is not packed. */
  locate(entry: number): string;
  /** Where small contents lie together, if they do. */
  readonly packed?: PackedContents;
}

/** A layer that was taken apart into a folder. */
export function unpackedLayer(
  diffId: Digest,
  entries: LayerEntries,
  folder: string,
  packed?: PackedContents,
): UnpackedLayer {
  return { diffId, entries, locate: (entry) => contentPath(folder, entry), ...(packed && { packed }) };
}

/** The bytes at the beginning of which the packed content of an entry lies; undefined for one that is not packed. */
export function packedOffset({ packed }: UnpackedLayer, entry: number): number | undefined {
  const offset = packed?.offsets[entry];
  return offset === undefined || offset < 0 ? undefined : offset;
}

/** The number of a file's entry is its name in the folder that its layer is taken apart into. */
export function contentPath(folder: string, entry: number): string {
  return join(folder, `${entry}`);
}
