import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Descriptor } from '../../../src/oci/descriptor.ts';
import { digestOf, hexOf } from '../../../src/oci/digest.ts';
import type { Index } from '../../../src/oci/manifest.ts';
import { mediaTypes } from '../../../src/oci/media-type.ts';
import type { Platform } from '../../../src/oci/platform.ts';
import { dockerArchive, dockerMembers } from '../../fixtures/docker-archive.ts';
import { makeConfig, makeImage } from '../../fixtures/image.ts';
import { compress, compressions, FixtureLayout } from '../../fixtures/oci-layout.ts';
import { type TarMember, tar } from '../../fixtures/tar.ts';
import { useTemporary } from '../../fixtures/temporary.ts';
import { type Ended, runAlba } from '../../support/alba.ts';

// What real tools wrote and what went wrong, through the door; the letters are those of the cases.

const temporary = useTemporary();
let made = 0;

const linux = (architecture: string, variant?: string): Platform => ({
  os: 'linux',
  architecture,
  ...(variant && { variant }),
});
const unknown = { os: 'unknown', architecture: 'unknown' };
const amd64 = makeImage(linux('amd64'));
const arm64 = makeImage(linux('arm64'), { seed: 'arm64' });
const created = 'org.opencontainers.image.created';
const source = 'org.opencontainers.image.source';
const refName = 'org.opencontainers.image.ref.name';

const image = (layout: FixtureLayout, from = amd64, more: Partial<Descriptor> = {}): Descriptor => ({
  ...layout.image(from),
  platform: from.platform,
  ...more,
});

const archive = (layout: FixtureLayout) => temporary.write(`${++made}.tar`, tar(layout.members()));
const folder = (layout: FixtureLayout) => layout.write(join(temporary.path, `${++made}`));

interface Pushed {
  readonly ended: Ended;
  readonly digest: string;
  readonly index: Index;
  readonly platforms: (Platform | undefined)[];
  readonly readManifest: (descriptor: Descriptor) => Promise<Buffer>;
}

/** What artifacts are published as; the run has to end well. */
async function push(artifacts: readonly string[], ...words: string[]): Promise<Pushed> {
  const site = join(temporary.path, `${++made}-site`);
  const ended = await runAlba(['container', 'push', ...artifacts, `file://${site}`, '-t', 'app:1', ...words]);
  expect(ended, ended.stderr).toMatchObject({ code: 0 });
  const manifests = join(site, 'v2/app/manifests');
  const bytes = await readFile(join(manifests, '1'));
  const index: Index = JSON.parse(String(bytes));
  return {
    ended,
    index,
    digest: digestOf(bytes),
    platforms: index.manifests.map(({ platform }) => platform),
    readManifest: ({ digest }) => readFile(join(manifests, digest)),
  };
}

/** What is said of artifacts that are refused, before anything is written. */
async function refusal(artifacts: readonly string[], ...words: string[]): Promise<string> {
  const site = join(temporary.path, `${++made}-site`);
  const ended = await runAlba(['container', 'push', ...artifacts, `file://${site}`, '-t', 'app:1', ...words]);
  expect(ended.code, ended.stderr).toBe(1);
  await expect(readdir(site)).rejects.toThrow('ENOENT');
  return ended.stderr;
}

async function writeFlat(directory: string, members: readonly TarMember[]): Promise<void> {
  await mkdir(directory, { recursive: true });
  for (const { name, content = '' } of members) await writeFile(join(directory, name), content);
}

/** A layout of two platforms and their attestations under one index, as buildx writes it. */
function built(more: Partial<Index> = {}) {
  const layout = new FixtureLayout();
  const images = [image(layout, amd64), image(layout, arm64)];
  const index = layout.index([...images, ...images.map((each) => layout.attestation(each))], more);
  layout.list({ ...index, annotations: { [refName]: '1.0', [created]: '2026-01-01T10:00:00Z' } });
  return { layout, index, images };
}

