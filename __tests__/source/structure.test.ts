import { join } from 'node:path';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { readPublishedLayout } from '../../scripts/fuzz/published-layout.ts';
import { containerPush } from '../../src/commands/container/push.ts';
import { AlbaError } from '../../src/errors.ts';
import { digestOf } from '../../src/oci/digest.ts';
import { requestOf } from '../commands/container/request.ts';
import { dockerMembers, type Shape } from '../fixtures/docker-archive.ts';
import { makeImage } from '../fixtures/image.ts';
import { compress, compressions, FixtureLayout } from '../fixtures/oci-layout.ts';
import { silent } from '../fixtures/silent.ts';
import { type SparseFormat, sparseFile, sparseFormats, sparseMember } from '../fixtures/sparse.ts';
import { type TarMember, tar } from '../fixtures/tar.ts';
import { useTemporary } from '../fixtures/temporary.ts';

const temporary = useTemporary();
let made = 0;

const ends = {
  marker: Buffer.alloc(1024),
  'odd zeros': Buffer.alloc(10_001),
  'one block': Buffer.alloc(512),
  text: Buffer.concat([Buffer.alloc(2048), Buffer.from('text')]),
  nothing: Buffer.alloc(0),
};

const structures = fc.record({
  shape: fc.constantFrom<Shape | 'layout'>('nix', 'docker', 'podman', 'layout'),
  /** The size of the file in each layer of each image; below 128 KiB nothing of a compression is reused. */
  images: fc.array(
    fc.array(fc.oneof(fc.nat(4000), fc.integer({ min: 130_000, max: 200_000 })), { maxLength: 3 }),
    {
      minLength: 1,
      maxLength: 3,
    },
  ),
  /** Of layers that come compressed. */
  layers: fc.constantFrom('none', 'none', ...compressions, 'xz' as const),
  /** By turns, how members are stored. */
  members: fc.array(fc.constantFrom<SparseFormat | 'plain'>('plain', 'plain', ...sparseFormats), {
    minLength: 1,
    maxLength: 4,
  }),
  compression: fc.constantFrom(...compressions),
  /** How many compressed parts the archive consists of. */
  parts: fc.integer({ min: 1, max: 3 }),
  end: fc.constantFrom(...(Object.keys(ends) as (keyof typeof ends)[])),
  longNames: fc.constantFrom('pax' as const, 'gnu' as const),
  joined: fc.constantFrom('no', 'no', 'no', 'behind', 'appended'),
});

type Structure = typeof structures extends fc.Arbitrary<infer S> ? S : never;

const architectures = ['amd64', 'arm64', 'riscv64', 's390x'];

it('whatever an archive is made of, what is published inflates to the layers that were given, or the run fails', async () => {
  const check = async (structure: Structure) => {
    const images = structure.images.map((layers, index) =>
      makeImage({ os: 'linux', architecture: architectures[index] ?? '' }, { seed: `${index}`, layers }),
    );
    const directory = temporary.path;
    const [name, target] = [`${++made}.archive`, `${made}-out`];
    await temporary.write(name, pack(structure, images));
    const input = { artifacts: [name], targets: [`oci:./${target}:1`] };
    const failure = await requestOf(input, directory)
      .then((request) => containerPush(request, silent))
      .then(
        () => undefined,
        (error: unknown) => error,
      );
    if (isRefused(structure)) {
      expect(failure).toBeInstanceOf(AlbaError);
      return;
    }
    expect(failure).toBeUndefined();
    const published = await readPublishedLayout(join(directory, target));
    const found = published.map(({ platform, layers }) => [
      platform.architecture,
      ...layers.map(({ diffId }) => diffId),
    ]);
    const given = images.map(({ platform, layers }) => [platform.architecture, ...layers.map(digestOf)]);
    expect(found.sort()).toEqual(given.sort());
  };
  await fc.assert(fc.asyncProperty(structures, check), { seed: 12, numRuns: 120 });
}, 240_000);

type Images = readonly ReturnType<typeof makeImage>[];

function pack(structure: Structure, images: Images): Buffer {
  const { shape, compression, parts, end, longNames, joined } = structure;
  const other = makeImage({ os: 'linux', architecture: architectures.at(-1) ?? '' }, { layers: [100] });
  const members = store(structure, membersOf(structure, images));
  const [appended, behind] = [joined === 'appended', joined === 'behind'].map((is) =>
    is ? membersOf({ ...structure, shape: shape === 'layout' ? shape : 'nix', layers: 'none' }, [other]) : [],
  ) as [TarMember[], TarMember[]];
  const first = tar([...members, ...appended], { longNames, end: ends[end] });
  const bytes = behind.length > 0 ? Buffer.concat([first, tar(behind)]) : first;
  const size = Math.ceil(bytes.length / parts);
  return Buffer.concat(
    Array.from({ length: parts }, (_, part) =>
      compress(bytes.subarray(part * size, (part + 1) * size), compression),
    ),
  );
}

/** Blobs of a layout are what they are; what lies in its layers no archive tells. */
function membersOf({ shape, layers }: Pick<Structure, 'shape' | 'layers'>, images: Images): TarMember[] {
  if (shape === 'layout') {
    const layout = new FixtureLayout();
    const compression = layers === 'xz' ? 'gzip' : layers;
    layout.list(...images.map((image) => layout.image(image, { compression })));
    return layout.members();
  }
  const pack = (layer: Buffer): Buffer =>
    layers === 'xz' ? Buffer.concat([Buffer.from('fd377a585a00', 'hex'), layer]) : compress(layer, layers);
  return dockerMembers(
    images.map((image) => ({ ...image, layers: image.layers.map(pack) })),
    shape,
  );
}

/** Files are stored in the ways that are wanted by turns. */
function store({ members: ways }: Structure, members: readonly TarMember[]): TarMember[] {
  return members.map((member, index) => {
    const way = ways[index % ways.length] ?? 'plain';
    const { name, content, link, symlink } = member;
    if (way === 'plain' || content === undefined || link || symlink) return member;
    return sparseMember(sparseFile(name, Buffer.from(content)), way);
  });
}

/** What is no image archive that any other tool would read as a whole. */
function isRefused({ shape, images, layers, compression, end, joined }: Structure): boolean {
  const hasLayers = images.some((sizes) => sizes.length > 0);
  return (
    joined !== 'no' ||
    (layers === 'xz' && shape !== 'layout' && hasLayers) ||
    (compression === 'none' && end === 'nothing')
  );
}
