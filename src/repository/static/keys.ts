import type { Descriptor } from '../../oci/descriptor.ts';
import { isDocument } from '../../oci/media-type.ts';

/** The folder that all repositories are in: a client's requests are the keys (distribution-spec 1.1, "Endpoints"). */
export const rootFolder = 'v2';

/** The folders of one repository; no other repository's name goes on with one of them. */
export const folders = {
  blobs: 'blobs',
  manifests: 'manifests',
  referrers: 'referrers',
  tags: 'tags',
  /** For us alone; no repository can have this name. */
  marks: '_referrers',
} as const;

/** The key that tells of the last deletion, below its repository; for us alone, too. */
const sweepMarkName = '_sweep';

/** The key of the tag list, below its repository. */
export const tagListName = `${folders.tags}/list`;

/** The folders of a repository as the beginnings of keys, the key of its tag list, and that of its last deletion. */
export interface Tree {
  readonly blobs: string;
  readonly manifests: string;
  readonly referrers: string;
  /** Empty objects `<subject>/<referrer>`. */
  readonly marks: string;
  readonly tagList: string;
  readonly sweepMark: string;
}

/** The keys of the repository of a name (`org/app`). */
export function treeOf(name: string): Tree {
  const root = `${rootFolder}/${name}`;
  return {
    blobs: `${root}/${folders.blobs}/`,
    manifests: `${root}/${folders.manifests}/`,
    referrers: `${root}/${folders.referrers}/`,
    marks: `${root}/${folders.marks}/`,
    tagList: `${root}/${tagListName}`,
    sweepMark: `${root}/${sweepMarkName}`,
  };
}

/** The folder that content of this media type is in. */
export function contentFolder(tree: Tree, { mediaType }: Descriptor): string {
  return isDocument(mediaType) ? tree.manifests : tree.blobs;
}

/** `v2/` answers `GET /v2/` on REST-style endpoints, the index document on website endpoints. */
export const pingKeys = { rest: `${rootFolder}/`, website: `${rootFolder}/index.html` } as const;

/** What one key of a repository holds. */
type KeyKind = 'blob' | 'manifest' | 'referrers' | 'tag list';

const kinds: readonly (readonly [KeyKind, RegExp])[] = [
  ['blob', keysLike(`${folders.blobs}/[^/]+`)],
  ['manifest', keysLike(`${folders.manifests}/[^/]+`)],
  ['referrers', keysLike(`${folders.referrers}/[^/]+`)],
  ['tag list', keysLike(tagListName)],
];

/** What a key of any repository holds, undefined for all that clients do not ask a repository for. */
export function kindOfKey(key: string): KeyKind | undefined {
  return kinds.find(([, pattern]) => pattern.test(key))?.[0];
}

function keysLike(end: string): RegExp {
  return new RegExp(`^${rootFolder}/.+/${end}$`);
}
