import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type PublishedImage, readPublishedLayout } from '../../scripts/fuzz/published-layout.ts';
import { digestOf } from '../../src/oci/digest.ts';
import type { Manifest } from '../../src/oci/manifest.ts';
import { mediaTypes } from '../../src/oci/media-type.ts';
import { dockerArchive, dockerMembers } from '../fixtures/docker-archive.ts';
import { type FixtureImage, makeConfig, makeImage, noise } from '../fixtures/image.ts';
import { compress, compressions, FixtureLayout } from '../fixtures/oci-layout.ts';
import { sparseFile, sparseFormats, sparseMember } from '../fixtures/sparse.ts';
import { header, type TarMember, tar } from '../fixtures/tar.ts';
import { useTemporary } from '../fixtures/temporary.ts';
import { type Ended, runAlba } from '../support/alba.ts';

// What real tools wrote and what went wrong, through the doors; the letters are those of the cases.

const temporary = useTemporary();
let made = 0;

const linux = { os: 'linux', architecture: 'amd64' };
const amd64 = makeImage(linux, { layers: [3000, 500] });
const arm64 = makeImage({ ...linux, architecture: 'arm64' }, { layers: [2000] });

/** Pushes one artifact into a layout of its own; what is there then, or the error. */
async function push(bytes: Buffer, name = 'app.tar'): Promise<{ ended: Ended; images: PublishedImage[] }> {
  made += 1;
  const path = await temporary.write(`${made}-${name}`, bytes);
  const layout = join(temporary.path, `${made}-out`);
  const ended = await runAlba(['container', 'push', path, `oci:${layout}`, '-t', 'app:1', '--no-cache']);
  return { ended, images: ended.code === 0 ? await readPublishedLayout(layout) : [] };
}

const diffIds = (images: readonly PublishedImage[]) =>
  images.map(({ layers }) => layers.map(({ diffId }) => diffId));

async function expectPublished(bytes: Buffer, ...given: readonly FixtureImage[]): Promise<void> {
  const { ended, images } = await push(bytes);
  expect(ended).toMatchObject({ code: 0 });
  expect(diffIds(images)).toEqual(given.map(({ layers }) => layers.map(digestOf)));
}

async function expectRefused(bytes: Buffer, says: RegExp, name?: string): Promise<void> {
  const { ended } = await push(bytes, name);
  expect(ended.code).toBe(1);
  expect(ended.stderr).toMatch(says);
}

/** What `static push --extract` publishes of an artifact, by its path below the platform. */
async function extract(artifact: string, wanted: string): Promise<(path: string) => Promise<Buffer>> {
  made += 1;
  const out = join(temporary.path, `${made}-files`);
  const words = ['static', 'push', '--extract', wanted, artifact, `file://${out}`, '-t', 'app:1'];
  expect(await runAlba(words)).toMatchObject({ code: 0 });
  return (path) => readFile(join(out, 'df-dist-v1', 'app', '1', 'linux', 'amd64', path));
}

const imageOf = (...layers: readonly Buffer[]): FixtureImage => ({
  platform: linux,
  layers,
  config: makeConfig(linux, layers),
});

/** A program with a hole in it. */
const program = Buffer.concat([noise('head', 8192), Buffer.alloc(1024 * 1024), noise('tail', 8192)]);

describe('sparse files', () => {
  it.each(sparseFormats)(
    'of a layer are extracted with their holes and under their name, %s (F04)',
    async (format) => {
      const tool = sparseMember(sparseFile('app/tool', program, { step: 4096, mode: 0o755 }), format);
      const image = imageOf(tar([{ name: 'app/' }, tool, { name: 'app/notes', content: 'notes' }]));
      const archive = await temporary.write(`${format}.tar`, dockerArchive(image));
      const read = await extract(archive, '/app');
      expect((await read('tool')).equals(program)).toBe(true);
      expect(`${await read('notes')}`).toBe('notes');
      await expectPublished(await readFile(archive), image);
    },
  );

  it.each(sparseFormats)('make no difference to an archive that was packed so, %s (F05)', async (format) => {
    const image = imageOf(
      tar([{ name: 'big', content: Buffer.concat([Buffer.alloc(300_000), noise('x', 9)]) }]),
    );
    const sparse = dockerMembers([image]).map(({ name, content = '' }) =>
      sparseMember(sparseFile(name, Buffer.from(content)), format),
    );
    for (const compression of compressions) await expectPublished(compress(tar(sparse), compression), image);
  });
});

