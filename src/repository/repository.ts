import type { Readable } from 'node:stream';
import type { Blob, Measured, Node } from '../content/content.ts';
import type { Descriptor } from '../oci/descriptor.ts';
import type { Digest } from '../oci/digest.ts';
import type { Exchanged } from '../storage/exchange.ts';

/** Where one image lives under its tags: on a registry, in a bucket, a directory or a layout. */
export interface Repository extends RepositoryReader, RepositoryWriter {}

/** What reading and writing a repository have in common. Failures of all its methods are AlbaErrors. */
interface RepositoryBase {
  /** For messages: `docker://ghcr.io/org/app`, `s3://bucket`; never a secret. */
  readonly url: string;
  /** What a client would pull: `ghcr.io/org/app:1.0@sha256:…`; tag or digest may be left out. */
  reference(tag: string | undefined, digest: Digest | undefined): string;
  /** Whether this content is there, with this size. */
  exists(descriptor: Descriptor): Promise<boolean>;
  /** The manifest or index that a tag or a digest names, undefined if there is none. */
  resolve(tagOrDigest: string): Promise<Descriptor | undefined>;
  /** Lets connections go. */
  close(): Promise<void>;
}

/** What a repository holds. */
export interface RepositoryReader extends RepositoryBase {
  /** The bytes of content that is there, unverified; an AlbaError when it is missing. */
  fetch(descriptor: Descriptor): Promise<Readable>;
  /** Manifests whose subject is this one, with the artifactType and annotations that they name; unverified. */
  referrers(digest: Digest): Promise<Descriptor[]>;
  /** Whether there is such a repository, be it without a tag; a registry may know none that was never pushed to. */
  isThere(): Promise<boolean>;
  /** The tags of releases: those that stand for referrers are none. */
  tags(): Promise<string[]>;
  /** Every tag, those that stand for referrers, too. */
  allTags(): Promise<AllTags>;
}

/** Every tag of a repository, as far as it tells. */
export interface AllTags {
  readonly tags: readonly string[];
  /** Whether those that stand for referrers are among them: what any web server serves tells those of releases alone. */
  readonly isWhole: boolean;
}

/** A repository that takes content in. */
export interface RepositoryWriter extends RepositoryBase {
  /** Whether an image's manifest that is there proves that its blobs are: true of registries alone. */
  readonly closed: boolean;
  /** Throws where nothing is taken in, as far as that is found out without writing; a repository without it is not asked. */
  assertTakes?(): Promise<void>;
  /**
   * Stores a blob, or a manifest under its digest; what it points to is there already. A manifest with a subject
   * is also listed among its referrers; pushing it again mends a list that an interrupted push left without it.
   */
  push(blob: Blob): Promise<void>;
  /**
   * Takes bytes in while they are made, and stores them as a blob. Not repeated when it fails: then nothing is
   * stored, and the blob is to be pushed when it is known.
   */
  receive?(source: AsyncIterable<Uint8Array>): Promise<Measured>;
  /** Takes a blob over from the repository that holds it, if that is a neighbour; false: it is to be pushed. */
  mount?(blob: Blob): Promise<boolean>;
  /**
   * Lets tags name a manifest that is there, and brings the tag list up to date. Gives the tags that did not name it
   * already, each with what it named before. `atOnce` is how many requests may run at once, where each tag is one; rejects when
   * nothing is under way any more.
   */
  tag(
    manifest: Blob,
    tags: readonly string[],
    atOnce?: number,
  ): Promise<ReadonlyMap<string, Digest | undefined>>;
  /**
   * Lets a tag name a manifest that is there, with all that it points to, if it still names what it did; undefined:
   * nothing.
   */
  moveTag(tag: string, before: Digest | undefined, manifest: Blob): Promise<Exchanged>;
  /**
   * Waits until no deletion is under way, and tells whether one may have taken away something of these since it was first looked
   * at what is there, or a tag of theirs that was written. A target without it deletes nothing that others count on.
   */
  wasSwept?(nodes: readonly Node[]): Promise<boolean>;
  /** What of this content is not there: looked for anew, whatever `exists` has found before. */
  findMissing(content: readonly Descriptor[]): Promise<readonly Descriptor[]>;
  /** Who takes away content that nothing leads to, for people. */
  readonly sweptBy: string;
  /** Whether content that nothing leads to is gone when this is closed. */
  readonly dropsUntagged?: boolean;
  /** Given where tags are better written together: one list has them all. */
  readonly together?: TagsTogether;
}

/** A manifest, and the tags that it gets. */
export interface TaggedManifest {
  readonly manifest: Blob;
  readonly tags: readonly string[];
}

/** Lets many manifests have their tags at once, for about what one costs. */
export interface TagsTogether {
  /** How many manifests are worth waiting for. */
  readonly most: number;
  /** Does for each what `tag` does, and gives what that gives, in their order. */
  tag(named: readonly TaggedManifest[]): Promise<readonly ReadonlyMap<string, Digest | undefined>[]>;
}
