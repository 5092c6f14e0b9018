import { describe, expect, it } from 'vitest';
import type { Image, ImageWithoutManifest } from '../../src/content/content.ts';
import { digestOf, hexOf } from '../../src/oci/digest.ts';
import type { Compression } from '../../src/oci/media-type.ts';
import { readArtifact } from '../../src/source/open.ts';
import { resolvePlatforms } from '../../src/source/platform-name.ts';
import { dockerArchive, dockerMembers } from '../fixtures/docker-archive.ts';
import { makeConfig, makeImage } from '../fixtures/image.ts';
import { compress, compressions } from '../fixtures/oci-layout.ts';
import { bytesOf, contentsOf } from '../fixtures/read.ts';
import { silent } from '../fixtures/silent.ts';
import { type TarMember, tar } from '../fixtures/tar.ts';
import { useTemporary } from '../fixtures/temporary.ts';

const temporary = useTemporary();
const image = makeImage({ os: 'linux', architecture: 'arm', variant: 'v7' });
const repeated = { ...image, layers: [...image.layers, ...image.layers.slice(0, 1)] };
const withRepeats = { ...repeated, config: makeConfig(image.platform, repeated.layers) };
async function read(archive: Buffer): Promise<readonly Image[]> {
  return (await readArtifact(await temporary.write('app.tar', archive), { progress: silent })).images;
}

function readMembers(members: readonly TarMember[]): Promise<readonly Image[]> {
  return read(tar(members));
}

function expectWithoutManifest(found: Image | undefined): ImageWithoutManifest {
  if (found?.kind !== 'without-manifest')
    throw new Error(`expected an image without a manifest, got ${found?.kind}`);
  return found;
}

describe.each(['nix', 'docker', 'podman'] as const)('an archive by %s', (shape) => {
  it.each(compressions)('is read, compression %s', async (compression: Compression) => {
    const [found, ...more] = await read(compress(dockerArchive(withRepeats, { shape }), compression));
    const { platform, config, layers } = expectWithoutManifest(found);
    expect(more).toEqual([]);
    expect(platform).toEqual(image.platform);
    expect(await bytesOf(config.open)).toEqual(withRepeats.config);
    expect(layers.map(({ diffId }) => diffId)).toEqual(withRepeats.layers.map((layer) => digestOf(layer)));
    for (const [index, { open, size }] of layers.entries()) {
      expect(await bytesOf(open)).toEqual(withRepeats.layers[index]);
      expect(size).toBe(withRepeats.layers[index]?.length);
    }
  });

  it('is the same whatever the order of its members and the kind of its names', async () => {
    const members = dockerMembers([withRepeats], shape);
    const contents = await contentsOf(await readMembers(members));
    const dotted = members.map((member) => ({ ...member, name: `./${member.name}` }));
    expect(await contentsOf(await readMembers(members.toReversed()))).toEqual(contents);
    expect(await contentsOf(await readMembers(dotted))).toEqual(contents);
  });

  it('says which member is missing', async () => {
    const members = dockerMembers([image], shape);
    for (const missing of members.filter(
      ({ content, name }) => content && /layer\.tar$|[0-9a-f]{64}\.(json|tar)$/.test(name),
    )) {
      await expect(readMembers(members.filter((member) => member !== missing))).rejects.toThrow(missing.name);
    }
  });
});

describe('several images in an archive', () => {
  it('are all read, those under two tags once', async () => {
    const other = makeImage({ os: 'linux', architecture: 'amd64' }, { seed: 'other' });
    const found = await read(dockerArchive([image, other, image]));
    expect(found.map(({ platform }) => platform.architecture)).toEqual(['arm', 'amd64']);
  });
});

describe('an image without layers', () => {
  it.each([null, []])('lists %j', async (Layers) => {
    const [found] = await readMembers([
      { name: 'config.json', content: makeConfig(image.platform, []) },
      { name: 'manifest.json', content: JSON.stringify([{ Config: 'config.json', Layers }]) },
    ]);
    expect(expectWithoutManifest(found).layers).toEqual([]);
  });
});

describe('links in an archive', () => {
  const [first, second] = image.layers as [Buffer, Buffer];
  const config = { name: 'config.json', content: image.config };
  const manifest = (...Layers: string[]) => ({
    name: 'manifest.json',
    content: JSON.stringify([{ Config: 'config.json', RepoTags: null, Layers }]),
  });

  it('lead on, hard ones from the root, symbolic ones from their folder', async () => {
    const found = await readMembers([
      { name: 'a/b/hard.tar', link: './store/1.tar' },
      { name: 'a/b/soft.tar', symlink: '../again.tar' },
      { name: 'a/again.tar', symlink: '../store/2.tar' },
      { name: 'store/1.tar', content: first },
      { name: 'store/2.tar', content: second },
      config,
      manifest('a/b/hard.tar', 'a/b/soft.tar'),
    ]);
    const { layers } = expectWithoutManifest(found[0]);
    expect(await bytesOf(layers[0]?.open ?? expect.fail)).toEqual(first);
    expect(await bytesOf(layers[1]?.open ?? expect.fail)).toEqual(second);
  });

  it('in a circle are an error', async () => {
    const circle = [
      { name: 'a', symlink: 'b' },
      { name: 'b', symlink: 'a' },
    ];
    await expect(readMembers([...circle, config, manifest('a', 'b')])).rejects.toThrow(
      'leads to other links',
    );
  });

  it('out of the archive lead to nothing', async () => {
    const out = { name: 'a', symlink: '../../../../etc/hostname' };
    await expect(readMembers([out, config, manifest('a', 'a')])).rejects.toThrow('a is not in it');
  });
});

