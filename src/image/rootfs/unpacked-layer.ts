import type { Digest } from '../../oci/digest.ts';

/** What a header of a layer says, PAX applied (image-spec 1.1, layer.md, "File Types" and "File Attributes"). */
export interface LayerEntry {
  readonly name: string;
  readonly type:
    | 'file'
    | 'link'
    | 'symlink'
    | 'directory'
    | 'character-device'
    | 'block-device'
    | 'pipe'
    | 'other';
  readonly linkname?: string;
  /** The permission bits, with setuid, setgid and sticky. */
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  /** In bytes, of the content. */
  readonly size: number;
  /** In seconds since 1970, with their fraction. */
  readonly mtime: number;
  readonly device?: { readonly major: number; readonly minor: number };
  /** Whether it has capabilities of a program, or other attributes, that are not unpacked. */
  readonly hasAttributes?: true;
}

/** A layer taken apart: its headers, and the content of each file in a file whose name is ours. */
export interface UnpackedLayer {
  readonly diffId: Digest;
  /** In the order of the layer. */
  readonly entries: readonly LayerEntry[];
  /** Where the content of the entry with this number lies; only of files. */
  locate(entry: number): string;
}
