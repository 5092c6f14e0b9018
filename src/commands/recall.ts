import type { KnownImage, KnownNode } from '../cache/knowledge.ts';
import type { Blob, Image, LooseImage, Node, Open, SealedImage } from '../content/content.ts';
import { AlbaError } from '../errors.ts';
import type { Digest } from '../oci/digest.ts';

/** What is worth remembering of an image. */
export function toKnown(image: Image): KnownImage {
  const { platform } = image;
  if (image.kind === 'sealed') {
    return {
      kind: 'sealed',
      platform,
      manifest: knownNode(image.manifest),
      attestations: image.attestations.map(knownNode),
    };
  }
  const layers = image.layers.map(({ diffId, size, compressed }) => ({
    diffId,
    size,
    ...(compressed && { compressed: compressed.descriptor }),
  }));
  return { kind: 'loose', platform, config: image.config.descriptor, layers };
}

/** The image as it was remembered; its archive is read and verified when some bytes of it are needed after all. */
export function recall(known: KnownImage, origin: string, read: () => Promise<readonly Image[]>): Image {
  const { platform } = known;
  const blob = (descriptor: Blob['descriptor']): Blob => ({
    descriptor,
    open: opener(origin, descriptor.digest, read),
  });
  if (known.kind === 'loose') {
    const layers = known.layers.map(({ diffId, size, compressed }) => ({
      diffId,
      size,
      open: opener(origin, diffId, read),
      ...(compressed && { compressed: blob(compressed) }),
    }));
    return { kind: 'loose', origin, platform, config: blob(known.config), layers };
  }
  const node = ({ descriptor, children }: KnownNode): Node => ({
    ...blob(descriptor),
    children: children.map(node),
  });
  return {
    kind: 'sealed',
    origin,
    platform,
    manifest: node(known.manifest),
    attestations: known.attestations.map(node),
  };
}

function knownNode({ descriptor, children }: Node): KnownNode {
  return { descriptor, children: children.map(knownNode) };
}

function opener(origin: string, digest: Digest, read: () => Promise<readonly Image[]>): Open {
  return async () => {
    for (const image of await read()) {
      const open = find(image, digest);
      if (open) return open();
    }
    throw new AlbaError('source', `${origin} does not hold ${digest}, as an earlier run remembered it to`);
  };
}

function find(image: Image, digest: Digest): Open | undefined {
  return image.kind === 'loose' ? findLoose(image, digest) : findSealed(image, digest);
}

function findLoose({ config, layers }: LooseImage, digest: Digest): Open | undefined {
  if (config.descriptor.digest === digest) return config.open;
  const layer = layers.find(
    ({ diffId, compressed }) => diffId === digest || compressed?.descriptor.digest === digest,
  );
  return layer?.diffId === digest ? layer.open : layer?.compressed?.open;
}

function findSealed({ manifest, attestations }: SealedImage, digest: Digest): Open | undefined {
  const search = (node: Node): Open | undefined =>
    node.descriptor.digest === digest
      ? node.open
      : node.children.map(search).find((open) => open !== undefined);
  return [manifest, ...attestations].map(search).find((open) => open !== undefined);
}