describe('layers that are compressed already', () => {
  it.each(compressions.filter((compression) => compression !== 'none'))(
    'keep their %s',
    async (compression) => {
      const blobs = image.layers.map((layer) => compress(layer, compression));
      const found = await readMembers([
        ...blobs.map((content, index) => ({ name: `${index}.tar`, content })),
        { name: 'config.json', content: image.config },
        {
          name: 'manifest.json',
          content: JSON.stringify([{ Config: 'config.json', Layers: ['0.tar', '1.tar'] }]),
        },
      ]);
      for (const [index, { compressed, diffId, open, size }] of expectWithoutManifest(
        found[0],
      ).layers.entries()) {
        const [layer, blob] = [image.layers[index] as Buffer, blobs[index] as Buffer];
        expect(diffId).toBe(digestOf(layer));
        expect(size).toBe(layer.length);
        expect(await bytesOf(open)).toEqual(layer);
        expect(compressed?.descriptor).toEqual({
          mediaType: `application/vnd.oci.image.layer.v1.tar+${compression}`,
          digest: digestOf(blob),
          size: blob.length,
        });
        expect(await bytesOf(compressed?.open ?? expect.fail)).toEqual(blob);
      }
    },
  );
});

describe('an archive that contradicts itself', () => {
  const members = dockerMembers([image]);
  const replaced = (name: RegExp, content: Buffer) =>
    members.map((member) => (name.test(member.name) ? { ...member, content } : member));

  it('has a layer with another diffID than its config says', async () => {
    const wrong = makeImage(image.platform, { seed: 'wrong' });
    const name = `${hexOf(digestOf(image.layers[0] as Buffer))}/layer.tar`;
    await expect(readMembers(replaced(new RegExp(name), wrong.layers[0] as Buffer))).rejects.toThrow(
      `app.tar (${name}) is damaged: its diffID is ${digestOf(wrong.layers[0] as Buffer)}, its config says ${digestOf(image.layers[0] as Buffer)}`,
    );
  });

  it('has a config of another digest than its name says', async () => {
    const config = makeConfig(image.platform, image.layers, { created: 'later' });
    await expect(readMembers(replaced(/[0-9a-f]{64}\.json$/, config))).rejects.toThrow(
      /json\) is damaged: its digest is/,
    );
  });

  it('lists another number of layers than its config', async () => {
    const config = makeConfig(image.platform, image.layers.slice(1));
    const renamed = dockerMembers([{ ...image, config }]);
    await expect(readMembers(renamed)).rejects.toThrow('lists 2 layers');
  });

  it('has a config without a platform', async () => {
    const config = makeConfig({ os: '', architecture: '' }, image.layers);
    await expect(readMembers(dockerMembers([{ ...image, config }]))).rejects.toThrow('names no platform');
  });

  it('has a name that tells another platform', async () => {
    const path = await temporary.write('app-linux-arm64.tar', tar(members));
    const { images } = await readArtifact(path, { progress: silent });
    expect(() => resolvePlatforms(images, path, silent, path)).toThrow(
      'app-linux-arm64.tar is named for linux/arm64, but the image in it is for linux/arm/v7',
    );
  });
});

describe('what is no image archive', () => {
  it.each([
    ['a text', Buffer.from('größe\n'), 'is not a tar, but a text: expected an image archive as docker save'],
    ['a text cut within a letter', Buffer.from(`${'x'.repeat(511)}é`), 'is not a tar, but a text'],
    ['a Dockerfile', Buffer.from('# syntax\n\nFROM scratch\n'), 'but a Dockerfile: build it'],
    ['a zip', Buffer.from('504b030414000000', 'hex'), 'but a zip: unpack it'],
    ['a program', Buffer.from('7f454c4602010100', 'hex'), 'but a program: expected an image archive'],
    ['bytes', Buffer.from('0001020304', 'hex'), 'is not a tar'],
    ['nothing', Buffer.alloc(0), 'is empty'],
    ['zeros', Buffer.alloc(4096), 'neither manifest.json (docker archive) nor index.json (OCI layout)'],
    ['a root filesystem', tar([{ name: 'etc/passwd', content: 'root' }]), 'it is a root filesystem'],
    ['a tar of something else', tar([{ name: 'etc/hosts', content: '' }]), 'neither manifest.json'],
    ['xz', Buffer.from('fd377a585a0000', 'hex'), 'compressed with xz, which is not supported'],
    ['lz4', Buffer.from('04224d186440', 'hex'), 'compressed with lz4, which is not supported'],
    [
      'a tar whose first name begins like a program',
      tar([{ name: 'MZ', content: '' }]),
      'neither manifest.json',
    ],
    ['a list of nothing', tar([{ name: 'manifest.json', content: '[]' }]), 'it lists no image'],
    [
      'a list of too much',
      tar([{ name: 'manifest.json', content: `[${Array(129).fill('{"Config":"c"}').join()}]` }]),
      'it lists more than 128 images',
    ],
    ['a link to far away', tar([{ name: 'a', symlink: 'b/'.repeat(3000) }]), 'a name of more than 4096 char'],
    ['a broken list', tar([{ name: 'manifest.json', content: '[{' }]), 'is not JSON'],
    [
      'a list of another shape',
      tar([{ name: 'manifest.json', content: '[{"Config":1}]' }]),
      'malformed at 0.Config',
    ],
  ])('%s', async (_, content, message) => {
    await expect(read(content)).rejects.toThrow(message);
  });

  it('a path that is missing, and a folder of something else', async () => {
    await expect(readArtifact(`${temporary.path}/none.tar`, { progress: silent })).rejects.toThrow(
      /cannot read .*none\.tar/,
    );
    await expect(readArtifact(temporary.path, { progress: silent })).rejects.toThrow(
      'oci-layout is not in it',
    );
  });
});
