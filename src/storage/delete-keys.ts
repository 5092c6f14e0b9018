import pMap from 'p-map';
import type { Storage } from './storage.ts';

/** In one request, where a storage takes many: what S3 allows. */
const mostAtOnce = 1_000;
/** Requests for one key each that are under way. */
const concurrency = 16;

/** Deletes keys in their order, many with one request where the storage can; `before` is asked before each request. */
export async function deleteKeys(
  storage: Storage,
  keys: readonly string[],
  before: () => Promise<void> = async () => {},
): Promise<void> {
  for (let at = 0; at < keys.length; at += mostAtOnce) {
    const batch = keys.slice(at, at + mostAtOnce);
    await before();
    if (await storage.deleteMany?.(batch)) continue;
    await pMap(
      batch,
      async (key) => {
        await before();
        await storage.delete(key);
      },
      { concurrency },
    );
  }
}
