import pMap from 'p-map';
import { AlbaError } from '../../errors.ts';
import type { Digest } from '../../oci/digest.ts';
import { isReferrersTag } from '../../oci/referrer.ts';
import type { TagChoice } from '../../oci/tag-choice.ts';
import { formatCount, formatNames } from '../../progress/format.ts';
import { missingTag } from '../../repository/missing-tag.ts';
import type { AllTags, RepositoryReader } from '../../repository/repository.ts';
import type { NamedDigest } from './read-release.ts';

/** What of a repository is copied: what a tag or a digest names, or what many tags do; all of them without a choice. */
export type WantedReleases =
  | {
      readonly kind: 'one';
      readonly tag?: string;
      readonly digest?: Digest;
      /** The tag that it gets; undefined: none. */
      readonly as: string | undefined;
    }
  | { readonly kind: 'many'; readonly choices: readonly TagChoice[] };

/** Tags that are resolved at once. */
const concurrency = 8;

/** The digest of one release, with the tag that it gets; an AlbaError where it is not there, or is another one. */
export async function chooseOne(
  repository: RepositoryReader,
  { tag, digest, as }: WantedReleases & { readonly kind: 'one' },
): Promise<NamedDigest> {
  const wanted = tag ?? digest;
  if (wanted === undefined) {
    const { message } = await missingTag(repository, undefined);
    throw new AlbaError('usage', `${message}; many are copied by "tags" or "all"`);
  }
  const descriptor = await repository.resolve(digest ?? wanted);
  const origin = repository.reference(tag, digest);
  if (!descriptor) {
    throw digest
      ? new AlbaError('source', `${origin} is not there: was it published, and not cleaned up since?`)
      : await missingTag(repository, tag);
  }
  if (digest && descriptor.digest !== digest) {
    throw new AlbaError(
      'source',
      `${origin} is another manifest there, ${descriptor.digest}: the repository is damaged, publish it again`,
    );
  }
  return { descriptor, tags: as === undefined ? [] : [as], origin };
}

/** The digests that chosen tags name, each once, in the order of the list; an AlbaError where a choice matches nothing. */
export async function chooseMany(
  repository: RepositoryReader,
  choices: readonly TagChoice[],
  { tags: all }: AllTags,
): Promise<NamedDigest[]> {
  const tags = all.filter((tag) => isChosen(tag, choices));
  assertMatched(repository, choices, all);
  const resolve = async (tag: string) => ({ tag, descriptor: await repository.resolve(tag) });
  const found = new Map<Digest, NamedDigest>();
  for (const { tag, descriptor } of await pMap(tags, resolve, { concurrency })) {
    // One that was deleted since the list was made.
    if (!descriptor) continue;
    const known = found.get(descriptor.digest);
    const origin = known?.origin ?? repository.reference(tag, undefined);
    found.set(descriptor.digest, { descriptor, tags: [...(known?.tags ?? []), tag], origin });
  }
  return [...found.values()];
}

/** Whether a tag is one of a release, and chosen. */
export function isChosen(tag: string, choices: readonly TagChoice[]): boolean {
  return !isReferrersTag(tag) && (choices.length === 0 || choices.some(({ matches }) => matches(tag)));
}

function assertMatched(
  repository: RepositoryReader,
  choices: readonly TagChoice[],
  all: readonly string[],
): void {
  const own = all.filter((tag) => !isReferrersTag(tag));
  const where = repository.reference(undefined, undefined);
  if (own.length === 0) throw new AlbaError('source', `${where} has no tags: nothing is copied`);
  const idle = choices.filter(({ matches }) => !own.some(matches));
  if (idle.length === 0) return;
  const there = `it has ${formatCount(own.length, 'tag')}: ${formatNames(own.toReversed())}`;
  throw new AlbaError(
    'source',
    `${where} has no tag that matches ${idle.map(({ text }) => `"${text}"`).join(' or ')}; ${there}`,
  );
}
