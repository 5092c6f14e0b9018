import { setTimeout as delay } from 'node:timers/promises';
import { AlbaError } from '../errors.ts';
import { newestVersion, orderTags } from '../oci/tag-order.ts';
import { formatCount, formatNames } from '../progress/format.ts';
import { nearest } from '../source/tree/nearest.ts';
import type { RepositoryReader } from './repository.ts';

/** In milliseconds: what a list of tags is worth to who waits for a message. */
const longestWait = 3_000;

/** More names than this are not compared. */
const mostCompared = 5_000;

/** The error for a tag that is not there, or for none: with what may be meant, where the repository tells its tags soon. */
export async function missingTag(repository: RepositoryReader, tag: string | undefined): Promise<AlbaError> {
  const tags = newestFirst(await tagsSoon(repository));
  const where = repository.reference(undefined, undefined);
  if (tag === undefined) {
    const [only, ...others] = tags;
    const meant = others.length === 0 ? only : newestVersion(tags);
    const example = meant === undefined ? 'add one' : `add one, such as :${meant}`;
    return new AlbaError('usage', `${where} names neither a tag nor a digest: ${example}${listed(tags)}`);
  }
  const meant = nearest(tag, tags.slice(0, mostCompared)) ?? newestVersion(tags);
  const hint = meant === undefined ? ': was it published, and not cleaned up since' : `: is ${meant} meant`;
  return new AlbaError(
    'source',
    `${repository.reference(tag, undefined)} is not there${hint}${listed(tags)}`,
  );
}

function newestFirst(tags: readonly string[]): string[] {
  const modified = new Date(0);
  return orderTags(
    tags.map((tag) => ({ tag, modified })),
    [],
    undefined,
  );
}

function listed(tags: readonly string[]): string {
  return tags.length > 0 ? `; it has ${formatCount(tags.length, 'tag')}: ${formatNames(tags)}` : '';
}

/** None where that takes long, fails, or is not allowed. */
async function tagsSoon(repository: RepositoryReader): Promise<readonly string[]> {
  const wait = new AbortController();
  try {
    return await Promise.race([
      repository.tags().catch(() => []),
      delay(longestWait, [], { signal: wait.signal }).catch(() => []),
    ]);
  } finally {
    wait.abort();
  }
}
