import * as v from 'valibot';
import { AlbaError } from '../errors.ts';
import type { Digest } from '../oci/digest.ts';
import { blobName, indexName, layoutName } from '../oci/layout.ts';
import { parseIndex, parseJson } from '../oci/manifest.ts';
import type { Progress } from '../progress/progress.ts';
import { readOrContradict } from './contradiction.ts';
import { type FoundImages, findImages } from './find-images.ts';
import { type Members, readMember } from './members.ts';

const layoutSchema = v.looseObject({
  imageLayoutVersion: v.pipe(v.string(), v.regex(/^1\./, 'expected version 1.0.0')),
});

/**
 * The images of an OCI layout. Every blob is verified; manifests keep their bytes. The marker that says what it is may be
 * missing, as most readers do not look at it.
 */
export async function readLayout(
  layout: Members,
  progress: Progress,
  options: { readonly partial?: boolean } = {},
): Promise<FoundImages> {
  const marker = await layout.find(layoutName);
  if (marker) parseJson(layoutSchema, await readMember(marker), `${layout.origin} (${layoutName})`);
  const index = await layout.find(indexName);
  if (!index) throw incomplete(layout, indexName);
  const bytes = await readMember(index);
  const root = readOrContradict(() => parseIndex(bytes, `${layout.origin} (${indexName})`));
  if (!marker && root.manifests.length === 0) throw incomplete(layout, layoutName);
  const blobs = {
    origin: layout.origin,
    areHere: true,
    find: ({ digest }: { digest: Digest }) => layout.find(blobName(digest)),
  };
  return findImages(blobs, root.manifests, progress, options);
}

function incomplete({ origin }: Members, name: string): AlbaError {
  return new AlbaError(
    'source',
    `${origin} is no complete OCI layout: ${name} is not in it; was all of it copied?`,
  );
}
