import type { Digest } from '../oci/digest.ts';
import type { Platform } from '../oci/platform.ts';

/** When something was made, and who says so. */
export interface KnownTime {
  readonly at: Date;
  /**
   * `stored`: the target, of the last writing; else what the release says of itself: its annotation
   * `org.opencontainers.image.created`, or the newest `created` of its configs.
   */
  readonly from: 'stored' | 'annotation' | 'config';
}

/** A tag that is there, be it one that lists referrers. */
export interface InventoryTag {
  readonly tag: string;
  readonly digest: Digest;
  /** In bytes: of an object of its own, where the target keeps one for each tag. */
  readonly size?: number;
  /** Undefined where nothing tells one, or one before 1980, as of builds that are reproducible. */
  readonly time?: KnownTime | undefined;
}

/** A manifest or an index that is there. */
export interface InventoryDocument {
  readonly mediaType: string;
  /** In bytes. */
  readonly size: number;
  /** What it points to: documents and blobs; a subject is not among it. */
  readonly children: readonly Digest[];
  readonly subject?: Digest | undefined;
  /** Of an index: those of its images. */
  readonly platforms?: readonly Platform[];
  /** Documents among its children that are not there: what they lead to cannot be told. */
  readonly missing?: readonly Digest[];
  /** When it was written, where the target knows. */
  readonly stored?: Date | undefined;
  /** It lies under its tag alone: there is no object of its digest. */
  readonly isTagOnly?: true;
}

/** A blob that is there, or that a document says to be. */
export interface InventoryBlob {
  /** In bytes. */
  readonly size: number;
  readonly stored?: Date | undefined;
}

/** An object that tells of the referrers of a manifest, and is of no use without it. */
export interface InventoryNote {
  /** Its name for who deletes it. */
  readonly key: string;
  readonly subject: Digest;
  /** In bytes. */
  readonly size: number;
  readonly stored?: Date | undefined;
}

/** All that a repository holds, as far as it can be told. */
export interface Inventory {
  /** For messages: what a person would name the repository by. */
  readonly reference: string;
  readonly tags: readonly InventoryTag[];
  readonly documents: ReadonlyMap<Digest, InventoryDocument>;
  /** Documents that are listed without a tag: a layout's index does. */
  readonly untagged: readonly Digest[];
  readonly blobs: ReadonlyMap<Digest, InventoryBlob>;
  readonly notes: readonly InventoryNote[];
  /** Whether all content is listed. A registry tells of what tags lead to, and no more. */
  readonly isWhole: boolean;
  /** What cannot be read, or is of an unknown kind, a sentence each: where there is any, nothing may be deleted. */
  readonly obstacles: readonly string[];
}
