import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Descriptor } from '../../src/oci/descriptor.ts';
import { parseFilesTarget } from '../../src/place/target.ts';
import { openLayout } from '../../src/repository/layout.ts';
import { openRegistry } from '../../src/repository/registry/registry.ts';
import type { Repository } from '../../src/repository/repository.ts';
import { openStatic } from '../../src/repository/static/static.ts';
import { serve } from '../../src/serve/serve.ts';
import { FilesystemStorage } from '../../src/storage/filesystem.ts';
import { makeLarge } from '../copy/large.ts';
import { digestsIn, fill, releases, sbom, signature, timestamp } from '../copy/places.ts';
import { useTemporary } from '../fixtures/temporary.ts';
import { unattended } from '../fixtures/unattended.ts';
import { openApp, quick } from '../repository/registry/fake.ts';
import { publish } from '../repository/release.ts';
import { runAlba } from '../support/alba.ts';
import { type Recorded, startRecorder } from '../support/recorder.ts';
import { run } from '../support/run.ts';
import { startCountingRegistry } from '../support/servers/counting-registry.ts';
import { startOlareg } from '../support/servers/olareg.ts';
import { registryTool, startRegistry } from '../support/servers/registry.ts';
import { type S3Server, s3Environment, s3Url, startMinio, startS3 } from '../support/servers/s3.ts';
import { describeWith, itWith } from '../support/tools.ts';

const temporary = useTemporary();
const at = (...names: string[]) => join(temporary.path, ...names);
const copy = (words: readonly string[], env: Readonly<Record<string, string>> = {}) =>
  runAlba(['container', 'copy', ...words], { cwd: temporary.path, env });

/** A server that images are copied to, and from. */
interface Place extends AsyncDisposable {
  readonly target: string;
  readonly source?: string;
  readonly env?: Readonly<Record<string, string>>;
  open(): Promise<Repository>;
}

