import * as v from 'valibot';
import { AlbaError } from '../errors.ts';
import type { Descriptor } from '../oci/descriptor.ts';
import { digestOf, hexOf } from '../oci/digest.ts';
import { parseJson } from '../oci/manifest.ts';
import { isDocument, mediaTypes } from '../oci/media-type.ts';
import type { Progress } from '../progress/progress.ts';
import { manifestName } from './docker-archive.ts';
import { type FoundImages, findImages } from './find-images.ts';
import { type Member, type Members, readMember } from './members.ts';

/** Beside the manifest, what says that a folder is one of skopeo's (containers-image, directory transport, `dir:`). */
export const versionName = 'version';

const kindSchema = v.looseObject({
  schemaVersion: v.optional(
    v.literal(2, 'it is of schema 1, which is out of use: copy it with skopeo copy --format oci'),
  ),
  mediaType: v.optional(v.string()),
  manifests: v.optional(v.unknown()),
});

/** What a `dir:` folder holds. */
export interface SkopeoFolder {
  readonly root: Descriptor;
  /** The file of a document or a blob. */
  find(descriptor: Descriptor): Promise<Member | undefined>;
}

/** The images of a `dir:` folder. */
export async function readSkopeoFolder(folder: Members, progress: Progress): Promise<FoundImages> {
  const { root, find } = await openSkopeoFolder(folder);
  return findImages({ origin: folder.origin, areHere: true, find }, [root], progress);
}

/** A `dir:` folder: its root is manifest.json, other manifests are `<hex>.manifest.json`, blobs `<hex>`. */
export async function openSkopeoFolder(folder: Members): Promise<SkopeoFolder> {
  const member = await folder.find(manifestName);
  if (!member)
    throw new AlbaError(
      'source',
      `${folder.origin} is incomplete: ${manifestName} is not in it; was all of it copied?`,
    );
  const bytes = await readMember(member);
  const kind = parseJson(kindSchema, bytes, member.origin);
  const usual = kind.manifests === undefined ? mediaTypes.oci.manifest : mediaTypes.oci.index;
  const root = { mediaType: kind.mediaType ?? usual, digest: digestOf(bytes), size: bytes.length };
  if (!isDocument(root.mediaType)) {
    throw new AlbaError('source', `${member.origin} is no image but ${root.mediaType}`);
  }
  const find = async ({ digest }: Descriptor) => {
    if (digest === root.digest) return member;
    return (await folder.find(`${hexOf(digest)}.manifest.json`)) ?? folder.find(hexOf(digest));
  };
  return { root, find };
}
