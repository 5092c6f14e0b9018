import type { Open } from '../content/content.ts';
import type { Descriptor } from '../oci/descriptor.ts';
import type { Digest } from '../oci/digest.ts';
import type { Platform } from '../oci/platform.ts';
import type { ImageFacts } from './image-facts.ts';

/** A layer of an image. */
export interface SeenLayer {
  readonly descriptor: Descriptor;
  /** As the config has it. */
  readonly diffId?: string;
  /** As the history of the config tells it. */
  readonly createdBy?: string;
  /** As it is stored, unverified. */
  readonly open: Open;
}

/** An image, as far as it can be read. */
export interface FoundImage {
  /** Undefined where nothing tells it. */
  readonly platform: Platform | undefined;
  /** The other platforms that an index offers it for. */
  readonly alsoFor: readonly Platform[];
  /** What its export calls it. */
  readonly name?: string;
  /** As its index has it; undefined of an image without a manifest. */
  readonly manifest?: Descriptor;
  /** Of the manifest itself. */
  readonly annotations?: Readonly<Record<string, string>>;
  readonly config: Descriptor;
  readonly facts: ImageFacts;
  readonly layers: readonly SeenLayer[];
  /** Why its config could not be read; for people. */
  readonly problem?: string;
}

/** A manifest that is no image's: a chart, a module of WebAssembly, files. */
export interface FoundArtifact {
  readonly descriptor: Descriptor;
  readonly artifactType?: string;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly subject?: Digest;
  readonly config: Descriptor;
  readonly layers: readonly Descriptor[];
}

/** An index, as it was named. */
export interface FoundIndex {
  readonly descriptor: Descriptor;
  readonly artifactType?: string;
  readonly annotations?: Readonly<Record<string, string>>;
}

/** A manifest beside an image in its index, which describes that (BuildKit, attestation-storage.md). */
export interface FoundAttestation {
  readonly descriptor: Descriptor;
  /** The digest of the image's manifest, as it is written there. */
  readonly subject: string;
  /** Of its statements. */
  readonly predicateTypes: readonly string[];
}

/** All that a subject leads to. */
export interface FoundContent {
  readonly indexes: readonly FoundIndex[];
  readonly images: readonly FoundImage[];
  readonly artifacts: readonly FoundArtifact[];
  readonly attestations: readonly FoundAttestation[];
  /** What an index names that is not there. */
  readonly missing: readonly Descriptor[];
}
