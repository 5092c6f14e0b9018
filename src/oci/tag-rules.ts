import semver from 'semver';
import { AlbaError } from '../errors.ts';
import { isTag, nameGrammar, tagGrammar } from './reference.ts';

/** What a workflow run is for, as GitHub writes it. */
export interface Run {
  /** `Org/Albatros`. */
  readonly repository: string;
  /** `refs/tags/v1.2.3`. */
  readonly ref: string;
}

/** The version in `refs/tags/<version>`, of a semantic one without its `v`; undefined for any other ref. */
export function versionOf(ref: string): string | undefined {
  const prefix = 'refs/tags/';
  if (!ref.startsWith(prefix)) return undefined;
  const text = ref.slice(prefix.length);
  return text.startsWith('v') && semver.valid(text) ? text.slice(1) : text;
}

/** A release as a tag of git's names it. */
export interface GitRelease {
  readonly name: string;
  readonly tag: string;
}

/** The name of a release that gets no tag, where none is given; undefined when the run is not for a tag of git's. */
export function defaultName({ repository, ref }: Run): Pick<GitRelease, 'name'> | undefined {
  return versionOf(ref) === undefined ? undefined : { name: nameOf(repository) };
}

/** The name and tag of a release where none is given; undefined when the run is not for a tag of git's. */
export function defaultTag({ repository, ref }: Run): GitRelease | undefined {
  const tag = versionOf(ref);
  if (tag === undefined) return undefined;
  if (isTag(tag)) return { name: nameOf(repository), tag };
  throw new AlbaError(
    'usage',
    `"${tag}" of ${ref} is not a tag of an image: it must match ${tagGrammar}; give "tag"`,
  );
}

/**
 * The tags that follow a release `1.2.3`, as far as they do not go backwards: `1.2` and `1` unless a higher release
 * of theirs exists, `latest` unless any does. Those of `v1.2.3` are `v1.2` and `v1`, and follow releases with a `v`
 * alone. There is no `0`: what follows it would break with each `0.x` (semver.org, 4). Nothing follows a pre-release,
 * such as `1.2.3-rc.1` or `1.2.3-alpine`, nor a tag that is not a whole version, such as `1.2`.
 */
export function floatingTags(tag: string, existing: readonly string[]): string[] {
  const release = parseRelease(tag);
  if (!release) return [];
  const { prefix, version } = release;
  const { major, minor } = version;
  const higher = existing
    .flatMap((text) => parseRelease(text) ?? [])
    .filter((other) => other.version.compare(version) > 0);
  const alike = higher.filter((other) => other.prefix === prefix && other.version.major === major);
  return [
    ...(alike.some((other) => other.version.minor === minor) ? [] : [`${prefix}${major}.${minor}`]),
    ...(major === 0 || alike.length > 0 ? [] : [`${prefix}${major}`]),
    ...(higher.length > 0 ? [] : ['latest']),
  ];
}

/** Why no tag follows these, where none does. */
export function whyNothingFloats(tags: readonly string[]): string {
  if (tags.length === 0) return 'the release has no tag';
  return tags.some(parseRelease)
    ? 'higher releases are there'
    : `${tags.join(', ')} is no release such as 1.2.3`;
}

interface Release {
  readonly prefix: '' | 'v';
  readonly version: semver.SemVer;
}

function parseRelease(tag: string): Release | undefined {
  const version = semver.parse(tag);
  if (!version || !isTag(tag) || version.prerelease.length > 0) return undefined;
  return { prefix: tag.startsWith('v') ? 'v' : '', version };
}

/** A repository of GitHub's has dots, dashes and underscores wherever it likes; a name has one between two words. */
function nameOf(repository: string): string {
  const name = repository.slice(repository.lastIndexOf('/') + 1).toLowerCase();
  const words = name.replace(/^[._-]+|[._-]+$/g, '').replace(/[._-]{2,}/g, separator);
  if (new RegExp(`^${nameGrammar}$`).test(words)) return words;
  throw new AlbaError(
    'usage',
    `repository "${repository}" makes no name of an image: give "tag" as name:tag`,
  );
}

function separator(run: string): string {
  return run === '__' || /^-+$/.test(run) ? run : '-';
}
