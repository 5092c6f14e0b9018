import type { Node } from '../content/content.ts';
import { messageOf } from '../errors.ts';
import { statusOf } from '../network/http/error.ts';
import { ensureTags, type WrittenPlace } from './read-back.ts';

/** The tags of a release at one target. */
export interface WantedTags {
  /** What a person asked for. */
  readonly own: readonly string[];
  /** What follows those: where such a tag is refused, it stays as it is. */
  readonly following: readonly string[];
}

/**
 * Lets tags name a manifest, and reads them back; gives those that do. A registry whose tags are immutable refuses those
 * that follow: that is a warning. Throws where one of the own tags cannot be written.
 */
export async function writeTags(
  manifest: Node,
  { own, following }: WantedTags,
  place: WrittenPlace,
): Promise<string[]> {
  const { repository, concurrency, progress } = place;
  const all = [...new Set([...own, ...following])];
  const write = async (tags: readonly string[]): Promise<void> =>
    ensureTags(manifest, await repository.tag(manifest, tags, concurrency), place);
  try {
    await write(all);
    return all;
  } catch (failure) {
    if (following.length === 0 || !isRefusal(failure)) throw failure;
  }
  await write(own);
  const written = [...own];
  for (const tag of all.filter((name) => !own.includes(name))) {
    try {
      await write([tag]);
      written.push(tag);
    } catch (failure) {
      if (!isRefusal(failure)) throw failure;
      progress.warn(`${repository.reference(tag, undefined)} stays as it is: ${messageOf(failure)}`);
    }
  }
  return written;
}

/** Those of these tags that name a manifest, and whether each of them could be asked for. */
export async function standingTags(
  { descriptor: { digest } }: Node,
  tags: readonly string[],
  { repository }: WrittenPlace,
): Promise<{ readonly standing: string[]; readonly isSure: boolean }> {
  const found = await Promise.allSettled(tags.map((tag) => repository.resolve(tag)));
  const standing = tags.filter((_, at) => {
    const result = found[at];
    return result?.status === 'fulfilled' && result.value?.digest === digest;
  });
  return { standing, isSure: found.every(({ status }) => status === 'fulfilled') };
}

/** The server answered that it will not, now and later. */
function isRefusal(failure: unknown): boolean {
  const status = statusOf(failure) ?? 0;
  return status >= 400 && status < 500 && status !== 408 && status !== 429;
}
