import type { Reference } from '../oci/reference.ts';
import type { Progress } from '../progress/progress.ts';
import type { Repository } from '../repository/repository.ts';

/** A repository, and tags of it: those that a release gets there, or those under which one is looked for. */
export interface TaggedRepository {
  readonly repository: Repository;
  readonly tags: readonly string[];
  /** Tags or digests of it that the workflow itself names as releases to learn from. */
  readonly releases?: readonly string[];
  /** Given on a registry, whose repositories can take over each other's blobs. */
  readonly reference?: Reference;
}

/** What one target has got. */
export interface TargetReport {
  readonly url: string;
  /** In bytes. */
  readonly pushedBytes: number;
  /** In bytes: what was there already, or in another repository of the registry. */
  readonly skippedBytes: number;
  /** In bytes: what a dry run found to be missing, and did not send. */
  readonly missingBytes: number;
  /** Why not all of its tags name the release. */
  readonly failure?: string;
}

/** How a release goes to its targets. */
export interface PublicationOptions {
  /** How many requests run at once at the most, for each target; undefined: what fits the work. */
  readonly concurrency: number | undefined;
  /** Find out what is missing, write nothing. */
  readonly dryRun: boolean;
  /** Whether the tags that follow a release (1.2, 1, latest) move with it, too. */
  readonly floating: boolean;
  /** Whether a tag that is there must stay as it is. */
  readonly immutable: boolean;
  readonly progress: Progress;
  /** Aborted by the first failure anywhere; nothing new is sent after it. */
  readonly abort: AbortController;
}