async function registryPlace(server: { host: string } & AsyncDisposable): Promise<Place> {
  return {
    target: `docker://${server.host}/app`,
    open: async () => openApp(server.host),
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
}

async function bucketPlace(server: S3Server): Promise<Place> {
  await server.createBucket('mirror');
  const url = s3Url(server, 'mirror');
  const env = s3Environment(server);
  return {
    target: `${url}#app`,
    env,
    async open() {
      Object.assign(process.env, env);
      return openStatic(await parseFilesTarget(url).openStorage({ directory: '.' }, unattended), 'app');
    },
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
}

/** Written as a directory, and read as any web server serves it. */
async function servedPlace(): Promise<Place> {
  const directory = at(`served-${Math.random()}`);
  const storage = new FilesystemStorage(directory);
  await mkdir(directory);
  const served = await serve(directory, { port: 0 });
  return {
    target: `file://${directory}#app`,
    source: `${served.url}/app`,
    open: async () => openStatic(storage, 'app'),
    [Symbol.asyncDispose]: () => served.close(),
  };
}

const stations = [
  { tool: registryTool[2], start: async () => registryPlace(await startRegistry({ version: 2 })) },
  { tool: 'olareg', start: async () => registryPlace(await startOlareg()) },
  { tool: 'versitygw', start: async () => bucketPlace(await startS3()) },
  { tool: registryTool[3], start: async () => registryPlace(await startRegistry({ version: 3 })) },
  { tool: 'minio', start: async () => bucketPlace(await startMinio()) },
  { tool: 'alba serve', start: servedPlace },
  { tool: registryTool[2], start: async () => registryPlace(await startRegistry({ version: 2 })) },
] as const;

describeWith([registryTool[2], registryTool[3], 'olareg', 'versitygw', 'minio'], 'a journey', () => {
  const places: Place[] = [];
  afterAll(async () => {
    for (const place of places) await place[Symbol.asyncDispose]();
  });
  const home = () => openStatic(new FilesystemStorage(at('home')), 'app');
  beforeAll(() => fill(home()));

  it.each(stations)(
    'by way of $tool changes no digest, and loses nothing that refers to it',
    async (station) => {
      const last = places.at(-1);
      const from = last ? (last.source ?? last.target) : `file://${at('home')}#app`;
      const place = await station.start();
      places.push(place);
      // Two buckets have two accounts: between them stands something else.
      const env = { ...last?.env, ...place.env };
      const ended = await copy([from, place.target, '--all', '--json'], env);
      expect(ended.code, ended.stderr).toBe(0);
      const there = await place.open();
      expect(await digestsIn(there)).toEqual(await digestsIn(home()));
      for (const [subject, referrer] of [
        [releases.one, signature],
        [signature, timestamp],
        [releases.one.children[0] ?? releases.one, sbom],
      ] as const) {
        const found = await there.referrers(subject.descriptor.digest);
        expect(found.map(({ digest }) => digest)).toEqual([referrer.descriptor.digest]);
      }
      await there.close();
      const checked = await copy([from, place.target, '--all', '--check'], env);
      expect(checked.code, checked.stdout).toBe(0);
    },
  );
});

describeWith([registryTool[2], 'oras'], 'a registry', () => {
  let registry: Awaited<ReturnType<typeof startRegistry>>;
  beforeAll(async () => {
    registry = await startRegistry();
  });
  afterAll(() => registry?.stop());

  it('takes over from another repository of its own what it has, and gets manifests alone', async () => {
    await using app = openApp(registry.host);
    const release = makeLarge(['base', 'mounted'], 300_000);
    await publish(app, release, ['mounted']);
    await using recorder = await startRecorder(registry.url);
    const words = [`docker://${recorder.host}/app:mounted`, `docker://${recorder.host}/mirror/app`, '--json'];
    const ended = await copy(words);
    expect(ended.code, ended.stderr).toBe(0);
    expect(JSON.parse(ended.stdout).pushedBytes).toBeLessThan(3_000);
    const sent = recorder.requests.reduce((total, one) => total + one.sent, 0);
    expect(sent).toBeLessThan(6_000);
    expect(recorder.requests.filter(({ path }) => path.includes('mount=')).length).toBe(3);
  });

  it('is asked for its tag list once, and sent once what many tags have in common', async () => {
    await using app = openApp(registry.host);
    const tags = Array.from({ length: 12 }, (_, index) => `3.${index}`);
    for (const tag of tags) await publish(app, makeLarge(['base', 'common', tag], 100_000), [tag]);
    await using olareg = await startOlareg();
    await using source = await startRecorder(registry.url);
    await using target = await startRecorder(`http://${olareg.host}`);
    const words = [
      `docker://${source.host}/app`,
      `docker://${target.host}/app`,
      '--tags',
      '>=3 <4',
      '--json',
    ];
    const ended = await copy(words);
    expect(ended.code, ended.stderr).toBe(0);
    expect(source.requests.filter(({ path }) => path.includes('/tags/list'))).toHaveLength(1);
    const gets = source.requests.filter(({ method, path }) => method === 'GET' && path.includes('/blobs/'));
    expect(new Set(gets.map(({ path }) => path)).size).toBe(gets.length);
    // Two layers in common, one of each, and a config each.
    expect(gets).toHaveLength(2 + tags.length * 2);
    const { pushedBytes } = JSON.parse(ended.stdout);
    expect(pushedBytes).toBeGreaterThan(1_400_000);
    expect(pushedBytes).toBeLessThan(1_450_000);
    const manifestsRead = () =>
      source.requests.filter(({ method, path }) => method === 'GET' && path.includes('/manifests/sha256:'));
    expect(manifestsRead()).toHaveLength(tags.length * 2);
    target.take();
    source.take();
    const again = await copy(words);
    expect(manifestsRead()).toEqual([]);
    expect(JSON.parse(again.stdout).pushedBytes).toBe(0);
    expect(target.requests.filter(({ method }) => method !== 'HEAD' && method !== 'GET')).toEqual([]);
  });

  it('goes on with a copy that was killed where it was: no blob that had arrived is sent again', async () => {
    await using app = openApp(registry.host);
    const size = 2_000_000;
    const seeds = Array.from({ length: 8 }, (_, index) => `killed ${index}`);
    await publish(app, makeLarge(seeds, size), ['killed']);
    await using olareg = await startOlareg();
    await using target = await startRecorder(`http://${olareg.host}`);
    const words = [
      ...['container', 'copy', `docker://${registry.host}/app:killed`],
      ...[`docker://${target.host}/app`, '--concurrency', '1'],
    ];
    const arrived = (requests: readonly Recorded[]): Recorded[] =>
      requests.filter(({ method, status, sent }) => method === 'PUT' && status === 201 && sent === size);
    const ended = await runAlba(words, {
      watch(child) {
        const timer = setInterval(() => {
          if (arrived(target.requests).length < 3) return;
          clearInterval(timer);
          child.kill('SIGKILL');
        }, 1);
        child.once('exit', () => clearInterval(timer));
      },
    });
    expect(ended.code).toBeNull();
    const first = arrived(target.take()).length;
    expect(first).toBeGreaterThanOrEqual(3);
    await using there = openApp(olareg.host);
    expect(await there.resolve('killed')).toBeUndefined();
    const again = await runAlba([...words, '--json']);
    expect(again.code, again.stderr).toBe(0);
    const requests = target.take();
    expect(arrived(requests).length).toBeLessThanOrEqual(seeds.length - first);
    const sent = requests.reduce((total, one) => total + one.sent, 0);
    expect(sent).toBeLessThan((seeds.length - first) * size + 10_000);
    expect((await there.resolve('killed'))?.digest).toBe((await app.resolve('killed'))?.digest);
  });

  it('has neither tag nor index of a release whose source fails in the middle', async () => {
    const site = at('failing');
    const [good, bad] = [makeLarge(['good'], 50_000), makeLarge(['bad one', 'bad two'], 50_000)];
    const home = openStatic(new FilesystemStorage(site), 'app');
    await publish(home, good, ['1.0']);
    await publish(home, bad, ['2.0']);
    await using counting = await startCountingRegistry(site);
    const layer = bad.children[0]?.children.at(-1)?.descriptor as Descriptor;
    counting.fault = (path) => (path.endsWith(layer.digest) ? { flipAt: 10 } : undefined);
    const there = openRegistry({ registry: registry.host, repository: 'failed' }, quick);
    const words = [`http://${counting.host}/app`, `docker://${registry.host}/failed`, '--all'];
    const ended = await copy(words);
    expect(ended.code).toBe(1);
    expect(ended.stderr).toContain('is damaged');
    expect(await there.resolve('2.0')).toBeUndefined();
    expect(await there.resolve(bad.descriptor.digest)).toBeUndefined();
    counting.reset();
    expect((await copy(words)).code).toBe(0);
    expect((await there.resolve('2.0'))?.digest).toBe(bad.descriptor.digest);
    await there.close();
  });

  itWith(['oras', 'crane'], 'gives others what oras attached, and what they take for the same', async () => {
    await using app = openApp(registry.host);
    await publish(app, releases.three, ['attached']);
    await temporary.write('statement.json', '{}');
    const file = ['statement.json:application/json'];
    await run(
      'oras',
      ['attach', '--plain-http', '--artifact-type', 'test/theirs', `${registry.host}/app:attached`, ...file],
      { cwd: temporary.path },
    );
    await using olareg = await startOlareg();
    expect((await copy([`docker://${registry.host}/app:attached`, `docker://${olareg.host}/app`])).code).toBe(
      0,
    );
    const of = (host: string) =>
      run('oras', ['discover', '--plain-http', '--format', 'json', `${host}/app:attached`]);
    const digestsOf = (text: string) => [...text.matchAll(/sha256:[0-9a-f]{64}/g)].map(([digest]) => digest);
    expect(digestsOf(await of(olareg.host))).toEqual(digestsOf(await of(registry.host)));
    expect(digestsOf(await of(olareg.host)).length).toBeGreaterThan(1);
    const digest = await run('crane', ['digest', '--insecure', `${olareg.host}/app:attached`]);
    expect(digest.trim()).toBe(releases.three.descriptor.digest);
    await run('crane', ['validate', '--insecure', '--remote', `${olareg.host}/app:attached`]);
  });
});

describe('a web server', () => {
  it('is a source of many tags by its tag list, and gives what cosign keeps under tags of one that is named', async () => {
    await using place = await servedPlace();
    await fill(await place.open());
    const source = place.source ?? '';
    expect((await copy([source, `oci:${at('from-web')}`, '--all'])).code).toBe(0);
    expect(await digestsIn(openLayout(at('from-web')))).toEqual(await digestsIn(await place.open()));
  });
});
