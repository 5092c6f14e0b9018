import { AlbaError } from '../../errors.ts';
import { digestOf, isDigest } from '../../oci/digest.ts';
import { readBytes, whereIs } from '../../storage/bytes.ts';
import type { Storage } from '../../storage/storage.ts';
import type { Tree } from './keys.ts';

/**
 * Throws unless a manifest that is there under its digest is served with its own bytes and media type, as clients insist on
 * (distribution-spec 1.1, "Pulling manifests"), by a storage that can list what it holds, as tags are listed by that. For web
 * servers: all else keeps what it is given.
 */
export async function assertServed(
  storage: Storage,
  tree: Tree,
  bytes: Buffer,
  mediaType: string,
): Promise<void> {
  if (!storage.contentTypeOf) return;
  const key = tree.manifests + digestOf(bytes);
  const where = whereIs(storage, key);
  const [found, served] = await Promise.all([readBytes(storage, key), storage.contentTypeOf(key)]);
  const instead = 'publish to a registry (docker://…), a bucket or a directory instead; no tag was written';
  if (!found?.equals(bytes)) {
    throw new AlbaError('target', `${where} is served with other bytes than were written: ${instead}`);
  }
  const [type = ''] = (served ?? '').split(';');
  if (type.trim().toLowerCase() !== mediaType.toLowerCase()) {
    throw new AlbaError(
      'target',
      `${where} is served as ${type.trim() || 'no type at all'}, where clients insist on ${mediaType}: the server does not keep the types of files, so nobody could pull; ${instead}`,
    );
  }
  for await (const { key: listed } of storage.list(tree.manifests, { shallow: true })) {
    if (isDigest(listed.slice(tree.manifests.length))) break;
  }
}
