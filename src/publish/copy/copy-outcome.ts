import type { Digest } from '../../oci/digest.ts';
import type { CopiedRelease } from './copied-release.ts';
import type { Drift } from './drift.ts';

/** What became of one tag, or of what has none. */
export interface CopiedTag {
  readonly tag?: string;
  readonly digest: Digest;
  /** What it named at the target before, if anything. */
  readonly before?: Digest;
  /** At the source, where an index was thinned out. */
  readonly whole?: Digest;
}

/** How far a copy came. */
export interface CopyState {
  /** Tags that are written, in order; of a dry run those that would be. */
  readonly done: readonly CopiedTag[];
  /** Tags that are being written. */
  readonly writing: ReadonlySet<string>;
  readonly hasWritten: boolean;
  readonly pushedBytes: number;
}

/** What a copy came to. */
export interface CopyOutcome {
  readonly tags: readonly CopiedTag[];
  /** Tags that were left out, as nothing of them is for the wanted platforms. */
  readonly passedOver: readonly string[];
  /** What refers to what was copied: by its subject, or under a tag of cosign. */
  readonly referrers: number;
  /** How the target differs from its source, where that was asked for. */
  readonly drift: readonly Drift[];
  /** In bytes. */
  readonly pushedBytes: number;
  readonly skippedBytes: number;
  readonly missingBytes: number;
}

/** What became of the tags of a release, by what they name at the target before. */
export function compareTags(
  { root, tags, leftOut }: CopiedRelease,
  standing: ReadonlyMap<string, Digest>,
): CopiedTag[] {
  const common = { digest: root.descriptor.digest, ...(leftOut && { whole: leftOut.digest }) };
  if (tags.length === 0) return [common];
  return tags.map((tag) => {
    const before = standing.get(tag);
    return { tag, ...common, ...(before && { before }) };
  });
}
