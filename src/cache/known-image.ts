import { absent, gone, type Image, leaf, type Node } from '../content/content.ts';
import { readDocument } from '../content/verify.ts';
import { AlbaError } from '../errors.ts';
import { digestOf } from '../oci/digest.ts';
import { parseManifest } from '../oci/manifest.ts';
import { isForeign } from '../oci/media-type.ts';
import type { KnownImage, KnownManifest } from './knowledge.ts';

/** What is worth remembering of an image. Reads its manifests, if it has any. */
export async function encodeImage(image: Image): Promise<KnownImage> {
  const { platform } = image;
  if (image.kind === 'with-manifest') {
    const [manifest, attestations] = await Promise.all([
      encodeManifest(image.manifest),
      Promise.all(image.attestations.map(encodeManifest)),
    ]);
    return { kind: 'sealed', platform, manifest, attestations };
  }
  const layers = image.layers.map(({ diffId, size, compressed }) => ({
    diffId,
    size,
    ...(compressed && { compressed: compressed.descriptor }),
  }));
  return { kind: 'loose', platform, config: image.config.descriptor, layers };
}

/**
 * The image as it was remembered, without bytes: good for finding out whether it is published, and only for that.
 * `origin` is the artifact, for messages. Throws where what is remembered contradicts itself.
 */
export function decodeImage(known: KnownImage, origin: string): Image {
  const { platform } = known;
  if (known.kind === 'sealed') {
    const [manifest, attestations] = [decodeManifest(known.manifest), known.attestations.map(decodeManifest)];
    return { kind: 'with-manifest', origin, platform, manifest, attestations };
  }
  const layers = known.layers.map(({ diffId, size, compressed }) => ({
    diffId,
    size,
    open: gone({ digest: diffId }),
    ...(compressed && { compressed: absent(compressed) }),
  }));
  return { kind: 'without-manifest', origin, platform, config: absent(known.config), layers };
}

/** A manifest or an index with its text, which is read for that. */
export async function encodeManifest(manifest: Node): Promise<KnownManifest> {
  const { descriptor } = manifest;
  const bytes = await readDocument(manifest, descriptor.digest);
  return { descriptor, document: bytes.toString('utf8') };
}

function decodeManifest(known: KnownManifest): Node {
  const { descriptor } = known;
  const { config, layers } = parseManifest(checkedDocument(known), descriptor.digest);
  const present = [config, ...layers].filter(({ mediaType }) => !isForeign(mediaType));
  return { ...absent(descriptor), children: present.map((child) => leaf(absent(child))) };
}

/** The bytes of what was remembered. Throws where they are not those that it is named for. */
export function checkedDocument({ descriptor, document }: KnownManifest): Buffer {
  const bytes = Buffer.from(document);
  if (digestOf(bytes) === descriptor.digest && bytes.length === descriptor.size) return bytes;
  throw new AlbaError('source', `what is remembered of ${descriptor.digest} is something else`);
}
