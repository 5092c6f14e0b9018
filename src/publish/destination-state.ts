import { setTimeout as wait } from 'node:timers/promises';
import type { Digest } from '../oci/digest.ts';
import type { RepositoryReader } from '../repository/repository.ts';

/** How far a release has come at one target. */
export interface DestinationState {
  readonly url: string;
  /**
   * `untouched`: nothing was sent; `begun`: content was, and no tag names it; `partly`: some of the tags do;
   * `unsure`: tags were being written; `published`: all is there.
   */
  readonly stage: 'untouched' | 'begun' | 'partly' | 'unsure' | 'published';
  /** In bytes. */
  readonly pushedBytes: number;
  /** What it is found by, or may be where that is unsure. */
  readonly references: readonly string[];
}

/** In milliseconds: how long tags that could not be written are looked for. */
const patience = 5_000;

/** Those of these tags that name this, after writing them failed; undefined where that is not to be found out soon. */
export async function findTagsOf(
  digest: Digest,
  tags: readonly string[],
  repository: RepositoryReader,
): Promise<readonly string[] | undefined> {
  const look = tags.map(async (tag) => ((await repository.resolve(tag))?.digest === digest ? [tag] : []));
  const tooLate = wait(patience, undefined, { ref: false });
  return (await Promise.race([Promise.all(look).catch(() => undefined), tooLate]))?.flat();
}
