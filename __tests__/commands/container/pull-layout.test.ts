import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import process from 'node:process';
import * as v from 'valibot';
import { beforeAll, describe, expect, it } from 'vitest';
import { containerPullResult } from '../../../src/commands/container/pull-result.ts';
import { type Node, openBytes } from '../../../src/content/content.ts';
import { readTar } from '../../../src/content/tar/read-tar.ts';
import type { Descriptor } from '../../../src/oci/descriptor.ts';
import { digestOf, hexOf } from '../../../src/oci/digest.ts';
import { parseIndex } from '../../../src/oci/manifest.ts';
import { formatPlatform } from '../../../src/oci/platform.ts';
import { ownPlatform } from '../../../src/pull/choose-platforms.ts';
import { openLayout, openLayoutArchive } from '../../../src/repository/layout.ts';
import { openStatic } from '../../../src/repository/static/static.ts';
import { FilesystemStorage } from '../../../src/storage/filesystem.ts';
import { dockerArchive } from '../../fixtures/docker-archive.ts';
import { makeImage } from '../../fixtures/image.ts';
import { compress, compressions, FixtureLayout } from '../../fixtures/oci-layout.ts';
import { imageOf, listFolder, usualLayers } from '../../fixtures/pullable.ts';
import { useTemporary } from '../../fixtures/temporary.ts';
import { makeReferrer, pushAll } from '../../repository/referrer.ts';
import { makeRelease } from '../../repository/release.ts';
import { type Ended, runAlba } from '../../support/alba.ts';
import { run } from '../../support/run.ts';
import { startCountingRegistry } from '../../support/servers/counting-registry.ts';
import { itWith } from '../../support/tools.ts';

const temporary = useTemporary();
const at = (...names: string[]) => join(temporary.path, ...names);
const own = ownPlatform({ arch: process.arch });

const pull = (...words: string[]): Promise<Ended> =>
  runAlba(['container', 'pull', ...words], { cwd: temporary.path });
async function pulled(...words: string[]) {
  const ended = await pull('--json', ...words);
  expect(ended, ended.stderr).toMatchObject({ code: 0 });
  return v.parse(containerPullResult, JSON.parse(ended.stdout));
}
const source = 'file://./site#app:1.0';

/** Four platforms, each attested, and signed as a whole. */
const release = makeRelease('pulled', true);
const signature = makeReferrer(release.descriptor, 'signed');
const descriptorsOf = (node: Node): Node['descriptor'][] => [
  node.descriptor,
  ...node.children.flatMap(descriptorsOf),
];

beforeAll(async () => {
  const app = openStatic(new FilesystemStorage(at('site')), 'app');
  await pushAll(app, release);
  await pushAll(app, signature);
  await app.tag(release, ['1.0']);
});

