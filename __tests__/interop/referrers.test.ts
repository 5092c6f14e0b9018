import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import type { Descriptor } from '../../src/oci/descriptor.ts';
import { parseManifest } from '../../src/oci/manifest.ts';
import { parsePlatform } from '../../src/oci/platform.ts';
import { parseFilesTarget } from '../../src/place/target.ts';
import { openLayout } from '../../src/repository/layout.ts';
import type { Repository } from '../../src/repository/repository.ts';
import { openStatic } from '../../src/repository/static/static.ts';
import { type Served, serve } from '../../src/serve/serve.ts';
import { FilesystemStorage } from '../../src/storage/filesystem.ts';
import { useTemporary } from '../fixtures/temporary.ts';
import { unattended } from '../fixtures/unattended.ts';
import { copyReferrers, makeReferrer, pushAll } from '../repository/referrer.ts';
import { openApp, startFake } from '../repository/registry/fake.ts';
import { makeRelease, publish } from '../repository/release.ts';
import {
  pullWithContainerd,
  pullWithDocker,
  pullWithPodman,
  pullWithRegctl,
  pullWithSkopeo,
} from '../support/clients.ts';
import { run } from '../support/run.ts';
import { startContainerd } from '../support/servers/containerd.ts';
import { startDockerd } from '../support/servers/dockerd.ts';
import { type Garage, startGarage } from '../support/servers/garage.ts';
import { startOlareg } from '../support/servers/olareg.ts';
import { type Registry, registryTool, startRegistry } from '../support/servers/registry.ts';
import { s3Environment, s3Url } from '../support/servers/s3.ts';
import { describeWith, itWith } from '../support/tools.ts';

// Attested as buildx does it, and then signed, described and signed again by others.

const temporary = useTemporary();
const release = makeRelease('one', true);
const subject = release.descriptor;
const amd64 = release.children.find(({ descriptor }) => descriptor.platform?.architecture === 'amd64')
  ?.descriptor as Descriptor;
const password = { COSIGN_PASSWORD: '' };

interface Discovered {
  readonly digest: string;
  readonly artifactType: string;
  readonly referrers?: readonly Discovered[];
  /** What oras before 1.3 calls them. */
  readonly manifests?: readonly Discovered[];
}

/** What refers to a manifest, as oras tells it. */
async function discover(host: string, { digest }: Descriptor): Promise<string[]> {
  const text = await run('oras', [
    ...['discover', '--plain-http', '--format', 'json'],
    `${host}/app@${digest}`,
  ]);
  const { referrers, manifests } = JSON.parse(text) as Discovered;
  return (referrers ?? manifests ?? []).map((found) => found.digest).sort();
}

async function digestsOf(repository: Repository, { digest }: Descriptor): Promise<string[]> {
  return (await repository.referrers(digest)).map((found) => found.digest).sort();
}

async function attach(host: string, to: Descriptor, type: string): Promise<void> {
  await temporary.write('statement.json', `{"of":"${type}"}`);
  await run(
    'oras',
    [
      ...['attach', '--plain-http', '--artifact-type', type, '--annotation', 'of=größe'],
      ...[`${host}/app@${to.digest}`, 'statement.json:application/json'],
    ],
    { cwd: temporary.path },
  );
}

const signing = () => ({ cwd: temporary.path, env: { ...password, HOME: temporary.path } });

async function makeKeys(): Promise<void> {
  await run('cosign', ['generate-key-pair'], signing());
  // Without services: no certificate, no log, no time is asked for from anybody.
  await run('cosign', ['signing-config', 'create', '--out', 'signing.json'], signing());
}

async function sign(host: string, ...more: readonly string[]): Promise<void> {
  const common = [
    '--yes',
    '--key',
    'cosign.key',
    '--signing-config',
    'signing.json',
    '--allow-http-registry',
  ];
  const image = `${host}/app:1.0@${subject.digest}`;
  await run('cosign', ['sign', ...common, ...more, image], signing());
  await temporary.write('predicate.json', '{"builder":"test"}');
  const predicate = ['--predicate', 'predicate.json', '--type', 'custom'];
  await run('cosign', ['attest', ...common, ...predicate, image], signing());
}

/** Throws when the signature or the attestation is not found, or is not ours. */
async function verify(host: string): Promise<void> {
  const options = { cwd: temporary.path, env: { HOME: temporary.path } };
  // Nobody else vouches for anything: the key is all.
  await run('cosign', ['trusted-root', 'create', '--out', 'root.json'], options);
  const common = ['--key', 'cosign.pub', '--trusted-root', 'root.json', '--insecure-ignore-tlog'];
  const image = `${host}/app:1.0@${subject.digest}`;
  await run('cosign', ['verify', ...common, '--allow-http-registry', image], options);
  await run(
    'cosign',
    ['verify-attestation', '--type', 'custom', ...common, '--allow-http-registry', image],
    options,
  );
}

