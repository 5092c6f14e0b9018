import { expect, it } from 'vitest';
import { type ImageWithManifest, leaf, openBytes } from '../../../src/content/content.ts';
import { storedLayersOf } from '../../../src/image/rootfs/stored-layers.ts';
import { digestOf } from '../../../src/oci/digest.ts';
import { mediaTypes } from '../../../src/oci/media-type.ts';
import { makeConfig } from '../../fixtures/image.ts';

const platform = { os: 'windows', architecture: 'amd64' };
const node = (mediaType: string, bytes: Buffer) =>
  leaf({ descriptor: { mediaType, digest: digestOf(bytes), size: bytes.length }, open: openBytes(bytes) });

/** An image of layers that stand for theirs, each by a media type. */
function imageOf(layers: readonly string[], listed = layers.length): ImageWithManifest {
  const tars = layers.map((_, index) => Buffer.from(`layer ${index}`));
  const config = node(mediaTypes.oci.config, makeConfig(platform, tars.slice(0, listed)));
  const children = [
    config,
    ...layers.map((mediaType, index) => node(mediaType, tars[index] ?? Buffer.alloc(0))),
  ];
  const manifest = { ...node(mediaTypes.oci.manifest, Buffer.from('{}')), children };
  return { kind: 'with-manifest', origin: 'I', platform, manifest, attestations: [] };
}

const plain = mediaTypes.oci.layer.none;
const foreign = 'application/vnd.docker.image.rootfs.foreign.diff.tar.gzip';

it('layers that are only named by a URL are left out, with a warning, and the others keep their diffIDs', async () => {
  const { layers, warnings } = await storedLayersOf(imageOf([foreign, plain, foreign, plain]));
  expect(layers.map(({ diffId, descriptor }) => [diffId, descriptor?.size])).toEqual([
    [digestOf(Buffer.from('layer 1')), 7],
    [digestOf(Buffer.from('layer 3')), 7],
  ]);
  expect(warnings).toEqual(['I: 2 layers left out that the image only names by a URL']);
  expect((await storedLayersOf(imageOf([plain]))).warnings).toEqual([]);
});

it('an image whose config lists other layers than its manifest is refused', async () => {
  await expect(storedLayersOf(imageOf([plain, plain], 1))).rejects.toThrow(
    'I is damaged: its manifest lists 2 layers, its config 1',
  );
});