describe('archives that were joined', () => {
  const [first, second] = [dockerArchive(amd64), dockerArchive(arm64)];
  const lists =
    /holds several image archives in one: it has manifest\.json more than once.*give each archive a file/s;

  it('are refused, told where the second one begins (F13)', async () => {
    const says = new RegExp(
      `holds another tar behind its end, at byte ${first.length}: .*give each a file of its own`,
    );
    await expectRefused(Buffer.concat([first, second]), says);
    await expectRefused(
      Buffer.concat([first, Buffer.alloc(777), second]),
      /holds another tar behind its end/,
    );
  });

  it('are refused where their compressed files were joined (F13)', async () => {
    const joined = Buffer.concat([compress(first, 'gzip'), compress(second, 'gzip')]);
    await expectRefused(joined, /holds another tar behind its end/);
  });

  it('are refused where one was appended to the other, for they have one list of images each (F13)', async () => {
    await expectRefused(tar([...dockerMembers([amd64]), ...dockerMembers([arm64])]), lists);
    const named = [amd64, arm64].map((image) =>
      dockerMembers([image]).map((member) =>
        member.name === 'manifest.json'
          ? { ...member, content: `${member.content}`.replace(/[0-9a-f]{64}\.json/, 'config.json') }
          : { ...member, name: member.name.replace(/^[0-9a-f]{64}\.json$/, 'config.json') },
      ),
    );
    await expectRefused(tar(named.flat()), lists);
  });

  it('are refused where they are layouts (F13)', async () => {
    const [one, other] = [amd64, arm64].map((image) => {
      const layout = new FixtureLayout();
      return layout.list(layout.image(image)).members();
    }) as [TarMember[], TarMember[]];
    await expectRefused(
      tar([...one, ...other]),
      /several image archives in one: it has index\.json more than once/,
    );
  });

  it('are one where the last list has all that the earlier ones have', async () => {
    const [members, both] = [dockerMembers([amd64]), dockerMembers([amd64, arm64])];
    await expectPublished(tar([...members, ...both]), amd64, arm64);
    await expectPublished(tar([...both, ...both]), amd64, arm64);
  });
});

describe('layers and archives that are compressed with something else', () => {
  const packed = {
    xz: Buffer.concat([Buffer.from('fd377a585a000004', 'hex'), noise('xz', 900)]),
    bzip2: Buffer.concat([Buffer.from('BZh91AY&SY'), noise('bzip2', 900)]),
  };

  it.each(['xz', 'bzip2'] as const)('are refused with the true reason: %s (F17)', async (name) => {
    const layers = { ...amd64, layers: amd64.layers.map(() => packed[name]) };
    const says = new RegExp(
      `is compressed with ${name}, which is not supported: use gzip, zstd or no compression`,
    );
    await expectRefused(dockerArchive(layers, { shape: 'podman' }), new RegExp(`layer .*${says.source}`));
    await expectRefused(packed[name], says, 'app.tar.other');
  });
});

describe('ends of a tar that docker load, skopeo and GNU tar read', () => {
  const ends: readonly (readonly [what: string, end: Buffer])[] = [
    ['zeros of odd length', Buffer.alloc(1500)],
    ['a text behind the end', Buffer.concat([Buffer.alloc(1024), Buffer.from('trailing\n')])],
    ['one block of zeros', Buffer.alloc(512)],
  ];

  it.each(ends)('%s: the archive is published (F18)', async (_what, end) => {
    await expectPublished(tar(dockerMembers([amd64]), { end }), amd64);
  });

  it.each([...ends, ['nothing', Buffer.alloc(0)] as const])(
    '%s: the layer is extracted (F18)',
    async (_what, end) => {
      const image = imageOf(
        tar([{ name: 'app', content: 'app' }], { end }),
        tar([{ name: 'more', content: 'more' }]),
      );
      const read = await extract(await temporary.write(`${++made}.tar`, dockerArchive(image)), '/');
      expect(`${await read('app')}, ${await read('more')}`).toBe('app, more');
    },
  );

  it('no end at all: the archive is published where its compression proves it whole, else refused', async () => {
    const bytes = tar(dockerMembers([amd64]), { end: Buffer.alloc(0) });
    await expectRefused(bytes, /is truncated: it ends at byte \d+ without an end-of-archive marker/);
    await expectPublished(compress(bytes, 'gzip'), amd64);
  });

  it('a hard link with a size: the archive is published, the layer extracted (F18)', async () => {
    const [layer = Buffer.alloc(0)] = arm64.layers;
    const list = [{ Config: 'c.json', Layers: ['link.tar'] }];
    const linked = [
      { name: 'layer.tar', content: layer },
      { name: 'link.tar', blocks: header('link.tar', layer.length, '1', 'layer.tar') },
      { name: 'c.json', content: arm64.config },
      { name: 'manifest.json', content: JSON.stringify(list) },
    ];
    await expectPublished(tar(linked), arm64);
    const link = { name: 'link', blocks: header('link', 5, '1', 'app') };
    const image = imageOf(tar([{ name: 'app', content: 'hello' }, link, { name: 'more', content: 'more' }]));
    const read = await extract(await temporary.write(`${++made}.tar`, dockerArchive(image)), '/');
    expect([`${await read('link')}`, `${await read('more')}`]).toEqual(['hello', 'more']);
  });
});

it.each(compressions)(
  'a layer is extracted by its bytes, %s, whatever its media type says (F19)',
  async (compression) => {
    const layer = tar([{ name: 'app', content: 'app' }]);
    const layout = new FixtureLayout();
    const { config, manifest, layer: types } = mediaTypes.oci;
    const document: Manifest = {
      schemaVersion: 2,
      mediaType: manifest,
      config: layout.blob(config, makeConfig(linux, [layer])),
      layers: [layout.blob(compression === 'gzip' ? types.zstd : types.gzip, compress(layer, compression))],
    };
    layout.list(layout.blob(manifest, Buffer.from(JSON.stringify(document))));
    const read = await extract(await layout.write(join(temporary.path, `layout-${compression}`)), '/');
    expect(`${await read('app')}`).toBe('app');
  },
);