const servers = [
  { tool: registryTool[2], start: () => startRegistry({ version: 2 }) },
  { tool: registryTool[3], start: () => startRegistry({ version: 3 }) },
  { tool: 'olareg', start: startOlareg },
];
for (const { tool, start } of servers) {
  describeWith([tool, 'oras'], `referrers on ${tool}`, () => {
    it('by oras are found by alba, and those by alba by oras', async () => {
      await using server = await start();
      await using app = openApp(server.host);
      await publish(app, release, ['1.0']);
      await attach(server.host, subject, 'test/theirs');
      expect(await app.referrers(subject.digest)).toMatchObject([
        { artifactType: 'test/theirs', annotations: { of: 'größe' } },
      ]);
      await pushAll(app, makeReferrer(subject, 'ours'));
      await attach(server.host, subject, 'test/another');
      const found = await digestsOf(app, subject);
      expect(found).toHaveLength(3);
      expect(await discover(server.host, subject)).toEqual(found);
    });
  });
}

describeWith(['oras'], 'referrers in a layout', () => {
  it('by oras are found by alba, taken to a directory and found there by oras', async () => {
    const layout = join(temporary.path, 'attached');
    await publish(openLayout(layout), release, ['1.0']);
    await temporary.write('bundle.json', '{}');
    const file = 'bundle.json:application/vnd.dev.sigstore.bundle.v0.3+json';
    const type = ['--artifact-type', 'application/vnd.dev.sigstore.bundle.v0.3+json'];
    const options = { cwd: temporary.path };
    await run('oras', ['attach', '--oci-layout', ...type, `${layout}:1.0`, file], options);
    await pushAll(openLayout(layout), makeReferrer(subject, 'ours'));
    const target = join(temporary.path, 'from-layout');
    const repository = openStatic(new FilesystemStorage(target), 'app');
    await publish(repository, release, ['1.0']);
    expect(await copyReferrers(openLayout(layout), repository, subject)).toBe(2);
    const served = await serve(target, { port: 0 });
    const host = served.url.replace('http://', '');
    expect(await discover(host, subject)).toEqual(await digestsOf(openLayout(layout), subject));
    await served.close();
  });
});

