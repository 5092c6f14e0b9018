import type { KnownImage, KnownManifest } from '../cache/knowledge.ts';
import { absent, gone, type Image, leaf, type Node } from '../content/content.ts';
import { readDocument } from '../content/verify.ts';
import { AlbaError } from '../errors.ts';
import { digestOf } from '../oci/digest.ts';
import { parseManifest } from '../oci/manifest.ts';
import { isForeign } from '../oci/media-type.ts';

/** What is worth remembering of an image. */
export async function toKnown(image: Image): Promise<KnownImage> {
  const { platform } = image;
  if (image.kind === 'sealed') {
    const manifest = await knownManifest(image.manifest);
    return {
      kind: 'sealed',
      platform,
      manifest,
      attestations: await Promise.all(image.attestations.map(knownManifest)),
    };
  }
  const layers = image.layers.map(({ diffId, size, compressed }) => ({
    diffId,
    size,
    ...(compressed && { compressed: compressed.descriptor }),
  }));
  return { kind: 'loose', platform, config: image.config.descriptor, layers };
}

/**
 * The image as it was remembered, without bytes: good for finding out whether it is published, and only for
 * that. Throws where what is remembered contradicts itself.
 */
export function recall(known: KnownImage, origin: string): Image {
  const { platform } = known;
  if (known.kind === 'loose') {
    const layers = known.layers.map(({ diffId, size, compressed }) => ({
      diffId,
      size,
      open: gone({ digest: diffId }),
      ...(compressed && { compressed: absent(compressed) }),
    }));
    return { kind: 'loose', origin, platform, config: absent(known.config), layers };
  }
  return {
    kind: 'sealed',
    origin,
    platform,
    manifest: recallManifest(known.manifest),
    attestations: known.attestations.map(recallManifest),
  };
}

async function knownManifest({ descriptor, open }: Node): Promise<KnownManifest> {
  const bytes = await readDocument({ descriptor, open }, descriptor.digest);
  return { descriptor, document: bytes.toString('utf8') };
}

function recallManifest({ descriptor, document }: KnownManifest): Node {
  const bytes = Buffer.from(document);
  if (digestOf(bytes) !== descriptor.digest || bytes.length !== descriptor.size) {
    throw new AlbaError('source', `what is remembered of ${descriptor.digest} is something else`);
  }
  const { config, layers } = parseManifest(bytes, descriptor.digest);
  const present = [config, ...layers].filter(({ mediaType }) => !isForeign(mediaType));
  return { ...absent(descriptor), children: present.map((child) => leaf(absent(child))) };
}