describe('a layout that holds one complete index', () => {
  it('is published with the digest that its build has told, as a folder and as any archive', async () => {
    const { layout, index } = built();
    const packed = compressions.map((compression) =>
      temporary.write(`${++made}.${compression}`, compress(tar(layout.members()), compression)),
    );
    for (const path of [await folder(layout), ...(await Promise.all(packed))]) {
      const { digest, ended } = await push([path]);
      expect(digest).toBe(index.digest);
      expect(ended.stderr).not.toMatch(/warning|anew/);
    }
  });

  it('is that as well when an earlier run read it, and to a new target', async () => {
    const { layout, index } = built({ annotations: { [source]: 'https://example.org/app' } });
    const path = await archive(layout);
    const cache = join(temporary.path, 'cache');
    const words = ['container', 'push', path, '-t', 'app:1', '--cache-dir', cache, '--json'];
    for (const [target, remark] of [
      ['site', ''],
      ['site', ', unchanged'],
      ['other', ', read again, as a target lacks some of it'],
    ]) {
      const ended = await runAlba([...words, `file://${join(temporary.path, target as string)}`]);
      expect(ended, ended.stderr).toMatchObject({ code: 0 });
      expect(JSON.parse(ended.stdout).digest).toBe(index.digest);
      expect(ended.stderr).toContain(`-> linux/amd64, 2 layers${remark}\n`);
    }
  });

  it('is also that if index.json lists it under two names, or its images beside it', async () => {
    const { layout, index, images } = built();
    const path = await archive(layout.list(index, ...images));
    expect((await push([path])).digest).toBe(index.digest);
  });

  it('is replaced, which is told, where annotations are given or artifacts merged', async () => {
    const { layout, index } = built();
    const path = await archive(layout);
    const given = await push([path], '--annotation', 'index:org.example.a=b');
    expect(given.digest).not.toBe(index.digest);
    expect(given.ended.stderr).toContain(`index ${index.digest} is replaced by one that is made anew: annot`);
    const riscv64 = dockerArchive(makeImage(linux('riscv64')));
    const merged = await push([path, await temporary.write('riscv64.tar', riscv64)]);
    expect(merged.platforms).toEqual([linux('amd64'), linux('arm64'), linux('riscv64'), unknown, unknown]);
    expect(merged.ended.stderr).toContain('made anew: there are several artifacts');
  });

  it('is replaced where its platforms are not Go’s', async () => {
    const layout = new FixtureLayout();
    const index = layout.index([image(layout, makeImage(linux('aarch64')))]);
    const { platforms, ended } = await push([await archive(layout.list(index))]);
    expect(platforms).toEqual([linux('arm64')]);
    expect(ended.stderr).toContain('made anew: it says linux/aarch64 for linux/arm64');
  });

  it('is nothing that index.json can be: what that lists itself gets an index as ever', async () => {
    const layout = new FixtureLayout();
    layout.list(image(layout, arm64), image(layout, amd64));
    const { platforms, digest } = await push([await archive(layout)]);
    expect(platforms).toEqual([linux('amd64'), linux('arm64')]);
    const reversed = new FixtureLayout();
    reversed.list(image(reversed, amd64), image(reversed, arm64));
    expect((await push([await folder(reversed)])).digest).toBe(digest);
  });
});

describe('what other writers leave out or write as null', () => {
  const withIndexJson = async (layout: FixtureLayout, document: object): Promise<string> => {
    const path = await folder(layout);
    await writeFile(join(path, 'index.json'), JSON.stringify(document));
    return path;
  };

  it('is read as other readers read it: an index.json that is its list alone (F01)', async () => {
    const layout = new FixtureLayout();
    const images = [image(layout, amd64), image(layout, arm64)];
    const index = layout.index(images);
    const { digest, platforms } = await push([await withIndexJson(layout, { manifests: [index] })]);
    expect(digest).toBe(index.digest);
    expect(platforms).toEqual([linux('amd64'), linux('arm64')]);
  });

  it.each([
    ['of one image, whose config decides (F03a)', [amd64], { os: null, architecture: null, variant: null }],
    ['of several images, each with its own (F03b)', [amd64, arm64], { variant: null, 'os.version': null }],
  ])('is absent: a platform of nulls %s', async (_, images, nulls) => {
    const layout = new FixtureLayout();
    const manifests = images.map((from) => {
      const { platform: _platform, ...rest } = image(layout, from);
      return { ...rest, platform: images.length > 1 ? { ...from.platform, ...nulls } : nulls };
    });
    const path = await withIndexJson(layout, { schemaVersion: 2, manifests });
    const { platforms } = await push(
      [path],
      '--platforms',
      images.map((from) => `linux/${from.platform.architecture}`).join(','),
    );
    expect(platforms).toEqual(images.map((from) => from.platform));
  });
});

