import { AlbaError, Problems } from '../../errors.ts';
import type { TagChoice } from '../../oci/tag-choice.ts';
import { type CopyEnd, type CopyPair, parseCopySource, parseCopyTarget } from '../../place/copy-ends.ts';
import type { Locator } from '../../place/locator.ts';
import { isSamePlace } from '../../place/same-place.ts';
import { assertTrusted, trustOf } from '../../place/trusted-origins.ts';
import type { Values } from '../command.ts';
import type { Host } from '../host.ts';
import { parseAll } from '../problems.ts';
import { signedInAt } from '../signed-in-at.ts';
import { tellLowered } from '../tell-lowered.ts';
import type { containerCopyInputs } from './copy-command.ts';

/** All that a copy is told: the values of its inputs as it uses them, and what it needs of the machine. */
export type ContainerCopyRequest = ReturnType<typeof containerCopyRequest>;

/** The request in what a person said; throws a usage error where that does not go together. */
export function containerCopyRequest(
  {
    source,
    target,
    pairs: more,
    tags,
    all,
    check,
    dryRun,
    trustedEndpoints,
    connection,
    ...values
  }: Values<typeof containerCopyInputs>,
  host: Host,
) {
  const pairs = [...namedPair(source, target, more.length > 0), ...more];
  if (tags.length > 0 && all) {
    throw new AlbaError('usage', '"all" is every tag: leave out "tags", or leave out "all"');
  }
  const choices = tags.length > 0 || all ? tags : undefined;
  checkPairs(pairs, choices, { check, platforms: values.platforms.length });
  const locatorsOf = (ends: readonly CopyEnd[]): Locator[] =>
    ends.flatMap((end) => (end.kind === 'repository' ? [end.locator] : []));
  const sources = locatorsOf(pairs.map((pair) => pair.source));
  const targets = locatorsOf(pairs.map((pair) => pair.target));
  tellLowered(
    [...sources, ...targets].flatMap(({ lowered }) => lowered ?? []),
    host.progress,
  );
  const named = [...targets, ...(host.isTyped ? sources : [])].map(({ place }) => place);
  const trust = trustOf(named, trustedEndpoints, host.env);
  assertTrusted(sources, trust);
  const { directory, temporaryDirectory, parallelism, threads, now } = host;
  return {
    ...values,
    pairs,
    /** The tags of each source, all of them without a choice; undefined: what each names. */
    choices,
    check,
    dryRun: dryRun || check,
    connection: signedInAt(
      { ...connection, trustedOrigins: trust.origins },
      {
        targets: targets.map(({ place }) => ({ place, tags: [] })),
        ...(host.isTyped ? { sources } : { references: sources }),
      },
    ),
    ...{ directory, temporaryDirectory, parallelism, threads, now },
  };
}

function namedPair(source: string | undefined, target: string | undefined, hasMore: boolean): CopyPair[] {
  if (source === undefined && target === undefined && hasMore) return [];
  if (source === undefined || target === undefined) {
    throw new AlbaError(
      'usage',
      source === undefined
        ? 'no source: name a published image, such as docker://ghcr.io/org/app:1.0, and a target, or give "pairs"'
        : 'no target: name where to copy it, such as docker://registry.example.org/mirror/app or oci:./mirror',
    );
  }
  return [
    parseAll({
      source: () => parseCopySource(source),
      target: () => parseCopyTarget(target),
    }),
  ];
}

/** What does not go together, of all pairs at once. */
function checkPairs(
  pairs: readonly CopyPair[],
  choices: readonly TagChoice[] | undefined,
  asked: { readonly check: boolean; readonly platforms: number },
): void {
  const problems = new Problems();
  for (const pair of pairs) {
    const { source, target } = pair;
    const problem =
      source.kind === 'repository' && target.kind === 'repository'
        ? choices
          ? problemOfMany(source.locator, target.locator, choices)
          : problemOfOne(source.locator, target.locator)
        : problemOfArchive(pair, choices !== undefined, asked);
    if (problem) problems.add(problem);
  }
  problems.throwIfAny('usage');
}

function problemOfMany(source: Locator, target: Locator, choices: readonly TagChoice[]): string | undefined {
  const word = choices.length > 0 ? 'tags' : 'all';
  if (source.digest || source.tag !== undefined) {
    return `${source.place.url} names ${source.digest ?? `tag ${source.tag}`}, and "${word}" is for the tags of a repository: leave one of both out`;
  }
  if (target.tag !== undefined) {
    return `${target.place.url} has the tag ${target.tag}, and many are copied, each under its own: leave it out`;
  }
  return isSamePlace(source.place, target.place)
    ? `${source.place.url} is source and target at once: nothing would be copied`
    : undefined;
}

function problemOfOne(source: Locator, target: Locator): string | undefined {
  const isSame = isSamePlace(source.place, target.place);
  if (!isSame || (target.tag !== undefined && target.tag !== source.tag)) return undefined;
  return `${source.place.url} is source and target at once: give the target another tag`;
}

function problemOfArchive(
  { source, target }: CopyPair,
  isMany: boolean,
  { check, platforms }: { readonly check: boolean; readonly platforms: number },
): string | undefined {
  if (source.kind === target.kind)
    return 'docker-archive: is source and target at once: name a place for one';
  if (isMany) return 'docker-archive: holds one image: name a tag, and leave out "tags" and "all"';
  if (check) return 'docker-archive: has no manifest to compare: leave out "check"';
  return platforms > 1 ? 'docker-archive: holds one platform: name one in "platforms"' : undefined;
}
