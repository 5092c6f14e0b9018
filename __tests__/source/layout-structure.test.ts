import { join } from 'node:path';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { readPublishedLayout } from '../../scripts/fuzz/published-layout.ts';
import { containerPush } from '../../src/commands/container/push.ts';
import { AlbaError } from '../../src/errors.ts';
import type { Descriptor } from '../../src/oci/descriptor.ts';
import { digestOf } from '../../src/oci/digest.ts';
import { mediaTypes } from '../../src/oci/media-type.ts';
import { requestOf } from '../commands/container/request.ts';
import { type FixtureImage, makeConfig, makeImage } from '../fixtures/image.ts';
import { compress, compressions, FixtureLayout } from '../fixtures/oci-layout.ts';
import { silent } from '../fixtures/silent.ts';
import { tar } from '../fixtures/tar.ts';
import { useTemporary } from '../fixtures/temporary.ts';

const temporary = useTemporary();
let made = 0;

const structures = fc.record({
  images: fc.array(
    fc.record({
      layers: fc.array(fc.nat(3000), { maxLength: 3 }),
      compression: fc.constantFrom(...compressions),
      /** What the media type of its layers says. */
      told: fc.constantFrom('the truth', 'the truth', 'gzip'),
      isAttested: fc.boolean(),
      /** Whether its config has another diffID than its last layer. */
      isLying: fc.constantFrom(false, false, false, false, true),
      /** What the index says of its platform. */
      platform: fc.constantFrom('all', 'none'),
    }),
    { minLength: 1, maxLength: 3 },
  ),
  /** How deep the images are in indexes below index.json. */
  depth: fc.nat(3),
  /** Whether index.json names them, too. */
  isListedTwice: fc.boolean(),
  kind: fc.constantFrom('folder', 'layout', 'both', 'both, and index.json is wrong'),
  hasMarker: fc.constantFrom(true, true, false),
  packed: fc.constantFrom(...compressions),
});

type Structure = typeof structures extends fc.Arbitrary<infer S> ? S : never;

const architectures = ['amd64', 'arm64', 'riscv64'];

it('however a layout is built, what is published inflates to what its config says and was given, or the run fails', async () => {
  const check = async (structure: Structure) => {
    const images = structure.images.map(({ layers }, index) =>
      makeImage({ os: 'linux', architecture: architectures[index] ?? '' }, { seed: `${index}`, layers }),
    );
    const { artifact, root } = await build(structure, images);
    const target = `${made}-out`;
    const input = { artifacts: [artifact], targets: [`oci:./${target}:1`] };
    const result = await requestOf(input, temporary.path)
      .then((request) => containerPush(request, silent))
      .catch((error: unknown) => error);
    const isLying = structure.images.some((image) => image.isLying && image.layers.length > 0);
    if (isLying) {
      expect(result).toBeInstanceOf(AlbaError);
      return;
    }
    if (root) expect(result).toMatchObject({ digest: root.digest });
    const published = await readPublishedLayout(join(temporary.path, target));
    const found = published.map(({ platform, layers }) => [
      platform.architecture,
      ...layers.map(({ diffId }) => diffId),
    ]);
    const given = images.map(({ platform, layers }) => [platform.architecture, ...layers.map(digestOf)]);
    expect(found.sort()).toEqual(given.sort());
  };
  await fc.assert(fc.asyncProperty(structures, check), { seed: 12, numRuns: 150 });
}, 240_000);

/** An artifact, and the index in it that has to be published as it is, if there is one. */
async function build(structure: Structure, images: readonly FixtureImage[]) {
  const { depth, isListedTwice, kind, hasMarker, packed } = structure;
  const layout = new FixtureLayout();
  const entries = structure.images.map((shape, index) =>
    addImage(layout, shape, images[index] as FixtureImage),
  );
  const attestations = entries.flatMap((entry, index) =>
    structure.images[index]?.isAttested ? [layout.attestation(entry)] : [],
  );
  const all = [...entries, ...attestations];
  let listed = all;
  for (let level = 0; level < depth; level += 1) listed = [layout.index(listed)];
  const isTold = structure.images.every(({ platform }) => platform === 'all');
  const isRoot = depth > 0 && isTold && kind !== 'both, and index.json is wrong';
  layout.list(...listed, ...(isListedTwice ? entries : []));
  const members = kind.startsWith('both') ? layout.dockerMembers(entries) : layout.members();
  const kept = members
    .filter(({ name }) => hasMarker || kind.startsWith('both') || name !== 'oci-layout')
    .map((member) =>
      member.name === 'index.json' && kind === 'both, and index.json is wrong'
        ? { ...member, content: '{"schemaVersion":2,"manifests":null}' }
        : member,
    );
  made += 1;
  const name = `${made}.artifact`;
  if (kind === 'folder') await layout.write(join(temporary.path, name));
  else await temporary.write(name, compress(tar(kept), packed));
  return { artifact: name, root: isRoot ? listed[0] : undefined };
}

function addImage(layout: FixtureLayout, shape: Structure['images'][0], image: FixtureImage): Descriptor {
  const { compression, told, isLying, platform } = shape;
  const diffs = isLying ? [...image.layers.slice(0, -1), Buffer.from('another layer')] : image.layers;
  const type = mediaTypes.oci.layer[told === 'the truth' ? compression : 'gzip'];
  const layers = image.layers.map((layer) => layout.blob(type, compress(layer, compression)));
  const entry = layout.image(
    { ...image, config: makeConfig(image.platform, image.layers.length > 0 ? diffs : []) },
    { layers },
  );
  return platform === 'all' ? { ...entry, platform: image.platform } : entry;
}