describe('annotations', () => {
  it('of an index stay where another one is made, and given ones win (F06)', async () => {
    const said = { [source]: 'https://example.org/app', 'org.example.kept': 'yes' };
    const { layout, index } = built({ annotations: said });
    const path = await archive(layout);
    expect((await push([path])).digest).toBe(index.digest);
    const { index: published } = await push([path], '--annotation', `index:${source}=https://example.org/b`);
    expect(published.annotations).toEqual({ ...said, [source]: 'https://example.org/b' });
  });

  it('of several indexes stay where they agree; another one is left out and named', async () => {
    const one = (from: typeof amd64, annotations: Record<string, string>) => {
      const layout = new FixtureLayout();
      layout.list(layout.index([image(layout, from)], { annotations }));
      return archive(layout);
    };
    const paths = [
      await one(amd64, { [source]: 'https://example.org', title: 'amd64', own: 'a' }),
      await one(arm64, { [source]: 'https://example.org', title: 'arm64' }),
    ];
    const { index, ended } = await push(paths);
    expect(index.annotations).toEqual({ [source]: 'https://example.org', own: 'a' });
    expect(ended.stderr).toMatch(/^warning: annotation title is left out .* say "amd64" and "arm64"/m);
    const given = await push(paths, '--annotation', 'index:title=both');
    expect(given.index.annotations).toMatchObject({ title: 'both' });
    expect(given.ended.stderr).not.toContain('warning');
  });

  it('of an export are not published, so that one manifest has one digest (F08)', async () => {
    const exported = async (more: Record<string, string>) => {
      const layout = new FixtureLayout();
      layout.list(image(layout, amd64, { annotations: { 'org.example.kept': 'yes', ...more } }));
      return push([await archive(layout)]);
    };
    const { index, digest } = await exported({
      [created]: '2026-01-01T10:00:00Z',
      [refName]: 'app:1',
      'containerd.io/distribution.source.registry.example.org': 'team/internal-base',
      'io.containerd.image.name': 'registry.example.org/app:1',
      'config.digest': digestOf(amd64.config),
    });
    expect(index.manifests.map(({ annotations }) => annotations)).toEqual([{ 'org.example.kept': 'yes' }]);
    expect((await exported({ [created]: '2026-01-01T11:00:00Z' })).digest).toBe(digest);
  });
});

