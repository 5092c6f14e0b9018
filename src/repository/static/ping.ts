import { putBytes } from '../../storage/bytes.ts';
import type { Storage } from '../../storage/storage.ts';
import { changing } from './caching.ts';
import { pingKeys } from './keys.ts';

/** Lets `GET /v2/` succeed, which podman, skopeo and crane insist on. What is there stays. */
export async function ensurePing(storage: Storage): Promise<void> {
  const ensure = async (key: string, bytes: Buffer): Promise<void> => {
    if (await storage.head(key)) return;
    await putBytes(storage, key, bytes, { contentType: 'application/json', cacheControl: changing });
  };
  await Promise.all([ensure(pingKeys.rest, Buffer.alloc(0)), ensure(pingKeys.website, Buffer.from('{}'))]);
}
