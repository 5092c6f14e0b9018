import type { Splice } from '../compression/splice/splice.ts';
import type { SparseMap } from '../content/tar/sparse-map.ts';
import type { Digest } from '../oci/digest.ts';
import type { Compression } from '../oci/media-type.ts';

/** A file in an archive. */
export interface ScannedFile {
  /** In bytes. */
  readonly size: number;
  /** Of its first byte, in what the archive inflates to. */
  readonly offset: number;
  /** Where what is stored from there belongs, if that is not all of the file. */
  readonly sparse?: SparseMap;
  readonly digest: Digest;
  /** Where the archive has the file as it is: it is not compressed, and the file not sparse. */
  readonly crc32?: number;
  /** Of the file itself, told by its first bytes. */
  readonly compression: Compression;
  /** The compression that it seems to have, where that is none of those. */
  readonly unsupported?: string;
  /** Small JSON is kept: where it lies in a compressed archive is far from where it is needed. */
  readonly document?: Uint8Array;
  /** The file as a gzip member made of the compression that it lies in. */
  readonly spliced?: { readonly digest: Digest; readonly splice: Splice };
}

/** Who is told what a reading comes to while it goes on. */
export interface ScanWatch {
  /** How many bytes more of the archive were read. */
  advance(bytes: number): void;
  /** A file that is surely a layer, as soon as it has passed. */
  onLayer(layer: ScannedFile): void;
}

/** All that one reading tells of an archive. Plain data: it can be sent between threads. */
export interface Scan {
  /** Of the archive as it lies there, if that was asked for. */
  readonly digest?: Digest | undefined;
  readonly files: ReadonlyMap<string, ScannedFile>;
  readonly links: ReadonlyMap<string, string>;
  /** Files in whose place came another one of their name with other content, from the first to the last. */
  readonly replaced: ReadonlyMap<string, readonly ScannedFile[]>;
  /** Behind the last file, in what the archive inflates to. */
  readonly end: number;
}