describe('a layout', () => {
  it.each([
    ['a folder', 'oci:./mirror', openLayout, 'mirror'],
    ['an archive', 'oci-archive:./mirror.tar', openLayoutArchive, 'mirror.tar'],
  ] as const)(
    'in %s has all of it under its tag: platforms, attestations, signatures',
    async (_, to, open, path) => {
      const { digest } = release.descriptor;
      const result = await pulled(source, to);
      expect(result).toMatchObject({ digest, path: to });
      expect(result.images.map(({ platform }) => platform)).toEqual([
        'linux/386',
        'linux/amd64',
        'linux/arm/v7',
        'linux/arm64',
      ]);
      const layout = open(at(path));
      expect(await layout.resolve('1.0')).toMatchObject({ digest });
      expect(await layout.findMissing([...descriptorsOf(release), ...descriptorsOf(signature)])).toEqual([]);
      expect(await layout.referrers(digest)).toMatchObject([{ digest: signature.descriptor.digest }]);
      await layout.close();
      expect(await pulled(source, to)).toMatchObject({ pulledBytes: 0, unchanged: true });
    },
  );

  it('gets the tag that it is given', async () => {
    await pulled(source, 'oci:./tagged:mine');
    expect(await openLayout(at('tagged')).tags()).toEqual(['mine']);
  });

  it('has the platforms alone that are named, in another index, which is said', async () => {
    const ended = await pull('--json', source, 'oci:./part', '--platform', 'linux/amd64,linux/arm64');
    expect(ended, ended.stderr).toMatchObject({ code: 0 });
    expect(ended.stderr).toContain('linux/amd64, linux/arm64 alone');
    const { digest } = v.parse(containerPullResult, JSON.parse(ended.stdout));
    expect(digest).not.toBe(release.descriptor.digest);
    const index = parseIndex(await readFile(at('part/blobs/sha256', hexOf(digest))), 'index');
    const images = release.children.filter(({ descriptor }) =>
      ['linux/amd64', 'linux/arm64'].includes(descriptor.platform ? formatPlatform(descriptor.platform) : ''),
    );
    expect(index.manifests.map((one) => one.digest)).toEqual(
      expect.arrayContaining(images.map(({ descriptor }) => descriptor.digest)),
    );
    expect(index.manifests).toHaveLength(4);
  });

  it('has a manifest without an index as it is', async () => {
    const image = release.children.find(({ descriptor }) => descriptor.platform?.architecture === '386');
    const digest = image?.descriptor.digest ?? '';
    expect(await pulled(`file://./site#app@${digest}`, 'oci:./single:one')).toMatchObject({ digest });
    expect(await openLayout(at('single')).resolve('one')).toMatchObject({ digest });
  });

  it('is made of an archive, too, and can be pulled from', async () => {
    await temporary.write('own.tar', dockerArchive(imageOf(own, ...usualLayers('1'))));
    await pulled('own.tar', 'oci:./made:1');
    await pulled('own.tar', './direct');
    await pulled('oci:./made:1', './through');
    await pulled('made', './by-path');
    expect(await listFolder(at('through'))).toEqual(await listFolder(at('direct')));
    expect(await listFolder(at('by-path'))).toEqual(await listFolder(at('direct')));
  });

  it.each([
    ['a folder', 'oci:./liar:1', openLayout, 'liar'],
    ['an archive', 'oci-archive:./liar.tar:1', openLayoutArchive, 'liar.tar'],
  ] as const)(
    'in %s never has an image whose layers are not what its config says',
    async (_, to, open, path) => {
      const wrong = await publishLie('liar');
      const ended = await pull(`file://./site#liar@${wrong}`, to);
      expect(ended).toMatchObject({ code: 1, stdout: '' });
      expect(ended.stderr).toMatch(/layer sha256:.* is damaged: its diffID is sha256:.*, expected sha256:/);
      const layout = open(at(path));
      expect(await layout.resolve('1')).toBeUndefined();
      expect(await layout.resolve(wrong)).toBeUndefined();
      await layout.close();
    },
  );

  it('never has two images that say different things of one layer', async () => {
    const layout = new FixtureLayout();
    const [first, second] = [makeImage(own, { seed: 'a' }), makeImage(own, { seed: 'b' })];
    const other = ownPlatform({ arch: process.arch === 'arm64' ? 'x64' : 'arm64' });
    const images = [
      { ...layout.image(first), platform: own },
      { ...layout.image({ ...makeImage(other, { seed: 'b' }), layers: first.layers }), platform: other },
    ];
    expect(first.layers).not.toEqual(second.layers);
    const index = layout.index(images);
    await publishBlobs(layout, 'quarrel', [index, ...images]);
    const ended = await pull(`file://./site#quarrel@${index.digest}`, 'oci:./quarrel:1');
    expect(ended).toMatchObject({ code: 1, stdout: '' });
    expect(ended.stderr).toContain('is damaged: ');
    expect(await openLayout(at('quarrel')).resolve('1')).toBeUndefined();
  });

  it.each(compressions)('has layers that are compressed by %s as they are', async (compression) => {
    const layout = new FixtureLayout();
    const image = layout.image(makeImage(own, { seed: compression }), { compression });
    await publishBlobs(layout, `kept-${compression}`, [image]);
    const result = await pulled(
      `file://./site#kept-${compression}@${image.digest}`,
      `oci:./${compression}:1`,
    );
    expect(result.digest).toBe(image.digest);
    for (const [name, content] of layout.blobs) {
      expect(await readFile(at(compression, name))).toEqual(content);
    }
  });

  it('is not written in a dry run', async () => {
    const result = await pulled(source, 'oci:./dry', '--dry-run');
    expect(result).toMatchObject({ dryRun: true, pulledBytes: 0, digest: release.descriptor.digest });
    expect(result.missingBytes).toBeGreaterThan(0);
    expect(await openLayout(at('dry')).tags()).toEqual([]);
  });
});

