import { createHash } from 'node:crypto';
import * as v from 'valibot';

/** What is at a path below `/v2/<name>/`; undefined where nothing is. */
export type Get = (path: string) => Promise<Buffer | undefined>;

const documentSchema = v.object({
  manifests: v.optional(v.array(v.object({ digest: v.string(), size: v.number() })), []),
  layers: v.optional(v.array(v.object({ digest: v.string(), size: v.number() })), []),
  config: v.optional(v.object({ digest: v.string(), size: v.number() })),
});

/**
 * Reads all that a tag leads to, with nothing of alba's own, but for what was seen a moment ago; gives its digest, undefined where it
 * is not there. Throws what is missing or wrong.
 */
export async function readTag(
  get: Get,
  tag: string,
  seen: Set<string> = new Set(),
): Promise<string | undefined> {
  const root = await get(`manifests/${tag}`);
  if (!root) return undefined;
  const read = async (kind: string, digest: string, size: number): Promise<Buffer> => {
    const bytes = await get(`${kind}/${digest}`);
    if (!bytes) throw new Error(`${tag} leads to ${kind}/${digest}, which is missing`);
    if (bytes.length !== size || sha256(bytes) !== digest)
      throw new Error(`${kind}/${digest} is other bytes`);
    return bytes;
  };
  const isNew = (digest: string): boolean => {
    if (seen.has(digest)) return false;
    seen.add(digest);
    return true;
  };
  const visit = async (bytes: Buffer): Promise<void> => {
    const { manifests, layers, config } = v.parse(documentSchema, JSON.parse(bytes.toString()));
    if (manifests.length + layers.length === 0) throw new Error(`${tag} leads to nothing`);
    for (const { digest, size } of manifests)
      if (isNew(digest)) await visit(await read('manifests', digest, size));
    for (const { digest, size } of config ? [config, ...layers] : layers)
      if (isNew(digest)) await read('blobs', digest, size);
  };
  await visit(root);
  return sha256(root);
}

function sha256(bytes: Buffer): string {
  return `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
}