describe('an archive of both kinds', () => {
  const config = digestOf(amd64.config);

  it.each([
    ['names nothing in its index.json (F02a)', undefined, 'leads to no image with config'],
    [
      'has the layers in another order there (F02b)',
      (list: Descriptor[]) => list.reverse(),
      'does not match',
    ],
    ['has no layers there (F02c)', () => [], 'has 0 layers, its config 2'],
  ] as const)('that %s is read by manifest.json, with a warning', async (_, change, says) => {
    const layout = new FixtureLayout();
    const right = layout.image(amd64, { compression: 'none' });
    const members = layout.list(right).dockerMembers([right]);
    const layers = amd64.layers.map((layer) => layout.blob(mediaTypes.oci.layer.none, layer));
    layout.manifests.splice(0);
    if (change) layout.list(layout.image(amd64, { layers: change(layers) }));
    const list = members.filter(({ name }) => name === 'manifest.json');
    const path = await temporary.write(`${++made}.tar`, tar([...layout.members(), ...list]));
    const { index, ended, readManifest } = await push([path]);
    expect(ended.stderr).toMatch(new RegExp(`^warning: .*is read by its manifest.json.*${says}`, 'm'));
    const [entry] = index.manifests;
    const manifest = JSON.parse(String(await readManifest(entry as Descriptor)));
    expect(manifest.config.digest).toBe(config);
    expect(manifest.layers).toHaveLength(2);
  });

  it('keeps the manifest of an uncompressed layer, and its attestation (F07)', async () => {
    const layout = new FixtureLayout();
    const plain = { ...layout.image(amd64, { compression: 'none' }), platform: amd64.platform };
    const attestation = layout.attestation(plain);
    for (const isNested of [true, false]) {
      layout.manifests.splice(0);
      layout.list(...(isNested ? [layout.index([plain, attestation])] : [plain, attestation]));
      const path = await temporary.write(`${++made}.tar`, tar(layout.dockerMembers([plain])));
      const { index, readManifest, ended } = await push([path]);
      expect(index.manifests.map(({ digest }) => digest)).toEqual([plain.digest, attestation.digest]);
      expect(digestOf(await readManifest(plain))).toBe(plain.digest);
      expect(ended.stderr).not.toContain('warning');
    }
  });

  it('is read by index.json where manifest.json is wrong, with a warning', async () => {
    const { layout, images, index } = built();
    const [list] = layout.dockerMembers(images).slice(-1);
    const other = String(list?.content).replace(/"Layers":\[[^\]]*\]/, '"Layers":[]');
    for (const [content, says] of [
      [other, `it lists other layers of the image with config ${config}`],
      ['{}', 'manifest.json'],
    ] as const) {
      const members: TarMember[] = [...layout.members(), { name: 'manifest.json', content }];
      const { digest, ended } = await push([await temporary.write(`${++made}.tar`, tar(members))]);
      expect(digest).toBe(index.digest);
      expect(ended.stderr).toMatch(new RegExp(`^warning: .*read by its index.json.*${says}`, 'm'));
    }
  });

  it('is damaged where one of its blobs is, whoever names it', async () => {
    const { layout, images } = built();
    const members = layout.dockerMembers(images).map((member) => {
      const isStatement = String(member.content).startsWith('{"of":');
      return isStatement ? { ...member, content: String(member.content).replace('of', 'by') } : member;
    });
    const says = await refusal([await temporary.write(`${++made}.tar`, tar(members))]);
    expect(says).toMatch(/is damaged: its digest is/);
  });

  it('tells of platforms that its index names and that were not saved', async () => {
    const { layout, images, index } = built();
    layout.blobs.delete(`blobs/sha256/${hexOf((images[1] as Descriptor).digest)}`);
    const path = await temporary.write(`${++made}.tar`, tar(layout.dockerMembers(images.slice(0, 1))));
    const { ended, platforms, digest } = await push([path]);
    expect(ended.stderr).toMatch(/^warning: .*its index names linux\/arm64 as well, which was not saved/m);
    expect(platforms[0]).toEqual(linux('amd64'));
    expect(digest).not.toBe(index.digest);
    expect(await refusal([path], '--platforms', 'linux/amd64,linux/arm64')).toContain(
      'no artifact is for linux/arm64',
    );
  });
});

