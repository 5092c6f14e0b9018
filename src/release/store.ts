import { AlbaError } from '../errors.ts';
import { putBytes, readBytes, whereIs } from '../storage/bytes.ts';
import type { ObjectHeaders, Storage } from '../storage/storage.ts';

/** In bytes: a manifest of half a million files; what is larger was not written by this tool. */
const maxDocumentSize = 64 * 1024 * 1024;

/** What may be written anew under its key has to be asked for each time: documents, and all below a tag. */
const cacheControl = 'no-cache';

/** Of the document of a tag, and of the list of tags. */
export const documentType = 'application/json';

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

/**
 * Headers of an object of a release: its type, `no-cache` as every key may be written anew, and at wish `attachment`.
 */
export function headersOf(contentType: string, contentDisposition?: string): ObjectHeaders {
  return { contentType, cacheControl, ...(contentDisposition && { contentDisposition }) };
}

/** The error where a storage has taken an object twice and does not have it. */
export function notKept(storage: Storage, key: string): AlbaError {
  const why = 'was written twice and is not there: the storage says that it keeps what it does not';
  return new AlbaError('target', `${whereIs(storage, key)} ${why}; publish again when that is mended`);
}
