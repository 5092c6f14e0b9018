import { AlbaError } from '../errors.ts';
import type { NamedTag } from '../oci/named-tag.ts';
import { guessRegistryUrl, parseReference, parseTag, type Reference } from '../oci/reference.ts';
import { parseStorageUrl, redactUrl, type StorageLocation } from './storage-url.ts';

/** One repository somewhere. */
export type Place =
  | { readonly kind: 'registry'; readonly reference: Reference; readonly plainHttp: boolean | undefined }
  | { readonly kind: 'storage'; readonly location: StorageLocation; readonly name: string }
  | { readonly kind: 'layout'; readonly path: string };

/** Where a release goes, and the tags that it gets there; without tags it is published by digest alone. */
export interface Target {
  /** As it was written, for another run to find it again. */
  readonly url: string;
  readonly place: Place;
  readonly tags: readonly string[];
}

/** A target's URL before it is known which tags are for it; `url` is for messages, `text` as it was written. */
export type ParsedUrl = { readonly url: string; readonly text: string; readonly tag?: string } & (
  | Exclude<Place, { kind: 'storage' }>
  | { readonly kind: 'storage'; readonly location: StorageLocation }
);

/** `docker://…`, `s3://…`, `file://…` or `oci:…`. */
export function parseTargetUrl(text: string): ParsedUrl {
  const url = redactUrl(text);
  if (/^(s3|file):\/\//i.test(text)) return { kind: 'storage', url, text, location: parseStorageUrl(text) };
  if (text.startsWith('docker://')) return parseRegistryUrl(text, url);
  if (/^oci:(?!\/\/)/.test(text)) return parseLayoutUrl(text);
  const meant = guessTarget(text);
  const kinds =
    'docker://host/repository[:tag], s3://bucket[/prefix]?…, file://./directory or oci:./directory[:tag]';
  const expected = meant ? `did you mean ${meant}?` : `expected ${kinds}`;
  const shown = url.includes('://') ? url : url.replace(/:.*@/s, ':***@');
  throw new AlbaError('usage', `target "${shown}" is of no known kind: ${expected}`);
}

/** What a target may mean whose scheme is missing, or is written as another tool has it; undefined if it may be anything. */
export function guessTarget(text: string): string | undefined {
  const [, layout] = /^oci:\/\/(\.{0,2}\/.+)$/.exec(text) ?? [];
  if (layout !== undefined) return `oci:${layout}`;
  const [, scheme, rest] = /^(s3|file):(?!\/\/)([^@?]+)$/i.exec(text) ?? [];
  if (scheme !== undefined)
    return scheme.toLowerCase() === 's3' ? `s3://${rest}` : `file://${fromDot(rest ?? '')}`;
  return /^\.{0,2}\//.test(text) ? `file://${text}` : guessRegistryUrl(text);
}

function fromDot(path: string): string {
  return /^\.{0,2}\//.test(path) ? path : `./${path}`;
}

/** The target with the tags that are for it; in a storage each name is a repository, and so a target, of its own. */
export function addTags({ tag, url, text, ...parsed }: ParsedUrl, named: readonly NamedTag[]): Target[] {
  if (parsed.kind === 'storage') return addNames(parsed.location, url, text, named);
  const tags = [...new Set(named.flatMap((item) => item.tag ?? []))];
  if (tag !== undefined && tags.length > 0 && !tags.includes(tag)) {
    const both = `target ${url} says tag ${tag}, "tag" says ${tags.join(', ')}`;
    throw new AlbaError('usage', `${both}: name it in one place, or the same in both`);
  }
  if (parsed.kind === 'registry' && tag === undefined && named.length === 0) {
    const remedy = 'add :tag to it or give "tag"; a name alone there publishes by digest';
    throw new AlbaError('usage', `target ${url} has no tag: ${remedy}`);
  }
  return [{ url: text, place: parsed, tags: tags.length > 0 || tag === undefined ? tags : [tag] }];
}

function addNames(
  location: StorageLocation,
  url: string,
  text: string,
  named: readonly NamedTag[],
): Target[] {
  if (named.length === 0) {
    throw new AlbaError('usage', `target ${url} needs "tag": name:tag, whose name is the repository there`);
  }
  return [...new Set(named.map(({ name }) => name))].map((name) => ({
    url: text,
    place: { kind: 'storage', location, name },
    tags: [...new Set(named.flatMap((item) => (item.name === name ? (item.tag ?? []) : [])))],
  }));
}

function parseRegistryUrl(text: string, url: string): ParsedUrl {
  const [rest = '', query = ''] = text.slice('docker://'.length).split('?', 2);
  if (rest.includes('@')) {
    const why = 'a release gets its digest by itself, and credentials are inputs of their own';
    throw new AlbaError('usage', `target ${url} must not contain "@": ${why}`);
  }
  if (!rest.includes('/')) {
    throw new AlbaError(
      'usage',
      `target ${url} names no repository: expected docker://host[:port]/repository[:tag]`,
    );
  }
  const { tag, ...reference } = parseReference(rest);
  return {
    kind: 'registry',
    url,
    text,
    reference,
    plainHttp: parsePlainHttp(query, url),
    ...(tag && { tag }),
  };
}

function parsePlainHttp(query: string, url: string): boolean | undefined {
  const { 'plain-http': plain, ...unknown } = Object.fromEntries(new URLSearchParams(query));
  const [name] = Object.keys(unknown);
  if (name !== undefined) {
    throw new AlbaError('usage', `target ${url}: unknown parameter "${name}"; known is plain-http`);
  }
  if (plain === undefined) return undefined;
  if (plain === 'true' || plain === 'false') return plain === 'true';
  throw new AlbaError('usage', `target ${url}: plain-http must be true or false, not "${plain}"`);
}

/** A colon begins a tag only when no slash follows it, so that `oci:C:\dir` is a path. */
function parseLayoutUrl(url: string): ParsedUrl {
  const rest = url.slice('oci:'.length);
  const colon = rest.lastIndexOf(':');
  const isTagged = colon > 0 && !/[/\\]/.test(rest.slice(colon));
  const path = isTagged ? rest.slice(0, colon) : rest;
  if (path === '') {
    throw new AlbaError('usage', `target "${url}" names no directory: expected oci:./directory[:tag]`);
  }
  return { kind: 'layout', url, text: url, path, ...(isTagged && { tag: parseTag(rest.slice(colon + 1)) }) };
}
