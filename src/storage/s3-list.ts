import { AlbaError } from '../errors.ts';
import type { ListPage, ObjectHead } from './s3-list-page.ts';
import type { KeyRange, StoredObject } from './storage.ts';

/** Of a list; ten million objects. */
const mostPages = 10_000;

/** How objects are listed. */
export interface Listing {
  /** For messages: the prefix, and where. */
  readonly what: string;
  /** In characters: of keys in the bucket before those of the storage. */
  readonly skip: number;
  /** Keys beyond it are not given, nor asked for. */
  readonly range: KeyRange | undefined;
  ask(continuationToken: string | undefined): Promise<ListPage>;
}

/** All objects of a listing, page by page. One that breaks off, or has no end, is an error. */
export async function* listObjects({ what, skip, range, ask }: Listing): AsyncGenerator<StoredObject> {
  let token: string | undefined;
  for (let pages = 1; ; pages += 1) {
    const page = await ask(token);
    for (const { Key, ...found } of page.Contents ?? []) {
      const key = Key?.slice(skip);
      if (key === undefined || (range && key <= range.after)) continue;
      if (range && key >= range.before) return;
      yield storedObject(key, found);
    }
    const next = page.NextContinuationToken;
    if (!next && page.IsTruncated) {
      throw new AlbaError('target', `cannot list ${what}: the list breaks off after ${pages} pages`);
    }
    if (!next) return;
    if (next === token || pages === mostPages) {
      throw new AlbaError('target', `cannot list ${what}: the list does not end after ${pages} pages`);
    }
    token = next;
  }
}

/** An object as the SDK tells of it. */
export function storedObject(
  key: string,
  { Size = 0, LastModified = new Date(0), ETag }: ObjectHead,
): StoredObject {
  return { key, size: Size, modified: LastModified, ...(ETag && { etag: ETag }) };
}
