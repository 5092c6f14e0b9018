import type { Node } from '../../content/content.ts';
import type { Digest } from '../../oci/digest.ts';
import type { SentReferrer } from '../send-referrers.ts';

/** What cosign keeps beside a release under a tag of its digest (cosign, specs/SIGNATURE_SPEC.md). */
export interface Companion {
  /** `sha256-<hex>.sig`. */
  readonly tag: string;
  readonly root: Node;
}

/** What of an index is not copied. */
export interface ThinnedFrom {
  /** The digest of the whole index. */
  readonly digest: Digest;
  /** What it names that is left out, for people: `linux/arm64`. */
  readonly platforms: readonly string[];
  /** What refers to the index that is not copied, and so has lost its subject. */
  readonly referrers: number;
}

/** What one digest of a source is, as it is copied. */
export interface CopiedRelease {
  /** Tags that it gets; none where it is copied by its digest. */
  readonly tags: readonly string[];
  /** All of it as it is there, or an index of fewer platforms. */
  readonly root: Node;
  readonly leftOut?: ThinnedFrom;
  /** Each after its subject. */
  readonly referrers: readonly SentReferrer[];
  readonly companions: readonly Companion[];
}
