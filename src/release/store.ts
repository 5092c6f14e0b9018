import { putBytes, readBytes } from '../storage/bytes.ts';
import type { ObjectHeaders, Storage } from '../storage/storage.ts';

/** In bytes: a manifest of half a million files; what is larger was not written by this tool. */
const maxDocumentSize = 64 * 1024 * 1024;

/** What may be written anew under its key has to be asked for each time: documents, and all below a tag. */
const cacheControl = 'no-cache';

/** The whole of a small object, undefined where it is missing. */
export function readObject(storage: Storage, key: string): Promise<Buffer | undefined> {
  return readBytes(storage, key, maxDocumentSize);
}

/** Stores the whole of a small object. */
export function writeObject(
  storage: Storage,
  key: string,
  bytes: Buffer,
  contentType: string,
): Promise<void> {
  return putBytes(storage, key, bytes, headersOf(contentType));
}

/** What is kept beside every object of a release. */
export function headersOf(contentType: string, contentDisposition?: string): ObjectHeaders {
  return { contentType, cacheControl, ...(contentDisposition && { contentDisposition }) };
}
