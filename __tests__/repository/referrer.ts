import { Readable } from 'node:stream';
import type { Node } from '../../src/content/content.ts';
import { leaf, openLater } from '../../src/content/content.ts';
import type { Descriptor } from '../../src/oci/descriptor.ts';
import { formatDocument, parseManifest, parseSuccessors } from '../../src/oci/manifest.ts';
import { mediaTypes } from '../../src/oci/media-type.ts';
import type { RepositoryReader, RepositoryWriter } from '../../src/repository/repository.ts';
import { bytesOf } from '../fixtures/read.ts';
import { blobOf } from './release.ts';

const empty = blobOf('application/vnd.oci.empty.v1+json', Buffer.from('{}'));

/** An artifact about a manifest, as oras and the attest action make them. */
export function makeReferrer(
  { mediaType, digest, size }: Descriptor,
  text: string,
  more: { artifactType?: string; annotations?: Record<string, string> } = { artifactType: 'test/signature' },
): Node {
  const layer = blobOf('text/plain', Buffer.from(text));
  const manifest = formatDocument({
    schemaVersion: 2,
    mediaType: mediaTypes.oci.manifest,
    ...more,
    config: empty.descriptor,
    layers: [layer.descriptor],
    subject: { mediaType, digest, size },
  });
  return { ...blobOf(mediaTypes.oci.manifest, manifest), children: [leaf(empty), leaf(layer)] };
}

/** Sends a manifest with what it points to. */
export async function pushAll(repository: RepositoryWriter, node: Node): Promise<void> {
  for (const child of node.children) await pushAll(repository, child);
  await repository.push(node);
}

/** Takes what refers to a manifest, and what refers to that, from one repository to another. */
export async function copyReferrers(
  from: RepositoryReader,
  to: RepositoryWriter,
  subject: Descriptor,
): Promise<number> {
  const referrers = await from.referrers(subject.digest);
  let count = referrers.length;
  for (const referrer of referrers) {
    const bytes = Buffer.concat(await (await from.fetch(referrer)).toArray());
    for (const child of parseSuccessors(referrer.mediaType, bytes, referrer.digest)) {
      await to.push({ descriptor: child, open: openLater(() => from.fetch(child)) });
    }
    await to.push({ descriptor: referrer, open: () => Readable.from([bytes], { objectMode: false }) });
    count += await copyReferrers(from, to, referrer);
  }
  return count;
}

/** The entry that a list has for it. */
export async function entryOf({ descriptor, open }: Node): Promise<Descriptor> {
  const bytes = await bytesOf(open);
  const { artifactType, annotations, config } = parseManifest(bytes, descriptor.digest);
  return {
    ...descriptor,
    artifactType: artifactType ?? config.mediaType,
    ...(annotations && { annotations }),
  };
}
