import { AlbaError } from '../errors.ts';
import { type Digest, parseDigest } from '../oci/digest.ts';
import { formatReference, parseName, parseTag } from '../oci/reference.ts';
import { isStorageUrl, parseStorageUrl, redactUrl } from './storage-url.ts';
import { type Place, parseTargetUrl, type Target } from './target.ts';

/** Something that was published: a place, and a tag or a digest there. */
export interface Locator {
  readonly place: Place;
  readonly tag?: string;
  readonly digest?: Digest;
}

/** Whether a text is a URL of something published rather than a path. */
export function isLocator(text: string): boolean {
  return /^(docker|s3|file):\/\/|^oci:/.test(text);
}

/**
 * `docker://host/repository[:tag][@digest]`, `oci:./dir[:tag][@digest]`, and for a bucket or a directory its URL
 * followed by `#name[:tag][@digest]`.
 */
export function parseLocator(text: string): Locator {
  const [url, fragment] = splitAt(text, '#');
  if (isStorageUrl(text)) return { ...parseFragment(fragment, text), place: parseStorage(url, fragment) };
  const [base, query] = splitAt(url, '?');
  const { before, digest } = splitDigest(base, text);
  const {
    url: _url,
    text: _text,
    tag,
    ...place
  } = parseTargetUrl(query === undefined ? before : `${before}?${query}`);
  if (place.kind === 'storage') throw new AlbaError('usage', `${redactUrl(text)} names no repository`);
  return { place, ...(tag !== undefined && { tag }), ...(digest && { digest }) };
}

/** The URL under which another run finds a digest of a target. */
export function formatLocator({ place, url }: Target, digest: Digest): string {
  switch (place.kind) {
    case 'registry': {
      const query = place.plainHttp === undefined ? '' : `?plain-http=${place.plainHttp}`;
      return `docker://${formatReference({ ...place.reference, digest })}${query}`;
    }
    case 'storage':
      return `${url}#${place.name}@${digest}`;
    case 'layout':
      return `oci:${place.path}@${digest}`;
  }
}

function parseStorage(url: string, fragment: string | undefined): Place {
  const [name] = splitAt(splitDigest(fragment ?? '', url).before, ':');
  if (name === '')
    throw new AlbaError('usage', `${redactUrl(url)} names no repository: add #name[:tag][@digest] to it`);
  return { kind: 'storage', location: parseStorageUrl(url), name: parseName(name) };
}

function parseFragment(fragment: string | undefined, text: string): Omit<Locator, 'place'> {
  const { before, digest } = splitDigest(fragment ?? '', text);
  const [, tag] = splitAt(before, ':');
  return { ...(tag !== undefined && { tag: parseTag(tag) }), ...(digest && { digest }) };
}

function splitDigest(text: string, where: string): { before: string; digest?: Digest } {
  const [before, hex] = splitAt(text, '@sha256:');
  if (hex === undefined) return { before };
  return { before, digest: parseDigest(`sha256:${hex}`, redactUrl(where)) };
}

function splitAt(text: string, separator: string): [before: string, after: string | undefined] {
  const at = text.indexOf(separator);
  return at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + separator.length)];
}
