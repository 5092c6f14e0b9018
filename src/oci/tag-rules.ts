import semver from 'semver';
import { AlbaError } from '../errors.ts';
import { isTag, nameGrammar, tagGrammar } from './reference.ts';
import { isWhole, parseVersion } from './version.ts';

/** What a workflow run is for, as GitHub writes it. */
export interface Run {
  /** `Org/Albatros`. */
  readonly repository: string;
  /** `refs/tags/v1.2.3`. */
  readonly ref: string;
}

/** A release as a tag of git's names it. */
export interface GitRelease {
  readonly name: string;
  readonly tag: string;
}

/** The version in `refs/tags/<version>`, a whole one without its `v`; undefined for any other ref. */
export function versionOf(ref: string): string | undefined {
  return readRef(ref)?.tag;
}

/**
 * The name of a release that gets no tag, where none is given: what is before the version in `app/v1.2.3`, `app@1.2.3` and
 * `app-v1.2.3`, else the repository's. Undefined when the run is not for a tag of git's.
 */
export function defaultName({ repository, ref }: Run): Pick<GitRelease, 'name'> | undefined {
  const found = readRef(ref);
  return found && { name: nameOf(found.product ?? lastPart(repository), found.product ?? repository) };
}

/**
 * The name and tag of a release where none is given; undefined when the run is not for a tag of git's. A tag of git's
 * that is no version is a usage error: what should give the release its tag may have come out empty.
 */
export function defaultTag(run: Run): GitRelease | undefined {
  const found = readRef(run.ref);
  const named = defaultName(run);
  if (!found || !named) return undefined;
  const { tag } = found;
  if (!isTag(tag)) {
    throw new AlbaError(
      'usage',
      `"${tag}" of ${run.ref} is not a tag of an image: it must match ${tagGrammar}; give "tag"`,
    );
  }
  if (/^v?\d/.test(tag)) return { ...named, tag };
  throw new AlbaError(
    'usage',
    `"${tag}" of ${run.ref} is no version: give "tag", such as ${named.name}:${tag}; if it is given, what gives it came out empty`,
  );
}

/** What is before a version and names no product. */
const generic: readonly string[] = ['release', 'releases'];

function readRef(ref: string): { readonly tag: string; readonly product?: string } | undefined {
  const prefix = 'refs/tags/';
  if (!ref.startsWith(prefix)) return undefined;
  const text = ref.slice(prefix.length);
  const whole = wholeVersion(text);
  if (whole !== undefined) return { tag: whole };
  const [, product, rest = ''] = /^@?(.+?)(?:[/@]|-(?=v\d))(v?\d.*)$/.exec(text) ?? [];
  const tag = wholeVersion(rest);
  if (product === undefined || tag === undefined) return { tag: text };
  return generic.includes(product.toLowerCase()) ? { tag } : { tag, product };
}

function wholeVersion(text: string): string | undefined {
  const version = parseVersion(text);
  if (!semver.valid(text) && !(version && isWhole(version))) return undefined;
  return text.replace(/^v/, '');
}

/** A repository of GitHub's has dots, dashes and underscores wherever it likes; a name has one between two words. */
function nameOf(text: string, origin: string): string {
  const words = text
    .toLowerCase()
    .replace(/^[._-]+|[._-]+$/g, '')
    .replace(/[._-]{2,}/g, separator);
  if (new RegExp(`^${nameGrammar}$`).test(words)) return words;
  throw new AlbaError('usage', `"${origin}" makes no name of an image: give "tag" as name:tag`);
}

function lastPart(repository: string): string {
  return repository.slice(repository.lastIndexOf('/') + 1);
}

function separator(run: string): string {
  return run === '__' || /^-+$/.test(run) ? run : '-';
}
