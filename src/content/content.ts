import { Readable } from 'node:stream';
import type { Descriptor } from '../oci/descriptor.ts';
import type { Digest } from '../oci/digest.ts';
import type { Platform } from '../oci/platform.ts';
import type { Reference } from '../oci/reference.ts';

/** Opens bytes from their start. May be called again: a retry re-reads. */
export type Open = () => Readable | Promise<Readable>;

/** Bytes in chunks whose buffers are used again: a chunk is good until three more were asked for. */
export type Chunks = () => AsyncIterable<Uint8Array>;

/** Bytes and the descriptor that they answer to. What `open` gives is checked where it is used. */
export interface Blob {
  readonly descriptor: Descriptor;
  readonly open: Open;
  /** The same bytes for who is done with a chunk soon. */
  readonly chunks?: Chunks;
  /** A repository on a registry that holds it: another one there can take it over without any bytes. */
  readonly heldBy?: Reference;
}

/** Bytes that lie in a file as they are. */
export interface Extent {
  readonly path: string;
  /** Of the first byte. */
  readonly offset: number;
  /** In bytes. */
  readonly size: number;
  /** Of them when their digest was worked out: tells who reads them again whether they are still the same. */
  readonly crc32: number;
}

/** What bytes came to that were not known before. */
export interface Received {
  readonly digest: Digest;
  /** In bytes. */
  readonly size: number;
}

/** A blob with all that it points to: an index, a manifest, or (without children) a config or a layer. */
export interface Node extends Blob {
  readonly children: readonly Node[];
}

/** A layer of an image whose manifest is ours to write. */
export interface Layer {
  readonly diffId: Digest;
  /** Uncompressed, in bytes. */
  readonly size: number;
  /** The uncompressed tar. */
  readonly open: Open;
  /** The same bytes for who is done with a chunk soon. */
  readonly chunks?: Chunks;
  /** Where the uncompressed tar lies in a file, if it does. */
  readonly extent?: Extent;
  /** The layer as it lay there, when it was compressed already. */
  readonly compressed?: Blob;
  /** The layer made of the compression of the archive that it lay in, for when nobody has it yet. */
  readonly gzipped?: Blob;
}

/** An image that lies there as a config and its layers: a docker archive. */
export interface LooseImage {
  readonly kind: 'loose';
  /** The file or reference that it came from, for messages. */
  readonly origin: string;
  readonly platform: Platform;
  readonly config: Blob;
  readonly layers: readonly Layer[];
}

/** An image that came with a manifest, whose bytes stay as they are: an OCI layout, a registry. */
export interface SealedImage {
  readonly kind: 'sealed';
  readonly origin: string;
  readonly platform: Platform;
  /** The manifest; its descriptor has the platform, and the annotations of the index it came from. */
  readonly manifest: Node;
  /** Manifests that describe this one (buildx attestations) and travel with it. */
  readonly attestations: readonly Node[];
}

/** What one platform runs. */
export type Image = LooseImage | SealedImage;

/** Opens bytes that are in memory. */
export function openBytes(bytes: Uint8Array): () => Readable {
  return () => Readable.from(bytes.length > 0 ? [bytes] : [], { objectMode: false });
}

/** A blob that points to nothing. */
export function leaf(blob: Blob): Node {
  return { ...blob, children: [] };
}
