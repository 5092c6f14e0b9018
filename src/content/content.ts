import { AlbaError } from '../errors.ts';
import type { Descriptor } from '../oci/descriptor.ts';
import type { Digest } from '../oci/digest.ts';
import type { Platform } from '../oci/platform.ts';
import type { Reference } from '../oci/reference.ts';

/**
 * Bytes from their start, each time it is called: a retry reads again. Nothing is opened before the first chunk is
 * asked for. A chunk is its reader's until the next one is asked for: then its buffer is used again, and who still
 * wants it has copied it. One that is read later is empty, it never holds other bytes.
 */
export type Open = () => AsyncIterable<Uint8Array>;

/** Bytes and the descriptor that they answer to. What `open` gives is checked where it is used. */
export interface Blob {
  readonly descriptor: Descriptor;
  readonly open: Open;
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

/** What bytes came to. A descriptor says what they have to come to. */
export interface Measured {
  readonly digest: Digest;
  /** In bytes. */
  readonly size: number;
}

/** A blob with all that it points to: an index, a manifest, or (without children) a config or a layer. */
export interface Node extends Blob {
  readonly children: readonly Node[];
}

/** The digests of these and of all that they lead to. */
export function digestsIn(nodes: readonly Node[], found = new Set<Digest>()): Set<Digest> {
  for (const { descriptor, children } of nodes) {
    if (found.has(descriptor.digest)) continue;
    found.add(descriptor.digest);
    digestsIn(children, found);
  }
  return found;
}

/** A layer of an image without a manifest. */
export interface Layer {
  readonly diffId: Digest;
  /** Uncompressed, in bytes. */
  readonly size: number;
  /** The uncompressed tar. */
  readonly open: Open;
  /** Where the uncompressed tar lies in a file, if it does. */
  readonly extent?: Extent;
  /** The layer as it lay there, when it was compressed already. */
  readonly compressed?: Blob;
  /** How a manifest names it besides: of an artifact that is no image. */
  readonly named?: Pick<Descriptor, 'annotations'> & { readonly mediaType?: string };
  /** Whether it stays as it lay there, whatever compression is asked for: it is of a base. */
  readonly isKept?: true;
  /** What it comes to where that was made while it was read: used where nobody has the layer yet. */
  readonly ready?: Blob;
}

/** An image that lies there as a config and its layers, as in a docker archive: its manifest is ours to write. */
export interface ImageWithoutManifest {
  readonly kind: 'without-manifest';
  /** The file or reference that it came from, for messages. */
  readonly origin: string;
  /** What its archive calls it, such as `app:1.0`, for messages. */
  readonly name?: string;
  readonly platform: Platform;
  readonly config: Blob;
  readonly layers: readonly Layer[];
  /** Of what is no image: its manifest says so, and its config says nothing (image-spec 1.1, "Guidelines for Artifact Usage"). */
  readonly artifactType?: string;
}

/** An image with a manifest, whose bytes stay as they are: from an OCI layout, a registry, or written by us. */
export interface ImageWithManifest {
  readonly kind: 'with-manifest';
  readonly origin: string;
  /** What its layout calls it, such as `app:1.0`, for messages. */
  readonly name?: string;
  /** The index that it came in: one may hold several images for one platform. */
  readonly within?: Digest;
  readonly platform: Platform;
  /** The manifest; its descriptor has the platform, and the annotations of the index it came from. */
  readonly manifest: Node;
  /** Manifests that describe this one (buildx attestations) and travel with it. */
  readonly attestations: readonly Node[];
}

/** The indexes that the images of an artifact came in. */
export interface ArtifactIndexes {
  /** Of each that has any. */
  readonly annotations: readonly Readonly<Record<string, string>>[];
  /** The one index that there is, if it is complete: all that it names is an image or an attestation of one. */
  readonly root?: Node;
}

/** What one platform runs. */
export type Image = ImageWithoutManifest | ImageWithManifest;

/** Opens bytes that are in memory. */
export function openBytes(bytes: Uint8Array): Open {
  return async function* () {
    if (bytes.length > 0) yield bytes;
  };
}

/** Opens bytes whose source has to be waited for, as the answer to a request. */
export function openLater(source: () => Promise<AsyncIterable<Uint8Array>>): Open {
  return async function* () {
    yield* await source();
  };
}

/** A blob that is used as it is at the targets: its bytes are not here, and opening it is an error. */
export function absent(descriptor: Descriptor): Blob {
  return { descriptor, open: gone(descriptor) };
}

/** Opens what is not here, which is an error. */
export function gone({ digest }: { readonly digest: Digest }): Open {
  return () => {
    throw new AlbaError('target', `${digest} was there a moment ago and is no longer: run this once more`);
  };
}

/** A blob that points to nothing. */
export function leaf(blob: Blob): Node {
  return { ...blob, children: [] };
}