describe('an archive for docker load', () => {
  const image = imageOf(own, ...usualLayers('1'));

  it.each(compressions)(
    'holds layers that are compressed by %s, verified, the same bytes each time',
    async (compression) => {
      const layout = new FixtureLayout();
      await layout.list(layout.image(image, { compression })).write(at(`layout-${compression}`));
      const [one, two] = [`one-${compression}.tar`, `two-${compression}.tar`];
      const result = await pulled(`layout-${compression}`, `docker-archive:./${one}:my/app:1`);
      await pulled(`layout-${compression}`, `docker-archive:./${two}:my/app:1`);
      expect(result.images).toMatchObject([{ platform: formatPlatform(own) }]);
      const bytes = await readFile(at(one));
      expect(digestOf(await readFile(at(two)))).toBe(digestOf(bytes));
      const list = JSON.parse((await membersOf(bytes)).get('manifest.json')?.toString() ?? '');
      expect(list).toEqual([
        {
          Config: `${hexOf(digestOf(image.config))}.json`,
          RepoTags: ['my/app:1'],
          Layers: image.layers.map((layer) =>
            compression === 'gzip'
              ? expect.stringMatching(/^[0-9a-f]{64}\.tar\.gz$/)
              : `${hexOf(digestOf(layer))}.tar`,
          ),
        },
      ]);
      await pulled(one, `./from-${compression}`);
      expect(await listFolder(at(`from-${compression}`))).toContain('app/run 755 run 1');
    },
  );

  it('has its layers in their order, though they are fetched at once', async () => {
    const layout = new FixtureLayout();
    const image = makeImage(own, { layers: [2_000_000, 3000, 1_000_000, 500] });
    const descriptor = layout.image(image);
    await publishBlobs(layout, 'several', [descriptor]);
    await using registry = await startCountingRegistry(at('site'));
    const source = `docker://${registry.host}/several@${descriptor.digest}`;
    await pulled(source, 'docker-archive:./one-by-one.tar:app:1', '--concurrency', '1');
    registry.reset();
    // Each layer comes when the one behind it was asked for.
    const paths = image.layers.map((layer) => `/v2/several/blobs/${digestOf(compress(layer, 'gzip'))}`);
    const asked = paths.map(() => deferred());
    registry.fault = (path) => {
      const at = paths.indexOf(path);
      asked[at]?.resolve();
      const next = asked[at + 1];
      return at >= 0 && next ? { until: next.promise } : undefined;
    };
    await pulled(source, 'docker-archive:./at-once.tar:app:1');
    expect(await readFile(at('at-once.tar'))).toEqual(await readFile(at('one-by-one.tar')));
  });

  it('is called what the source is', async () => {
    await pulled(source, 'docker-archive:./named.tar', '--platform', 'linux/arm/v7');
    const list = JSON.parse(
      (await membersOf(await readFile(at('named.tar')))).get('manifest.json')?.toString() ?? '',
    );
    expect(list).toMatchObject([{ RepoTags: ['app:1.0'] }]);
  });

  itWith(['skopeo'], 'is read by skopeo, layer for layer', async () => {
    await temporary.write('own-2.tar', dockerArchive(image));
    await pulled('own-2.tar', 'oci:./compressed:1');
    await pulled('oci:./compressed:1', 'docker-archive:./loadable.tar:my/app:1');
    const inspected = await run('skopeo', ['inspect', '--config', `docker-archive:${at('loadable.tar')}`]);
    expect(JSON.parse(inspected).rootfs.diff_ids).toEqual(image.layers.map((layer) => digestOf(layer)));
    await run('skopeo', ['copy', '-q', `docker-archive:${at('loadable.tar')}`, `oci:${at('copied')}:1`]);
  });

  it('is as it was where the source is not what it says', async () => {
    const wrong = await publishLie('lie');
    await temporary.write('stays.tar', 'mine');
    for (const to of ['docker-archive:./stays.tar', './lie']) {
      const ended = await pull(`file://./site#lie@${wrong}`, to);
      expect(ended).toMatchObject({ code: 1, stdout: '' });
      expect(ended.stderr).toContain('is damaged: its diffID is');
    }
    expect(await readFile(at('stays.tar'), 'utf8')).toBe('mine');
  });
});

/** Publishes the config of one image with the layers of another: only their diffIDs tell. Gives its digest. */
async function publishLie(name: string): Promise<string> {
  const layout = new FixtureLayout();
  const [first, second] = [makeImage(own, { seed: 'a' }), makeImage(own, { seed: 'b' })];
  const wrong = layout.image({ ...first, layers: second.layers });
  await publishBlobs(layout, name, [wrong]);
  return wrong.digest;
}

/** Puts all blobs of a layout into a repository of the site, these as manifests. */
async function publishBlobs(
  layout: FixtureLayout,
  name: string,
  manifests: readonly Descriptor[],
): Promise<void> {
  for (const [path, content] of layout.blobs) {
    const digest = `sha256:${path.split('/').at(-1)}`;
    const folder = manifests.some((one) => one.digest === digest) ? 'manifests' : 'blobs';
    await new FilesystemStorage(at('site')).put(`v2/${name}/${folder}/${digest}`, {
      size: content.length,
      open: openBytes(content),
    });
  }
}

function deferred() {
  let resolve = (): void => {};
  const promise = new Promise<void>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}

async function membersOf(bytes: Buffer): Promise<Map<string, Buffer>> {
  const members = new Map<string, Buffer>();
  const chunks = async function* () {
    yield bytes;
  };
  for await (const { name, body } of readTar(chunks(), 'archive')) {
    const content: Buffer[] = [];
    for await (const chunk of body) content.push(Buffer.from(chunk));
    members.set(name, Buffer.concat(content));
  }
  return members;
}
