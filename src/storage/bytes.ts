import { openBytes } from '../content/content.ts';
import { readCapped } from '../content/verify.ts';
import type { ObjectHeaders, Storage } from './storage.ts';

/** A key, for messages: where it lies. */
export function whereIs(storage: Storage, key: string): string {
  return `${storage.url.replace(/\/$/, '')}/${storage.pathOf?.(key) ?? key}`;
}

/** The whole of a small object, of at most `limit` bytes; undefined where it is missing. */
export async function readBytes(storage: Storage, key: string, limit?: number): Promise<Buffer | undefined> {
  const stream = await storage.get(key);
  return stream && readCapped(() => stream, whereIs(storage, key), 'target', limit);
}

/** Stores an object whose bytes are at hand. */
export function putBytes(
  storage: Storage,
  key: string,
  bytes: Buffer,
  headers: ObjectHeaders,
): Promise<void> {
  return storage.put(key, { size: bytes.length, open: openBytes(bytes) }, headers);
}