describe('the platform of an image', () => {
  it('is the one of the index that says most of it, in any order (F09)', async () => {
    const digests = new Set<string>();
    for (const isReversed of [false, true]) {
      const layout = new FixtureLayout();
      const arm = layout.image(makeImage(linux('arm')));
      const index = layout.index([{ ...arm, platform: linux('arm', 'v6') }]);
      const other = layout.index([{ ...arm, platform: linux('arm') }]);
      const listed = [{ ...arm, annotations: { [refName]: 'v6' } }, index, other];
      layout.list(...(isReversed ? listed.reverse() : listed));
      const { platforms, digest } = await push([await archive(layout)]);
      expect(platforms).toEqual([linux('arm', 'v6')]);
      digests.add(digest);
    }
    expect(digests.size).toBe(1);
  });

  const windows = { os: 'windows', architecture: 'amd64' };
  it.each([
    ['a version of Windows', { ...windows, 'os.version': '10.0.17763.1' }, windows],
    ['a variant', linux('arm', 'v6'), linux('arm')],
  ])('is completed by %s that its config has, and no index (F15)', async (_, whole, told) => {
    const layout = new FixtureLayout();
    const index = layout.index([image(layout, makeImage(whole), { platform: told })]);
    const { platforms, ended } = await push([await archive(layout.list(index))]);
    expect(platforms).toEqual([whole]);
    expect(ended.stderr).toContain(`index ${index.digest} is replaced`);
  });

  const nameless = {
    ...amd64,
    config: makeConfig(amd64.platform, amd64.layers, { os: undefined, architecture: undefined }),
  };

  it('is that of the index where the config has none (F15c)', async () => {
    const layout = new FixtureLayout();
    layout.list({ ...layout.image(nameless), platform: linux('amd64') });
    expect((await push([await folder(layout)])).platforms).toEqual([linux('amd64')]);
  });

  it('is that of the file’s name where nobody else tells one', async () => {
    const layout = new FixtureLayout();
    layout.list(layout.image(nameless));
    for (const bytes of [dockerArchive(nameless), tar(layout.members())]) {
      const path = await temporary.write('app-linux-s390x.tar', bytes);
      expect((await push([path])).platforms).toEqual([linux('s390x')]);
      expect(await refusal([await temporary.write('app.tar', bytes)])).toMatch(
        /names no platform.*name the file after its platform/,
      );
    }
  });

  it('is refused where two sources contradict each other, in a message with both', async () => {
    const layout = new FixtureLayout();
    const descriptor = image(layout, makeImage(linux('arm', 'v7')), { platform: linux('arm', 'v6') });
    const says = `the index says that ${descriptor.digest} is for linux/arm/v6, its config says linux/arm/v7`;
    expect(await refusal([await archive(layout.list(layout.index([descriptor])))])).toContain(says);
  });
});

describe('two images of one platform', () => {
  const zstd = compressions.includes('zstd') ? 'zstd' : 'none';
  const mark = { 'io.github.containers.compression.zstd': 'true' };

  function variants() {
    const layout = new FixtureLayout();
    const other = layout.image(amd64, { compression: zstd });
    const entries = [image(layout), { ...other, platform: amd64.platform, annotations: mark }];
    return { layout, entries, index: layout.index(entries) };
  }

  it('stay both in the index that they came in, the first one told (F10)', async () => {
    const { layout, entries, index } = variants();
    const path = await archive(layout.list(index));
    const { digest, ended } = await push([path], '--json');
    expect(digest).toBe(index.digest);
    expect(JSON.parse(ended.stdout).platforms).toEqual({ 'linux/amd64': entries[0]?.digest });
    const merged = await push([path], '--annotation', 'index:a=b');
    expect(merged.index.manifests).toEqual(entries.map((entry) => expect.objectContaining(entry)));
    const nested = new FixtureLayout();
    for (const [name, content] of layout.blobs) nested.blobs.set(name, content);
    const outer = nested.index([index]);
    expect((await push([await folder(nested.list(outer))])).digest).toBe(outer.digest);
  });

  it('are an error from two artifacts, before anything is sent where that is asked for', async () => {
    const { layout, index } = variants();
    const path = await archive(layout.list(index));
    const other = dockerArchive(makeImage(linux('amd64'), { seed: 'other' }));
    const says = await refusal([path, await temporary.write('other.tar', other)], '--atomic');
    expect(says).toMatch(/two images for linux\/amd64: .*\.tar and .*other\.tar/);
  });

  it('are told apart where they come from one file', async () => {
    const layout = new FixtureLayout();
    const other = makeImage(linux('amd64'), { seed: 'other' });
    const named = (name: string) => ({ annotations: { 'io.containerd.image.name': name } });
    const [one, two] = [image(layout, amd64, named('app:0')), image(layout, other, named('app:1'))];
    expect(await refusal([await archive(layout.list(one, two))])).toContain(
      `.tar: app:0 (manifest ${one.digest}) and app:1 (manifest ${two.digest}); an index`,
    );
    const docker = tar(dockerMembers([amd64, other], 'nix', ['app:1.0']));
    expect(await refusal([await temporary.write('docker.tar', docker)])).toContain(
      `(config ${digestOf(amd64.config)}) and app:1.0 (config ${digestOf(other.config)})`,
    );
  });
});

