import { AlbaError } from '../../errors.ts';
import { type Digest, isDigest } from '../../oci/digest.ts';
import { isTag, parseName } from '../../oci/reference.ts';
import { isPreview, orderTags } from '../../oci/tag-order.ts';
import { parseVersion } from '../../oci/version.ts';
import { compareInRange, isInRange, isVersionRange } from '../../oci/version-range.ts';

/** Which tag of a name is wanted: this one, or the newest release, of those within a range if there is one. */
export type WantedTag =
  | { readonly kind: 'tag'; readonly tag: string }
  | { readonly kind: 'newest'; readonly range?: string };

/** A release as a person names it. */
export interface WantedRelease {
  /** As it was given. */
  readonly text: string;
  readonly name?: string;
  /** The name as it was written, where that had capital letters. */
  readonly spelled?: string;
  readonly wanted: WantedTag;
  /** What it has to be. */
  readonly digest?: Digest;
}

/** `name`, `name:1.2`, `name:^1.2`, `:^1.2`, each with `@sha256:…` or without; else a usage error. */
export function parseWantedRelease(text: string): WantedRelease {
  const [, before = '', at] = /^([^@]*)(?:@(.*))?$/s.exec(text) ?? [];
  if (at !== undefined && !isDigest(at)) {
    throw new AlbaError('usage', `"${text}" is no release: after @ comes sha256: and 64 hexadecimal digits`);
  }
  const colon = before.indexOf(':');
  const written = (colon < 0 ? before : before.slice(0, colon)).trim();
  const name = written === '' ? undefined : parseName(written);
  return {
    text,
    ...(name !== undefined && { name }),
    ...(name !== undefined && name !== written && { spelled: written }),
    wanted: colon < 0 ? { kind: 'newest' } : parseWantedTag(before.slice(colon + 1).trim(), text),
    ...(at !== undefined && isDigest(at) && { digest: at }),
  };
}

/** What is a tag by its grammar is that tag, be it `1.x`. */
function parseWantedTag(what: string, text: string): WantedTag {
  if (isTag(what)) return { kind: 'tag', tag: what };
  if (isVersionRange(what)) return { kind: 'newest', range: what };
  throw new AlbaError(
    'usage',
    `"${text}" is no release: after the colon comes a tag, such as 1.2.3, or a range of versions, such as ^1.2`,
  );
}

/**
 * The tags that may be meant, the newest first: of several all but the first are for when that is withdrawn. Pre-releases are among
 * them only where a range names one (semver's own rule), names that are no versions never.
 */
export function candidates(
  { range }: WantedTag & { readonly kind: 'newest' },
  tags: readonly string[],
): string[] {
  const isMeant = (tag: string): boolean => {
    if (range !== undefined) return isInRange(tag, range);
    return parseVersion(tag) !== undefined && !isPreview(tag);
  };
  const modified = new Date(0);
  const found = [...new Set(tags)].filter(isMeant);
  const ordered = orderTags(
    found.map((tag) => ({ tag, modified })),
    [],
    undefined,
  );
  return range === undefined ? ordered : ordered.sort(compareInRange);
}
