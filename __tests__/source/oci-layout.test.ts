import { rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Image, ImageWithManifest } from '../../src/content/content.ts';
import type { Descriptor } from '../../src/oci/descriptor.ts';
import { digestOf, hexOf } from '../../src/oci/digest.ts';
import { mediaTypes } from '../../src/oci/media-type.ts';
import { readArtifact } from '../../src/source/open.ts';
import { makeImage } from '../fixtures/image.ts';
import { compress, compressions, FixtureLayout } from '../fixtures/oci-layout.ts';
import { bytesOf, contentsOf } from '../fixtures/read.ts';
import { countingProgress, silent } from '../fixtures/silent.ts';
import { type TarMember, tar } from '../fixtures/tar.ts';
import { useTemporary } from '../fixtures/temporary.ts';

const temporary = useTemporary();
const amd64 = makeImage({ os: 'linux', architecture: 'amd64' });
const arm = makeImage({ os: 'linux', architecture: 'arm', variant: 'v6' }, { seed: 'arm' });
let folders = 0;

function write(layout: FixtureLayout): Promise<string> {
  return layout.write(join(temporary.path, `layout-${folders++}`));
}

async function readMembers(members: readonly TarMember[]): Promise<readonly Image[]> {
  return (await readArtifact(await temporary.write('layout.tar', tar(members)), { progress: silent })).images;
}

async function readLayoutImages(layout: FixtureLayout): Promise<ImageWithManifest[]> {
  const images = await readMembers(layout.members());
  return images.filter((image) => image.kind === 'with-manifest');
}

function blobOf(layout: FixtureLayout, { digest }: Descriptor): Buffer {
  return layout.blobs.get(`blobs/sha256/${hexOf(digest)}`) ?? expect.fail(`no ${digest}`);
}

/** What buildx writes: an index in the index, images first and what describes them behind. */
function buildx(): { layout: FixtureLayout; images: Descriptor[]; attestations: Descriptor[] } {
  const layout = new FixtureLayout();
  const images = [amd64, arm].map((image) => ({ ...layout.image(image), platform: image.platform }));
  const attestations = images.map((image) => layout.attestation(image));
  layout.list({
    ...layout.index([...images, ...attestations]),
    annotations: { 'org.opencontainers.image.ref.name': '1.0' },
  });
  return { layout, images, attestations };
}

