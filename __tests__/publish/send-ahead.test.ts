import { expect, it, vi } from 'vitest';
import { Knowledge } from '../../src/cache/knowledge.ts';
import { containerPush } from '../../src/commands/container/push.ts';
import { levels } from '../../src/compression/levels.ts';
import { type Artifact, openArtifact } from '../../src/publish/artifact.ts';
import { MetLayers } from '../../src/publish/met-layers.ts';
import { type PublishOptions, publish } from '../../src/publish/publish.ts';
import { StandingRelease } from '../../src/publish/standing-release.ts';
import { requestOf } from '../commands/container/request.ts';
import { dockerArchive } from '../fixtures/docker-archive.ts';
import { type FixtureImage, makeImage } from '../fixtures/image.ts';
import { compress, FixtureLayout } from '../fixtures/oci-layout.ts';
import { silent } from '../fixtures/silent.ts';
import { tar } from '../fixtures/tar.ts';
import { useTemporary } from '../fixtures/temporary.ts';
import { type Answer, memory, openApp, type Seen, startFake } from '../repository/registry/fake.ts';

const temporary = useTemporary();
const amd64 = makeImage({ os: 'linux', architecture: 'amd64' });
const arm64 = makeImage({ os: 'linux', architecture: 'arm64' }, { seed: 'arm64' });
/** Of each of them: config and layers. */
const blobs = 1 + amd64.layers.length;
const knowledge = () => new Knowledge(new Date());

const options = (more: Partial<PublishOptions> = {}): PublishOptions => ({
  recipe: { format: 'oci', compression: 'gzip', compressionLevel: levels.gzip.usual, annotations: [] },
  labels: {},
  platforms: undefined,
  update: false,
  atomic: false,
  floating: false,
  immutable: false,
  dryRun: false,
  concurrency: undefined,
  parallelism: 2,
  threads: undefined,
  temporaryDirectory: temporary.path,
  knowledge: knowledge(),
  openOthers: async () => ({ all: [], [Symbol.asyncDispose]: async () => {} }),
  progress: silent,
  abort: new AbortController(),
  ...more,
});

async function open(name: string, bytes: Buffer, met = new MetLayers()): Promise<Artifact> {
  const path = await temporary.write(name, bytes);
  const { path: directory } = temporary;
  const reading = { labels: {}, knowledge: knowledge(), progress: silent, onLayer: met.add };
  return openArtifact(path, { directory, ...reading });
}

/** Two layers that are large enough to go by themselves, and one that is not. */
const large = makeImage(
  { os: 'linux', architecture: 'amd64' },
  { layers: [2_700_000, 2_400_000, 1_600_000] },
);
const largeArchives: readonly (readonly [string, () => Buffer])[] = [
  ['an archive that is gzipped', () => compress(dockerArchive(large), 'gzip')],
  ['a layout in an archive', () => layoutOf(large)],
];

/** The same with a wrong checksum, or where it is no gzip, with something that is no entry in place of its end. */
function damage(bytes: Buffer): Buffer {
  const damaged = Buffer.from(bytes);
  const isGzip = damaged.readUInt16BE() === 0x1f8b;
  return isGzip
    ? damaged.fill(0x41, damaged.length - 8, damaged.length - 4)
    : damaged.fill(0x41, damaged.length - 1024);
}

function layoutOf(image: FixtureImage): Buffer {
  const layout = new FixtureLayout();
  layout.list({ ...layout.image(image), platform: image.platform });
  return tar(layout.members());
}

/** Answers as another does, and tells when a request comes that is waited for. */
function watched(answer: Answer, isAwaited: (request: Seen) => boolean) {
  let tell = (): void => {};
  const seen = new Promise<void>((resolve) => {
    tell = resolve;
  });
  const watching: Answer = async (request, response) => {
    await answer(request, response);
    if (isAwaited(request)) tell();
  };
  return { answer: watching, seen };
}

const isUpload = ({ method, path }: Seen) => method === 'PUT' && path.includes('/blobs/');

