import { AlbaError } from '../errors.ts';
import { compareText } from '../oci/compare.ts';
import type { Descriptor } from '../oci/descriptor.ts';
import type { Digest } from '../oci/digest.ts';
import { parseIndex } from '../oci/manifest.ts';
import { isDocument, isIndex } from '../oci/media-type.ts';
import { parseReferrer } from '../oci/referrer.ts';

/** How many manifests of a layout are looked at: it has no list of referrers, each has to be read. */
const mostDocuments = 10_000;

/**
 * The manifests about a subject among all that these entries lead to. `read` gives the verified bytes of a
 * manifest, undefined where the layout does not hold it: some tools save a part of what they list.
 */
export async function findReferrers(
  entries: readonly Descriptor[],
  subject: Digest,
  read: (descriptor: Descriptor) => Promise<Buffer | undefined>,
  where: string,
): Promise<Descriptor[]> {
  const found: Descriptor[] = [];
  const seen = new Set<Digest>();
  const waiting = [...entries];
  for (let entry = waiting.pop(); entry; entry = waiting.pop()) {
    const { digest, mediaType } = entry;
    if (seen.has(digest) || !isDocument(mediaType)) continue;
    seen.add(digest);
    if (seen.size > mostDocuments) {
      const limit = `more than ${mostDocuments} manifests`;
      throw new AlbaError('target', `${where} holds ${limit}: too many to look for referrers`);
    }
    const bytes = await read(entry);
    if (!bytes) continue;
    const referrer = parseReferrer(entry, bytes, digest);
    if (referrer?.subject === subject) found.push(referrer.descriptor);
    if (isIndex(mediaType)) waiting.push(...parseIndex(bytes, digest).manifests);
  }
  return found.sort((a, b) => compareText(a.digest, b.digest));
}
