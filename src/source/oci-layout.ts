import * as v from 'valibot';
import type { ImageWithManifest } from '../content/content.ts';
import { AlbaError } from '../errors.ts';
import type { Digest } from '../oci/digest.ts';
import { blobName, indexName, layoutName } from '../oci/layout.ts';
import { parseIndex, parseJson } from '../oci/manifest.ts';
import type { Progress } from '../progress/progress.ts';
import { findImages } from './find-images.ts';
import { type Members, readMember } from './members.ts';

const layoutSchema = v.looseObject({
  imageLayoutVersion: v.pipe(v.string(), v.regex(/^1\./, 'expected version 1.0.0')),
});

/** The images of an OCI layout. Every blob is verified; manifests keep their bytes. */
export async function readLayout(
  layout: Members,
  progress: Progress,
  options: { readonly partial?: boolean } = {},
): Promise<readonly ImageWithManifest[]> {
  const marker = await readRequired(layout, layoutName);
  parseJson(layoutSchema, marker, `${layout.origin} (${layoutName})`);
  const root = parseIndex(await readRequired(layout, indexName), `${layout.origin} (${indexName})`);
  const blobs = {
    origin: layout.origin,
    find: ({ digest }: { digest: Digest }) => layout.find(blobName(digest)),
  };
  const { images } = await findImages(blobs, root.manifests, progress, options);
  return images;
}

async function readRequired(layout: Members, name: string): Promise<Buffer> {
  const member = await layout.find(name);
  if (member) return readMember(member);
  throw new AlbaError('source', `${layout.origin} is no complete OCI layout: ${name} is not in it`);
}
