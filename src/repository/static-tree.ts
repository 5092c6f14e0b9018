import type { Descriptor } from '../oci/descriptor.ts';
import { isDocument } from '../oci/media-type.ts';
import { putBytes } from '../storage/bytes.ts';
import type { Storage } from '../storage/storage.ts';

/** What has a digest in its key never changes. Proxies must not compress it: the digest is of these bytes. */
export const immutable = 'public, max-age=31536000, immutable, no-transform';
/** What has a name may change at any moment. */
export const changing = 'no-cache';

/** The folders of a repository in the `/v2/` tree, and the key of its tag list. */
export interface Tree {
  readonly blobs: string;
  readonly manifests: string;
  readonly referrers: string;
  /** Empty objects `<subject>/<referrer>`, for us alone; no repository can have this name. */
  readonly marks: string;
  readonly tagList: string;
}

/** distribution-spec, "Endpoints": a client's requests are the keys. */
export function treeOf(name: string): Tree {
  const root = `v2/${name}`;
  return {
    blobs: `${root}/blobs/`,
    manifests: `${root}/manifests/`,
    referrers: `${root}/referrers/`,
    marks: `${root}/_referrers/`,
    tagList: `${root}/tags/list`,
  };
}

/** The folder that content of this media type is in. */
export function folderOf(tree: Tree, { mediaType }: Descriptor): string {
  return isDocument(mediaType) ? tree.manifests : tree.blobs;
}

/**
 * Lets `GET /v2/` succeed, which podman, skopeo and crane insist on: `v2/` answers on REST-style endpoints,
 * the index document on website endpoints.
 */
export async function ensurePing(storage: Storage): Promise<void> {
  const ensure = async (key: string, bytes: Buffer): Promise<void> => {
    if (await storage.head(key)) return;
    await putBytes(storage, key, bytes, { contentType: 'application/json', cacheControl: changing });
  };
  await Promise.all([ensure('v2/', Buffer.alloc(0)), ensure('v2/index.html', Buffer.from('{}'))]);
}
