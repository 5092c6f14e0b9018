import type { Digest } from '../oci/digest.ts';
import type { Progress } from '../progress/progress.ts';
import type { Inventory } from './inventory.ts';

/** What is asked of an inventory. */
export interface InventoryQuery {
  /** Whether it is to be found out when a tag was made, if that takes more than a look. */
  needsTime(tag: string): boolean;
}

/** What is to be deleted, in this order. */
export interface Removal {
  /** Each only as long as it names this. */
  readonly tags: readonly { readonly tag: string; readonly digest: Digest }[];
  /** Level by level: what points to a document is on a level before it. */
  readonly manifests: readonly (readonly Digest[])[];
  readonly blobs: readonly Digest[];
  /** Keys of the inventory's notes. */
  readonly notes: readonly string[];
}

/** What was deleted, and what could not be, a sentence each. */
export interface Removed {
  readonly tags: readonly string[];
  readonly manifests: number;
  readonly blobs: number;
  readonly refusals: readonly string[];
}

/** A repository that tells all that it holds, and deletes. Failures of its methods are AlbaErrors. */
export interface RepositoryDeleter {
  /** For messages; never a secret. */
  readonly url: string;
  /** What frees the bytes of what was deleted, if that is not this: a sentence for people. */
  readonly freedBy?: string;
  /** What a client would pull. */
  reference(tag: string | undefined, digest: Digest | undefined): string;
  /** All that it holds. A later one reads only what has changed since. */
  inventory(query: InventoryQuery): Promise<Inventory>;
  /**
   * Deletes what `choose` makes of a new inventory: tag list, tags, manifests, blobs, so that no moment shows a tag whose
   * content is not all there. It may ask `choose` again with newer ones, and then deletes less.
   */
  remove(
    query: InventoryQuery,
    choose: (inventory: Inventory) => Removal,
    progress: Progress,
  ): Promise<Removed>;
  /** Lets connections go. */
  close(): Promise<void>;
}