describe('an OCI layout', () => {
  it('is the same as a folder and as a tar, however compressed', async () => {
    const { layout } = buildx();
    const contents = await contentsOf((await readArtifact(await write(layout), { progress: silent })).images);
    const packed = tar(layout.members());
    for (const compression of compressions) {
      const path = await temporary.write('packed', compress(packed, compression));
      expect(await contentsOf((await readArtifact(path, { progress: silent })).images), compression).toEqual(
        contents,
      );
    }
  });

  it('keeps the bytes of manifests, and attestations with their image', async () => {
    const { layout, images, attestations } = buildx();
    const found = await readLayoutImages(layout);
    expect(found.map(({ platform }) => platform)).toEqual([amd64.platform, arm.platform]);
    for (const [index, { manifest, attestations: described }] of found.entries()) {
      expect(manifest.descriptor).toEqual(images[index]);
      expect(await bytesOf(manifest.open)).toEqual(blobOf(layout, manifest.descriptor));
      expect(described.map(({ descriptor }) => descriptor)).toEqual([attestations[index]]);
      expect(described[0]?.children.map(({ descriptor }) => descriptor.mediaType)).toEqual([
        mediaTypes.oci.config,
        'application/vnd.in-toto+json',
      ]);
    }
  });

  it('may list attestations first, and one image twice', async () => {
    const { layout, images, attestations } = buildx();
    layout.manifests.splice(0, 1, ...attestations, ...images);
    layout.list(...images);
    const found = await readLayoutImages(layout);
    expect(found.map(({ manifest }) => manifest.descriptor.digest)).toEqual(
      images.map(({ digest }) => digest),
    );
    expect(found.map((image) => image.attestations.length)).toEqual([1, 1]);
  });

  it('takes the platform from the config where the index has none', async () => {
    const layout = new FixtureLayout();
    const [found] = await readLayoutImages(layout.list(layout.image(arm)));
    expect(found?.platform).toEqual(arm.platform);
    expect(found?.manifest.descriptor.platform).toEqual(arm.platform);
  });

  it('loses names of places in it, and nothing else of a descriptor', async () => {
    const layout = new FixtureLayout();
    const more = { data: 'e30=', urls: ['https://example.org/x'], unknown: { kept: true } };
    const names = {
      'org.opencontainers.image.ref.name': '1.0',
      'io.containerd.image.name': 'docker.io/library/app:1.0',
    };
    const descriptor = { ...layout.image(amd64), ...more, platform: amd64.platform };
    layout.list({ ...descriptor, annotations: { ...names, 'org.example.kept': 'yes' } });
    const [found] = await readLayoutImages(layout);
    expect(found?.manifest.descriptor).toEqual({ ...descriptor, annotations: { 'org.example.kept': 'yes' } });
  });

  it('may lack foreign layers', async () => {
    const layout = new FixtureLayout();
    const foreign = {
      mediaType: 'application/vnd.oci.image.layer.nondistributable.v1.tar+gzip',
      digest: digestOf(amd64.layers[0] as Buffer),
      size: 1 << 30,
      urls: ['https://example.org/base'],
    };
    const rest = layout.blob(mediaTypes.oci.layer.gzip, compress(amd64.layers[1] as Buffer, 'gzip'));
    const [found] = await readLayoutImages(layout.list(layout.image(amd64, { layers: [foreign, rest] })));
    expect(found?.manifest.children.map(({ descriptor }) => descriptor.digest)).not.toContain(foreign.digest);
    expect(found?.manifest.children).toHaveLength(2);
  });

  it('leaves out what is no image, and says so', async () => {
    const { layout } = buildx();
    const chart = layout.blob('application/vnd.cncf.helm.config.v1+json', Buffer.from('{}'));
    layout.list(layout.image(amd64, { config: chart }), layout.blob('text/plain', Buffer.from('notes')));
    const warnings: string[] = [];
    const path = await temporary.write('layout.tar', tar(layout.members()));
    const { images } = await readArtifact(path, {
      progress: { ...silent, warn: (text) => warnings.push(text) },
    });
    expect(images).toHaveLength(2);
    expect(warnings).toEqual([
      expect.stringContaining('no image but text/plain'),
      expect.stringContaining('no image but application/vnd.cncf.helm.config.v1+json'),
    ]);
  });

  it('nests indexes to a bounded depth', async () => {
    const layout = new FixtureLayout();
    let descriptor = layout.image(amd64);
    for (let depth = 0; depth < 20; depth++) descriptor = layout.index([descriptor]);
    await expect(readLayoutImages(layout.list(descriptor))).rejects.toThrow('more than 8 deep');
  });
});

it('reads each blob of a folder once to hash it', async () => {
  const { layout } = buildx();
  const progress = countingProgress();
  await readArtifact(await write(layout), { progress });
  const total = [...layout.blobs.values()].reduce((sum, blob) => sum + blob.length, 0);
  expect(progress).toMatchObject({ expected: total, done: total });
});