describe('layers that are not what their config says', () => {
  const lying = (compression: 'none' | 'gzip' | 'zstd', type = compression) => {
    const layout = new FixtureLayout();
    const [, ...others] = amd64.layers.map((layer) =>
      layout.blob(mediaTypes.oci.layer.gzip, compress(layer, 'gzip')),
    );
    const wrong = layout.blob(mediaTypes.oci.layer[type], compress(arm64.layers[0] as Buffer, compression));
    const entry = layout.image(amd64, { layers: [wrong, ...others] });
    return { layout: layout.list(layout.index([{ ...entry, platform: amd64.platform }])), wrong };
  };

  it.each(compressions.filter((name) => name !== 'none'))(
    'are named before anything is sent, %s (F11)',
    async (compression) => {
      const { layout, wrong } = lying(compression);
      const says = `layer ${wrong.digest} is not what its config says: it inflates to ${digestOf(arm64.layers[0] as Buffer)}`;
      for (const path of [await archive(layout), await folder(layout)])
        expect(await refusal([path])).toContain(says);
    },
  );

  it('are read as their bytes say and not their media type', async () => {
    const layout = new FixtureLayout();
    const { gzip } = mediaTypes.oci.layer;
    const layers = amd64.layers.map((layer) => layout.blob(gzip, layer));
    layout.list(layout.image(amd64, { layers }));
    expect((await push([await archive(layout)])).platforms).toEqual([linux('amd64')]);
    expect(await refusal([await folder(lying('none', 'gzip').layout)])).toContain(
      'is not what its config says',
    );
  });

  it('may be encrypted: then nobody can tell', async () => {
    const layout = new FixtureLayout();
    const layers = amd64.layers.map((layer) =>
      layout.blob(`${mediaTypes.oci.layer.gzip}+encrypted`, layer.subarray(1)),
    );
    layout.list(layout.image(amd64, { layers }));
    expect((await push([await archive(layout)])).index.manifests).toHaveLength(1);
  });
});

describe('folders and archives that are layouts in another way', () => {
  it('are read without the marker of a layout', async () => {
    const { layout, index } = built();
    const members = layout.members().filter(({ name }) => name !== 'oci-layout');
    expect((await push([await temporary.write(`${++made}.tar`, tar(members))])).digest).toBe(index.digest);
    const path = await folder(layout);
    await rm(join(path, 'oci-layout'));
    expect((await push([path])).digest).toBe(index.digest);
  });

  it('are read as skopeo’s dir: has them', async () => {
    const { layout, index, images } = built();
    const flat: TarMember[] = [{ name: 'version', content: 'Directory Transport Version: 1.1\n' }];
    for (const [name, content] of layout.blobs) {
      const hex = name.replace('blobs/sha256/', '');
      const isManifest = /"(layers|manifests)":/.test(String(content));
      const isRoot = hex === hexOf(index.digest);
      flat.push({ name: isRoot ? 'manifest.json' : isManifest ? `${hex}.manifest.json` : hex, content });
    }
    const directory = join(temporary.path, `${++made}-flat`);
    await writeFlat(directory, flat);
    for (const path of [directory, await temporary.write(`${++made}.tar`, tar(flat))]) {
      expect((await push([path])).digest).toBe(index.digest);
    }
    const single = flat.filter(({ name }) => name !== 'manifest.json');
    const manifest = layout.blobs.get(`blobs/sha256/${hexOf((images[0] as Descriptor).digest)}`);
    await writeFlat(directory, [...single, { name: 'manifest.json', content: manifest ?? '' }]);
    expect((await push([directory])).index.manifests.map(({ digest }) => digest)).toEqual([
      images[0]?.digest,
    ]);
  });

  it('are refused with digests of sha512, in words that say so', async () => {
    const layout = new FixtureLayout();
    const index = {
      schemaVersion: 2,
      manifests: [{ ...image(layout), digest: `sha512:${'0'.repeat(128)}` }],
    };
    const members = layout.members().filter(({ name }) => name !== 'index.json');
    const bytes = tar([...members, { name: 'index.json', content: JSON.stringify(index) }]);
    expect(await refusal([await temporary.write(`${++made}.tar`, bytes)])).toMatch(
      /digest of sha512.*sha256/,
    );
  });
});