it.each([
  ['an archive', () => dockerArchive(amd64)],
  ['a layout', () => layoutOf(amd64)],
])('blobs of %s are sent while another artifact is read', async (kind, make) => {
  let uploads = 0;
  const registry = memory();
  const { answer, seen } = watched(registry, (request) => isUpload(request) && ++uploads === blobs);
  await using fake = await startFake(answer);
  await using repository = openApp(fake.host);
  const first = open(`${kind}.tar`, make());
  const second = seen.then(() => {
    expect(fake.calls().filter((call) => /^PUT .*\/manifests\//.test(call))).toEqual([]);
    return open('second.tar', dockerArchive(arm64));
  });
  const { images } = await publish(
    [first, second],
    [new StandingRelease({ repository, tags: ['1'] }, silent)],
    options(),
  );
  expect(images).toHaveLength(2);
  expect(await repository.resolve('1')).toBeDefined();
  expect(fake.seen.filter(isUpload)).toHaveLength(2 * blobs);
});

it.each(largeArchives)(
  'large layers of %s go before it is known what the rest of it is',
  async (name, make) => {
    let uploads = 0;
    const { answer, seen } = watched(memory(), (request) => isUpload(request) && ++uploads === 2);
    await using fake = await startFake(answer);
    await using repository = openApp(fake.host);
    const met = new MetLayers();
    const late = open(name, make(), met).then(async (artifact) => {
      await seen;
      expect(fake.seen.filter(isUpload)).toHaveLength(2);
      return artifact;
    });
    await publish([late], [new StandingRelease({ repository, tags: ['1'] }, silent)], options({ met }));
    expect(await repository.resolve('1')).toBeDefined();
    expect(fake.seen.filter(isUpload)).toHaveLength(1 + large.layers.length);
  },
);

it.each(largeArchives)(
  '%s that turns out bad leaves its large layers alone, and that is told',
  async (name, make) => {
    let uploads = 0;
    const { answer, seen } = watched(memory(), (request) => isUpload(request) && ++uploads === 2);
    await using fake = await startFake(answer);
    await using repository = openApp(fake.host);
    const warn = vi.fn();
    const met = new MetLayers();
    const bad = open(name, damage(make()), met).finally(() => seen);
    const publishing = publish(
      [bad],
      [new StandingRelease({ repository, tags: ['1'] }, silent)],
      options({ met, progress: { ...silent, warn } }),
    );
    await expect(publishing).rejects.toThrow(/damaged|header/);
    expect(fake.seen.filter(isUpload)).toHaveLength(2);
    expect(fake.calls().filter((call) => /^PUT .*\/manifests\//.test(call))).toEqual([]);
    expect(warn).toHaveBeenCalledExactlyOnceWith(expect.stringMatching(/keeps 2 items .* that no tag names/));
  },
);

it('a layer that is under way when its archive turns out bad is broken off', async () => {
  const registry = memory();
  let uploads = 0;
  let broken = 0;
  const { answer, seen } = watched(
    async (request, response) => {
      if (!isUpload(request)) await registry(request, response);
      else response.once('close', () => ++broken);
    },
    (request) => isUpload(request) && ++uploads === 2,
  );
  const abort = new AbortController();
  await using fake = await startFake(answer);
  await using repository = openApp(fake.host, { signal: abort.signal });
  const met = new MetLayers();
  const bad = open('bad.tar.gz', damage(compress(dockerArchive(large), 'gzip')), met).finally(() => seen);
  const publishing = publish(
    [bad],
    [new StandingRelease({ repository, tags: ['1'] }, silent)],
    options({ met, abort }),
  );
  await expect(publishing).rejects.toThrow(/damaged/);
  await expect.poll(() => broken).toBe(2);
});

it.each([
  ['atomic', { atomic: true }],
  ['immutable', { immutable: true }],
  ['platforms', { platforms: [large.platform] }],
])('with %s no layer goes before its archive was read', async (name, more) => {
  await using fake = await startFake(memory());
  await using repository = openApp(fake.host);
  const met = new MetLayers();
  const bad = open(`${name}.tar.gz`, damage(compress(dockerArchive(large), 'gzip')), met);
  const publishing = publish(
    [bad],
    [new StandingRelease({ repository, tags: ['1'] }, silent)],
    options({ met, ...more }),
  );
  await expect(publishing).rejects.toThrow(/damaged/);
  expect(fake.calls().filter((call) => !/^(GET|HEAD) /.test(call))).toEqual([]);
});

it('a layer that the release at the target has as another blob is not sent', async () => {
  await using fake = await startFake(memory());
  await using repository = openApp(fake.host);
  const standing = () => [new StandingRelease({ repository, tags: ['1'] }, silent)];
  await publish([await open('plain.tar', dockerArchive(large))], standing(), options());
  const before = fake.seen.length;
  const met = new MetLayers();
  const again = await open('same.tar.gz', compress(dockerArchive(large), 'gzip'), met);
  await publish([again], standing(), options({ met }));
  expect(fake.seen.slice(before).filter(({ method }) => method !== 'GET' && method !== 'HEAD')).toEqual([]);
});

it('a target is asked for what stands there while artifacts are read', async () => {
  const { answer, seen } = watched(memory(), ({ path }) => path.endsWith('/manifests/1'));
  await using fake = await startFake(answer);
  await using repository = openApp(fake.host);
  const late = seen.then(() => open('late.tar', dockerArchive(amd64)));
  await publish(
    [late],
    [new StandingRelease({ repository, tags: ['1'] }, silent)],
    options({ atomic: true }),
  );
  expect(await repository.resolve('1')).toBeDefined();
});

it('a second image for one platform changes no tag, and only the blobs of the first are there', async () => {
  const registry = memory();
  let uploads = 0;
  const { answer, seen } = watched(registry, (request) => isUpload(request) && ++uploads === blobs);
  await using fake = await startFake(answer);
  await using repository = openApp(fake.host);
  const other = makeImage({ os: 'linux', architecture: 'amd64' }, { seed: 'other' });
  const first = open('first.tar', dockerArchive(amd64));
  const second = seen.then(() => open('other.tar', dockerArchive(other)));
  const warnings: string[] = [];
  const publishing = publish(
    [first, second],
    [new StandingRelease({ repository, tags: ['1'] }, silent)],
    options({ progress: { ...silent, warn: (warning) => warnings.push(warning) } }),
  );
  await expect(publishing).rejects.toThrow(/two images for linux\/amd64/);
  expect(fake.seen.filter(isUpload)).toHaveLength(blobs);
  expect(fake.calls().filter((call) => /^PUT .*\/manifests\//.test(call))).toEqual([]);
  expect(warnings.join()).toContain(
    'that no tag names: another run sends only what is missing, the registry',
  );
  expect(warnings.join()).not.toContain('gc removes');
});

it('a target that fails ends a run whose other artifacts are read at that time', async () => {
  const refused = watched(
    (request, response) =>
      request.method === 'POST' ? response.writeHead(403).end() : response.writeHead(404).end(),
    ({ method }) => method === 'POST',
  );
  await using fake = await startFake(refused.answer);
  await using repository = openApp(fake.host);
  const first = open('good.tar', dockerArchive(amd64));
  const second = refused.seen.then(() => open('second.tar', dockerArchive(arm64)));
  const publishing = publish(
    [first, second],
    [new StandingRelease({ repository, tags: ['1'] }, silent)],
    options(),
  );
  await expect(publishing).rejects.toThrow(/403/);
  expect(fake.calls().filter((call) => call.startsWith('PUT'))).toEqual([]);
});

it('of a release that is there already nothing is sent, although its archives are read', async () => {
  await using fake = await startFake(memory());
  const artifacts = [
    await temporary.write('same-amd64.tar', dockerArchive(amd64)),
    await temporary.write('same-arm64.tar', dockerArchive(arm64)),
  ];
  const push = async () =>
    containerPush(
      await requestOf({ artifacts, targets: [`docker://${fake.host}/app:1`] }, temporary.path),
      silent,
    );
  const { digest } = await push();
  const before = fake.seen.length;
  expect(await push()).toMatchObject({ digest, pushedBytes: 0 });
  expect(fake.seen.slice(before).filter(({ method }) => method !== 'GET' && method !== 'HEAD')).toEqual([]);
});
