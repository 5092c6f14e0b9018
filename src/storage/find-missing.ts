import { pMapIterable } from 'p-map';
import type { Storage } from './storage.ts';

/** Keys that are asked for at once. */
const concurrency = 16;

/** What has to be under a key. */
export interface ExpectedObject {
  /** In bytes. */
  readonly size: number;
  /** Where the object was written over another one: by the storage's clock it is not older than this. */
  readonly since?: Date;
}

/**
 * Reads back what was written: the keys, all of them below `prefix`, that are not there as expected. One LIST
 * tells of all; what it lacks is asked for by itself, since lists lag behind on some servers, and on others hide
 * what is below a key that is an object.
 */
export async function findMissing(
  storage: Storage,
  prefix: string,
  expected: ReadonlyMap<string, ExpectedObject>,
): Promise<string[]> {
  const missing = new Map(expected);
  for await (const { key, size, modified } of storage.list(prefix)) {
    if (isMet(missing.get(key), size, modified)) missing.delete(key);
  }
  const unlisted = [...missing.keys()];
  const heads = pMapIterable(unlisted, (key) => storage.head(key), { concurrency });
  for await (const head of heads) {
    if (head && isMet(missing.get(head.key), head.size, head.modified)) missing.delete(head.key);
  }
  return [...missing.keys()];
}

function isMet(expected: ExpectedObject | undefined, size: number, modified: Date): boolean {
  return expected?.size === size && (expected.since === undefined || modified >= expected.since);
}