describe('a broken OCI layout', () => {
  it('lacks a blob', async () => {
    for (const name of buildx().layout.blobs.keys()) {
      const missing = `is incomplete: sha256:${basename(name)} is not in it`;
      const { layout } = buildx();
      layout.blobs.delete(name);
      await expect(readLayoutImages(layout)).rejects.toThrow(missing);
      const folder = await write(buildx().layout);
      await rm(join(folder, name));
      await expect(readArtifact(folder, { progress: silent })).rejects.toThrow(missing);
    }
  });

  it('has a blob with a flipped bit, or of another length', async () => {
    for (const [name, content] of buildx().layout.blobs) {
      const folder = await write(buildx().layout);
      const flipped = Buffer.from(content);
      flipped.writeUInt8((flipped[flipped.length >> 1] as number) ^ 1, flipped.length >> 1);
      for (const damaged of [flipped, content.subarray(1), Buffer.concat([content, content])]) {
        await writeFile(join(folder, name), damaged);
        await expect(readArtifact(folder, { progress: silent }), name).rejects.toThrow(
          /is damaged: (its digest is|it has) /,
        );
      }
    }
  });

  it('says one platform in its index and another in a config', async () => {
    const layout = new FixtureLayout();
    layout.list({ ...layout.image(amd64), platform: { os: 'linux', architecture: 'arm64' } });
    await expect(readLayoutImages(layout)).rejects.toThrow('is for linux/arm64, its config says linux/amd64');
  });

  it('has another number of layers than its config says, or another uncompressed layer', async () => {
    const short = new FixtureLayout();
    await expect(readLayoutImages(short.list(short.image(amd64, { layers: [] })))).rejects.toThrow(
      'has 0 layers',
    );
    const other = new FixtureLayout();
    const layers = arm.layers.map((layer) => other.blob(mediaTypes.oci.layer.none, layer));
    await expect(readLayoutImages(other.list(other.image(amd64, { layers })))).rejects.toThrow(
      'does not match diffID',
    );
  });

  it('is of another version, or no layout', async () => {
    const members = buildx()
      .layout.members()
      .filter(({ name }) => name !== 'oci-layout');
    const index = { name: 'index.json', content: '{"name":"a program of another kind"}' };
    await expect(readMembers([index])).rejects.toThrow('oci-layout is not in it');
    const future = { name: 'oci-layout', content: '{"imageLayoutVersion":"2.0.0"}' };
    await expect(readMembers([...members, future])).rejects.toThrow('expected version 1.0.0');
    await expect(readMembers(new FixtureLayout().members())).rejects.toThrow('holds no image');
  });
});

describe('an archive that is a docker archive and an OCI layout', () => {
  it('is taken as a layout if its layers are compressed, whatever else its index names', async () => {
    const { layout, images, attestations } = buildx();
    const absent = { ...images[0], digest: digestOf(Buffer.from('not saved')) } as Descriptor;
    layout.list(layout.index([absent]));
    const found = await readMembers(layout.dockerMembers(images));
    expect(found.map(({ kind }) => kind)).toEqual(['with-manifest', 'with-manifest']);
    expect(found.flatMap((image) => (image.kind === 'with-manifest' ? image.attestations : []))).toHaveLength(
      attestations.length,
    );
  });

  it('is taken as a docker archive if its layers are not', async () => {
    const layout = new FixtureLayout();
    const images = [layout.image(amd64, { compression: 'none' })];
    const found = await readMembers(layout.list(...images).dockerMembers(images));
    expect(found.map(({ kind }) => kind)).toEqual(['without-manifest']);
  });

  it('is taken as a docker archive without its oci-layout', async () => {
    const { layout, images } = buildx();
    const members = layout.dockerMembers(images).filter(({ name }) => name !== 'oci-layout');
    expect((await readMembers(members)).map(({ kind }) => kind)).toEqual([
      'without-manifest',
      'without-manifest',
    ]);
  });

  it('is taken as a docker archive if the layout lacks an image that the archive lists', async () => {
    const layout = new FixtureLayout();
    const images = [amd64, arm].map((image) => layout.image(image));
    const found = await readMembers(layout.list(...images.slice(0, 1)).dockerMembers(images));
    expect(found.map(({ kind }) => kind)).toEqual(['without-manifest', 'without-manifest']);
  });
});
