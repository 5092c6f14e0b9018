import pMap from 'p-map';
import { messageOf } from '../errors.ts';
import { type Digest, digestOf } from '../oci/digest.ts';
import { isTag } from '../oci/reference.ts';
import { sum } from '../progress/sum.ts';
import type { Storage } from '../storage/storage.ts';
import { checksumsName } from './checksums.ts';
import type { TagManifest } from './documents.ts';
import { openDocuments } from './in-folders.ts';
import { isReserved, listKey, tagKey } from './keys.ts';
import { readTagDocument } from './published.ts';
import { readTagList } from './tags.ts';

/** Documents that are read at once. */
const concurrency = 16;

/** One tag of plain files as it is stored. */
export interface StoredRelease {
  readonly tag: string;
  /** Of its document. */
  readonly digest: Digest;
  readonly manifest: TagManifest;
  /** When its document was written. */
  readonly modified: Date;
  /** In bytes: of its files. */
  readonly size: number;
  /** Why no rule lets it go, where none does. */
  readonly keptBecause?: string;
}

/** Files below a tag that has no document: of one that was deleted, or is about to be published. */
export interface LooseFiles {
  readonly tag: string;
  /** When the youngest was written. */
  readonly modified: Date;
  /** In bytes. */
  readonly size: number;
}

/** All that is stored of a name. */
export interface Holdings {
  /** Through which its documents are read and written. */
  readonly storage: Storage;
  /** In the order of the tag list, newest first; what that lacks comes last. */
  readonly releases: readonly StoredRelease[];
  readonly loose: readonly LooseFiles[];
  /** What cannot be read, a sentence each. */
  readonly obstacles: readonly string[];
}

/** Reads what is stored of a name: the tag list, one LIST, and the document of each tag. */
export async function readHoldings(storage: Storage, name: string): Promise<Holdings> {
  const home = await openDocuments(storage, name);
  const listed = (await readTagList(home, name))?.tags ?? [];
  const folders = await readFolders(home, name);
  const tags = [...new Set([...listed, ...folders.keys()])].filter((tag) => isTag(tag) && !isReserved(tag));
  const obstacles: string[] = [];
  const loose: LooseFiles[] = [];
  const read = async (tag: string): Promise<StoredRelease[]> => {
    const release = { name, tag };
    const { size = 0, modified = new Date(0), hasChecksums = false } = folders.get(tag) ?? {};
    try {
      const [document, head] = await Promise.all([
        readTagDocument(home, release),
        home.head(tagKey(release)),
      ]);
      if (document && head) {
        const { bytes, manifest } = document;
        return [
          {
            tag,
            digest: digestOf(bytes),
            manifest,
            modified: head.modified,
            size: size || toldSize(manifest),
          },
        ];
      }
      // Without them it may be a name of its own: `org/app` beside the tags of `org`.
      if (hasChecksums) loose.push({ tag, modified, size });
    } catch (failure) {
      if (listed.includes(tag)) obstacles.push(messageOf(failure));
    }
    return [];
  };
  const releases = (await pMap(tags, read, { concurrency })).flat();
  return { storage: home, releases, loose, obstacles };
}

interface Folder {
  readonly size: number;
  readonly modified: Date;
  readonly hasChecksums: boolean;
}

/** What lies below each tag; servers that list nothing below a key that is an object tell nothing of some. */
async function readFolders(storage: Storage, name: string): Promise<Map<string, Folder>> {
  const prefix = `${listKey(name)}/`;
  const folders = new Map<string, Folder>();
  for await (const { key, size, modified } of storage.list(prefix)) {
    const [tag = '', ...rest] = key.slice(prefix.length).split('/');
    const known = folders.get(tag) ?? { size: 0, modified, hasChecksums: false };
    folders.set(tag, {
      size: known.size + (rest.length > 0 ? size : 0),
      modified: modified > known.modified ? modified : known.modified,
      hasChecksums: known.hasChecksums || rest.join('/') === checksumsName,
    });
  }
  return folders;
}

function toldSize({ flavors }: TagManifest): number {
  return sum(flavors.flatMap(({ resources }) => resources.map(({ size = 0 }) => size)));
}
