import { Problems } from '../errors.ts';
import { isNameOf, type NamedTag } from '../oci/named-tag.ts';
import { formatReference, nearestTag, type Reference, repositoryOn } from '../oci/reference.ts';
import type { Address } from './scheme.ts';

/** What is said of the names of a release. */
interface Said {
  readonly named: readonly NamedTag[];
  readonly byDigest: boolean;
  /** Whether the addresses were given, and are not just what the names say. */
  readonly isGiven: boolean;
}

/**
 * Throws a usage error for names that do not fit the targets: one that no target has or uses; one without a tag that
 * nobody asked to publish by digest, as it may be a tag without a name; a tag where there shall be none.
 */
export function assertNamesFit(addresses: readonly Address[], said: Said): void {
  const problems = new Problems();
  for (const problem of said.byDigest ? tagProblems(addresses, said.named) : []) problems.add(problem);
  for (const item of said.named) {
    const problem = nameProblem(item, addresses, said);
    if (problem !== undefined) problems.add(problem);
  }
  problems.throwIfAny('usage');
}

function tagProblems(addresses: readonly Address[], named: readonly NamedTag[]): string[] {
  const said = [
    ...named.flatMap(({ text, tag }) => (tag === undefined ? [] : `"tag" says ${text}`)),
    ...addresses.flatMap(({ url, tag }) => (tag === undefined ? [] : `target ${url} says tag ${tag}`)),
  ];
  return said.map((which) => `by-digest publishes without a tag, ${which}: leave out one of them`);
}

function nameProblem(item: NamedTag, addresses: readonly Address[], said: Said): string | undefined {
  const references = addresses.flatMap(({ place }) => place?.reference ?? []);
  const isOwn =
    references.some((reference) => isNameOf(item, reference)) ||
    addresses.some((address) => isLayoutOf(item, address));
  const isElsewhere = references.length < addresses.length;
  if (!isOwn && item.tag === undefined && !said.byDigest) return aloneProblem(item, references);
  const isUsed = isElsewhere && (item.registry === undefined || references.length === 0);
  if (!isOwn && !isUsed) return strayProblem(item, references);
  if (item.tag !== undefined || said.byDigest) return undefined;
  const tagged = said.named.find((other) => other.tag !== undefined && isSameName(item, other));
  if (tagged) return `"${item.text}" publishes by digest, ${tagged.text} with a tag: leave out one of them`;
  const isStored = addresses.some(({ storage }) => storage);
  return isStored || !said.isGiven
    ? `"${item.text}" is a name without a tag: write ${item.text}:tag, or give by-digest`
    : undefined;
}

/** A layout is called as the folder that it lies in. */
function isLayoutOf({ registry, name }: NamedTag, { place }: Address): boolean {
  if (registry !== undefined || place?.directory === undefined) return false;
  return place.directory.split(/[/\\]/).findLast((part) => part !== '') === name;
}

function isSameName(one: NamedTag, other: NamedTag): boolean {
  return one.name === other.name && one.registry === other.registry;
}

/** It may be a tag without a name, such as that of a branch. */
function aloneProblem({ text, registry }: NamedTag, [first]: readonly Reference[]): string {
  const tag = registry === undefined ? nearestTag(text) : undefined;
  const example = tag === undefined ? `${text}:tag` : `${first ? lastPart(first) : 'name'}:${tag}`;
  const question = first && tag !== undefined ? `did you mean ${example}?` : `write ${example};`;
  return `"${text}" is a name without a tag: ${question} by-digest publishes without a tag`;
}

function strayProblem({ text, registry, name, tag }: NamedTag, references: readonly Reference[]): string {
  if (registry !== undefined) {
    const wanted = formatReference({ registry, repository: repositoryOn(registry, name) });
    return `"${text}" in "tag": no target is docker://${wanted}; add that to "target", or give name:tag without a registry`;
  }
  const [first] = references;
  const meant = first ? `: did you mean ${lastPart(first)}${tag === undefined ? '' : `:${tag}`}?` : '';
  return `"${text}" in "tag": no target is a repository "${name}"${meant}`;
}

function lastPart({ repository }: Reference): string {
  return repository.slice(repository.lastIndexOf('/') + 1);
}
