import { buffer } from 'node:stream/consumers';
import type { Node } from '../../../src/content/content.ts';
import { isDocument } from '../../../src/oci/media-type.ts';
import type { FixtureRelease } from '../../retention/releases.ts';

/** A manifest that lies in a registry of the tests. */
export interface StoredManifest {
  readonly digest: string;
  readonly mediaType: string;
  readonly bytes: Buffer;
}

/** The manifests of releases and of what refers to them, each once; what is below a document comes before it. */
export async function manifestsIn(releases: readonly FixtureRelease[]): Promise<StoredManifest[]> {
  const found = new Map<string, StoredManifest>();
  const take = async (node: Node): Promise<void> => {
    const { digest, mediaType } = node.descriptor;
    if (!isDocument(mediaType) || found.has(digest)) return;
    for (const child of node.children) await take(child);
    found.set(digest, { digest, mediaType, bytes: await buffer(node.open()) });
  };
  for (const { root, referrers } of releases) for (const node of [root, ...referrers]) await take(node);
  return [...found.values()];
}