describeWith([registryTool[2], 'oras', 'cosign'], 'a signed release', () => {
  let registry: Registry;
  let garage: Garage | undefined;
  let served: Served;
  let root: string;
  let source: ReturnType<typeof openApp>;
  beforeAll(async () => {
    registry = await startRegistry();
    source = openApp(registry.host);
    await publish(source, release, ['1.0']);
    await attach(registry.host, amd64, 'test/of-one-platform');
    await makeKeys();
    await sign(registry.host);
    root = join(temporary.path, 'root');
    await promote(openStatic(new FilesystemStorage(root), 'app'));
    served = await serve(root, { port: 0 });
  });
  afterAll(async () => {
    vi.unstubAllEnvs();
    await served?.close();
    await garage?.stop();
    await source?.close();
    await registry?.stop();
  });

  async function promote(to: Repository, from: Repository = source): Promise<void> {
    await publish(to, release, ['1.0']);
    expect(await copyReferrers(from, to, subject)).toBe(2);
    expect(await copyReferrers(from, to, amd64)).toBe(1);
  }
  const hostOf = (url: string): string => url.replace('http://', '');

  it('is verified by cosign where it was signed', () => verify(registry.host));

  it('is verified by cosign on another registry, where its signatures were taken', async () => {
    await using olareg = await startOlareg();
    await using app = openApp(olareg.host);
    await promote(app);
    await verify(olareg.host);
  });

  it('is verified by cosign on a directory that alba serves', async () => {
    const host = hostOf(served.url);
    await verify(host);
    for (const about of [subject, amd64]) {
      expect(await discover(host, about)).toEqual(await digestsOf(source, about));
    }
  });

  it('is verified by cosign after a stay in a layout', async () => {
    const path = join(temporary.path, 'layout');
    await promote(openLayout(path));
    const tree = await run('oras', ['discover', '--oci-layout', '--format', 'json', `${path}:1.0`]);
    const { referrers, manifests } = JSON.parse(tree) as Discovered;
    expect(referrers ?? manifests).toHaveLength(2);
    await using server = await startOlareg();
    await using app = openApp(server.host);
    await promote(app, openLayout(path));
    await verify(server.host);
  });

  it('is verified by cosign on a directory after oras attached the bundles to a layout', async () => {
    const layout = join(temporary.path, 'bundles');
    await publish(openLayout(layout), release, ['1.0']);
    for (const referrer of await source.referrers(subject.digest)) {
      const manifest = await buffer(await source.fetch(referrer));
      const [bundle] = parseManifest(manifest, referrer.digest).layers as [Descriptor];
      await temporary.write('bundle.json', await buffer(await source.fetch(bundle)));
      const type = ['--artifact-type', bundle.mediaType];
      const file = `bundle.json:${bundle.mediaType}`;
      await run('oras', ['attach', '--oci-layout', ...type, `${layout}:1.0`, file], { cwd: temporary.path });
    }
    const directory = join(temporary.path, 'from-bundles');
    const repository = openStatic(new FilesystemStorage(directory), 'app');
    await publish(repository, release, ['1.0']);
    expect(await copyReferrers(openLayout(layout), repository, subject)).toBe(2);
    const other = await serve(directory, { port: 0 });
    await verify(hostOf(other.url));
    await other.close();
  });

  itWith(['garage'], 'is verified by cosign on the website of a bucket, and pulled from there', async () => {
    garage = await startGarage('bucket');
    for (const [name, value] of Object.entries(s3Environment(garage))) vi.stubEnv(name, value);
    const storage = await parseFilesTarget(s3Url(garage, 'bucket')).openStorage(
      { directory: '.' },
      unattended,
    );
    await promote(openStatic(storage, 'app'));
    await verify(garage.web.host);
    expect(await discover(garage.web.host, subject)).toEqual(await digestsOf(source, subject));
    for (const path of [`referrers/${subject.digest}`, `manifests/sha256-${subject.digest.slice(7)}`]) {
      const list = await fetch(`${garage.web.url}/v2/app/${path}`);
      expect(list.headers.get('content-type')).toBe('application/vnd.oci.image.index.v1+json');
      expect(list.headers.get('cache-control')).toBe('no-cache');
    }
    await pullWithSkopeo(`${garage.web.host}/app:1.0`, parsePlatform('linux/arm64'));
  });

  it('is verified by cosign where what is missing is forbidden, as in a bucket that none may list', async () => {
    await using bucket = await startFake(async ({ method, path }, response) => {
      const found = await fetch(served.url + path, { method });
      const status = found.status === 404 ? 403 : found.status;
      for (const name of ['content-type', 'content-length']) {
        response.setHeader(name, found.headers.get(name) ?? '');
      }
      response.writeHead(status);
      response.end(Buffer.from(await found.arrayBuffer()));
    });
    await verify(bucket.host);
    await run('oras', ['discover', '--plain-http', `${bucket.host}/app@${subject.digest}`]);
  });

  it('has a signature of every platform, too, where cosign signs it with --recursive', async () => {
    await using server = await startOlareg();
    await using app = openApp(server.host);
    await publish(app, release, ['1.0']);
    await sign(server.host, '--recursive');
    const found = release.children.map(({ descriptor }) => digestsOf(app, descriptor));
    const counts = (await Promise.all(found)).map((digests) => digests.length);
    expect(counts).toEqual(release.children.map(() => 1));
    expect(await digestsOf(app, subject)).toHaveLength(2);
  });

  it('is not verified where its signatures are not', async () => {
    const bare = join(temporary.path, 'bare');
    await publish(openStatic(new FilesystemStorage(bare), 'app'), release, ['1.0']);
    const other = await serve(bare, { port: 0 });
    await expect(verify(hostOf(other.url))).rejects.toThrow(/no signatures found/);
    await other.close();
  });

  const platform = parsePlatform('linux/amd64');
  const reference = (): string => `${hostOf(served.url)}/app:1.0`;
  itWith(['skopeo'], 'is pulled by skopeo', () => pullWithSkopeo(reference(), platform));
  itWith(['podman'], 'is pulled by podman', () => pullWithPodman(reference(), platform));
  itWith(['regctl'], 'is pulled by regctl', () => pullWithRegctl(reference(), platform));
  itWith(['containerd', 'ctr'], 'is pulled by containerd', async () => {
    await using containerd = await startContainerd();
    await pullWithContainerd(containerd, reference(), platform);
  });
  itWith(['dockerd', 'docker'], 'is pulled by dockerd', async () => {
    await using dockerd = await startDockerd();
    await pullWithDocker(dockerd, reference(), platform);
  });
  it('has no tag but its own', async () => {
    expect(JSON.parse(await readFile(join(root, 'v2/app/tags/list'), 'utf8'))).toEqual({
      name: 'app',
      tags: ['1.0'],
    });
  });
});
