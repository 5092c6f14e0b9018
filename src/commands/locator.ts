import { AlbaError } from '../errors.ts';
import { type Digest, parseDigest } from '../oci/digest.ts';
import { parseName, parseTag } from '../oci/reference.ts';
import { isStorageUrl, parseStorageUrl } from '../storage/url.ts';
import { type Place, parseTargetUrl } from './target.ts';

/** Something that was published: a place, and a tag or a digest there. */
export interface Locator {
  readonly place: Place;
  readonly tag?: string;
  readonly digest?: Digest;
}

/** Whether a text is a URL of a published image rather than a path. */
export function isLocator(text: string): boolean {
  return /^(docker|s3|file):\/\/|^oci:/.test(text);
}

/**
 * `docker://host/repository[:tag][@digest]`, `oci:./dir[:tag][@digest]`, and for a bucket or a directory its URL
 * followed by `#name[:tag][@digest]`: what alba gives as a reference is read as it is.
 */
export function parseLocator(text: string): Locator {
  const [url, fragment] = split(text, '#');
  const [rest, digestText] = split(fragment ?? url, '@sha256:');
  const digest = digestText === undefined ? undefined : parseDigest(`sha256:${digestText}`, text);
  const end = digest && { digest };
  if (isStorageUrl(text)) {
    if (fragment === undefined || rest === '') {
      throw new AlbaError('usage', `${text} names no repository: add #name[:tag][@digest] to it`);
    }
    const [name, tag] = split(rest, ':');
    const place = { kind: 'storage', location: parseStorageUrl(url), name: parseName(name) } as const;
    return { place, ...(tag !== undefined && { tag: parseTag(tag) }), ...end };
  }
  const { url: _, tag, ...place } = parseTargetUrl(rest);
  if (place.kind === 'storage') throw new AlbaError('usage', `${text} names no repository`);
  return { place, ...(tag !== undefined && { tag }), ...end };
}

function split(text: string, separator: string): [before: string, after: string | undefined] {
  const at = text.indexOf(separator);
  return at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + separator.length)];
}
