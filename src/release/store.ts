import { Readable } from 'node:stream';
import { readCapped } from '../content/verify.ts';
import type { ObjectHeaders, Storage } from '../storage/storage.ts';

/** In bytes: a manifest of half a million files; what is larger was not written by this tool. */
const maxDocumentSize = 64 * 1024 * 1024;

/** What may be written anew under its key has to be asked for each time: documents, and all below a tag. */
const cacheControl = 'no-cache';

/** The whole of a small object, undefined where it is missing. */
export async function readObject(storage: Storage, key: string): Promise<Buffer | undefined> {
  const source = await storage.get(key);
  if (!source) return undefined;
  return readCapped(() => source, whereIs(storage, key), 'target', maxDocumentSize);
}

/** Stores the whole of a small object. */
export async function writeObject(
  storage: Storage,
  key: string,
  bytes: Buffer,
  contentType: string,
): Promise<void> {
  const open = (): Readable => Readable.from([bytes], { objectMode: false });
  await storage.put(key, { size: bytes.length, open }, headersOf(contentType));
}

export function headersOf(contentType: string, contentDisposition?: string): ObjectHeaders {
  return { contentType, cacheControl, ...(contentDisposition && { contentDisposition }) };
}

/** A key, for messages. */
export function whereIs(storage: Storage, key: string): string {
  return `${storage.url.replace(/\/$/, '')}/${key}`;
}
