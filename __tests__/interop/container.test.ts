import { execFileSync } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ContainerPushResult } from '../../src/commands/container/push-result.ts';
import { type Digest, digestOf } from '../../src/oci/digest.ts';
import { type Config, parseIndex } from '../../src/oci/manifest.ts';
import { formatPlatform, type Platform } from '../../src/oci/platform.ts';
import { useTemporary } from '../fixtures/temporary.ts';
import { dist, program, runAction, runAlba } from '../support/alba.ts';
import {
  craneValidate,
  pullWithContainerd,
  pullWithDocker,
  pullWithPodman,
  pullWithRegctl,
  pullWithSkopeo,
} from '../support/clients.ts';
import { type Daemon, makeDirectory, startDaemon } from '../support/daemon.ts';
import { run } from '../support/run.ts';
import { type Containerd, startContainerd } from '../support/servers/containerd.ts';
import { type Dockerd, startDockerd } from '../support/servers/dockerd.ts';
import { type Garage, startGarage } from '../support/servers/garage.ts';
import { type Registry, registryTool, startRegistry } from '../support/servers/registry.ts';
import { type S3Access, type S3Server, s3Client, s3Url, startS3 } from '../support/servers/s3.ts';
import { describeWith } from '../support/tools.ts';
import { diffIdsOf, makeBuild, makeOtherBuild, platforms } from './release.ts';

const servers = [registryTool[2], registryTool[3], 'garage', 'versitygw'];
const clients = ['dockerd', 'docker', 'containerd', 'ctr', 'podman', 'skopeo', 'crane', 'regctl'];
const login = { username: 'publisher', password: 'right:pass wörd' };

const temporary = useTemporary();
const at = (...names: string[]) => join(temporary.path, ...names);

interface World {
  readonly dockerd: Dockerd;
  readonly containerd: Containerd;
  readonly registry: Registry;
  readonly private: Registry;
  readonly garage: Garage;
  readonly s3: S3Server;
}

describeWith([...servers, ...clients, 'pigz'], 'a release of four platforms', () => {
  let world: World;
  let env: Record<string, string>;
  let result: ContainerPushResult;
  let served: Daemon & { readonly ready: string };

  beforeAll(async () => {
    world = await startWorld();
    env = await writeCredentials(world);
    await Promise.all([
      makeBuild(world.dockerd, at('docker'), at('scratch')),
      makeOtherBuild(at('others'), at('scratch')),
    ]);
    const ended = await runAlba(
      ['container', 'push', '--json', '-t', 'org/app:1.0', 'docker/', ...targetsIn(world)],
      { cwd: temporary.path, env },
    );
    expect(ended, ended.stderr).toMatchObject({ code: 0 });
    result = JSON.parse(ended.stdout);
    await publishOthers(world, env);
    served = await startServe();
  });
  afterAll(async () => {
    await Promise.all([...Object.values(world ?? {}), served].map((server) => server?.stop()));
  });

  it('has one digest on every target', async () => {
    const { registry, garage } = world;
    const path = 'v2/org/app/manifests/1.0';
    const found = {
      registry: await fetchDigest(`${registry.url}/${path}`),
      private: await fetchDigest(`${world.private.url}/${path}`, basic(login)),
      garage: await fetchDigest(`${garage.web.url}/${path}`),
      s3: digestOf(await objectIn(world.s3, 'alba', `deep/er/${path}`)),
      directory: digestOf(await readFile(at('site', path))),
      layout: parseIndex(await readFile(at('layout/index.json')), 'layout').manifests[0]?.digest,
    };
    expect(found).toEqual(Object.fromEntries(Object.keys(found).map((name) => [name, result.digest])));
    expect(result.references).toHaveLength(Object.keys(found).length);
    expect(Object.keys(result.platforms)).toEqual(platforms.map(formatPlatform));
  });

  it('keeps the attestation with the image that it is about', async () => {
    const index = parseIndex(await readFile(at('site/v2/org/app/manifests/1.0')), 'index');
    expect(index.manifests).toHaveLength(5);
    expect(index.manifests[4]?.annotations).toMatchObject({
      'vnd.docker.reference.type': 'attestation-manifest',
      'vnd.docker.reference.digest': result.platforms['linux/386'],
    });
  });

  it('is the same in any order, through the other door, and sent only once', async () => {
    const artifacts = ['linux.arm64.tar', 'linux.386', 'linux.amd64.tar', 'linux.arm.v7.tar.gz'];
    const again = await runAction(
      {
        artifacts: artifacts.map((name) => `docker/${name}`).join('\n'),
        tag: 'org/app:1.0\norg/app:latest',
        target: `docker://${world.private.host}/org/app`,
        ...login,
        cache: 'false',
      },
      { cwd: temporary.path },
    );
    expect(again, again.stdout).toMatchObject({ code: 0 });
    expect(again.outputs).toMatchObject({ digest: result.digest, 'pushed-bytes': '0' });
    expect(again.stdout.replace(/^::add-mask::.*$/gm, '')).not.toContain('pass wörd');
    expect(await fetchDigest(`${world.private.url}/v2/org/app/manifests/latest`, basic(login))).toBe(
      result.digest,
    );
  });

  const other = findOtherNode();
  it.skipIf(!other)(`is the same on ${other?.version ?? 'another Node (none is on PATH)'}`, async () => {
    const ended = await runAlba(
      ['container', 'push', '--json', '--no-cache', '-t', 'org/app:1.0', 'docker/', 'file://./other-node'],
      // What it runs is the bundle: only newer ones take the types away.
      { cwd: temporary.path, node: other?.path ?? '', program: dist },
    );
    expect(ended, ended.stderr).toMatchObject({ code: 0 });
    expect(JSON.parse(ended.stdout).digest).toBe(result.digest);
  });

  const sources = {
    'the registry': () => world.registry.host,
    'the website of Garage': () => world.garage.web.host,
    'alba serve': () => served.ready,
  };

  // The daemons forget what they pulled, so that the next source has to give all of it.
  describe.each(Object.entries(sources))('from %s', (_, hostOf) => {
    const pulls: Record<string, (reference: string, platform: Platform) => Promise<Config>> = {
      dockerd: async (...image) => {
        const config = await pullWithDocker(world.dockerd, ...image);
        await run('docker', ['--host', world.dockerd.endpoint, 'image', 'rm', image[0]]);
        return config;
      },
      containerd: async (...image) => {
        const config = await pullWithContainerd(world.containerd, ...image);
        await run('ctr', ['--address', world.containerd.address, 'images', 'rm', '--sync', image[0]]);
        return config;
      },
      podman: pullWithPodman,
      skopeo: pullWithSkopeo,
      regctl: pullWithRegctl,
    };

    it.each(Object.entries(pulls))('%s pulls every platform', async (_name, pull) => {
      const reference = `${hostOf()}/org/app:1.0`;
      for (const platform of platforms) {
        expect((await pull(reference, platform)).diffIds).toEqual(diffIdsOf(platform));
      }
    });

    // crane takes an attestation for an image, and its statement for no layer: it would fail on org/app.
    it('crane validates what podman and skopeo saved', async () => {
      await craneValidate(`${hostOf()}/org/others:1.0`);
    });
  });

  it('is read by skopeo and regctl from the layout', async () => {
    const inspected = await run('skopeo', ['inspect', '--raw', `oci:${at('layout')}:1.0`]);
    expect(digestOf(Buffer.from(inspected))).toBe(result.digest);
    expect(await run('regctl', ['image', 'digest', `ocidir://${at('layout')}:1.0`])).toBe(
      `${result.digest}\n`,
    );
  });
});

async function startWorld(): Promise<World> {
  const [dockerd, containerd, registry, closed, garage, s3] = await Promise.all([
    startDockerd(),
    startContainerd(),
    startRegistry(),
    startRegistry({ auth: login, version: 3 }),
    startGarage(),
    startS3(),
  ]);
  await s3.createBucket('alba');
  return { dockerd, containerd, registry, private: closed, garage, s3 };
}

/** A docker config for the private registry, and a profile of AWS for each of the two S3 servers. */
async function writeCredentials({ private: { host }, garage, s3 }: World): Promise<Record<string, string>> {
  await mkdir(at('.docker'));
  const auth = Buffer.from(`${login.username}:${login.password}`).toString('base64');
  await temporary.write('.docker/config.json', JSON.stringify({ auths: { [host]: { auth } } }));
  const profile = (name: string, { accessKeyId, secretAccessKey }: S3Access) =>
    `[${name}]\naws_access_key_id = ${accessKeyId}\naws_secret_access_key = ${secretAccessKey}\n`;
  await writeFile(at('credentials'), profile('garage', garage) + profile('versity', s3));
  return {
    DOCKER_CONFIG: at('.docker'),
    AWS_SHARED_CREDENTIALS_FILE: at('credentials'),
    AWS_EC2_METADATA_DISABLED: 'true',
  };
}

function targetsIn({ registry, private: { host }, garage, s3 }: World): string[] {
  return [
    `docker://${registry.host}/org/app`,
    `docker://${host}/org/app:1.0`,
    `${s3Url(garage, garage.bucket)}&profile=garage`,
    `${s3Url(s3, 'alba', 'deep/er')}&profile=versity`,
    'file://./site',
    'oci:./layout',
  ];
}

/** The other build, through the other door, to where clients pull from. */
async function publishOthers({ registry, garage }: World, env: Record<string, string>): Promise<void> {
  const ended = await runAction(
    {
      artifacts: 'others/*',
      tag: 'org/others:1.0',
      target: [
        `docker://${registry.host}/org/others`,
        `${s3Url(garage, garage.bucket)}&profile=garage`,
        'file://./site',
      ].join('\n'),
      platforms: platforms.map(formatPlatform).join(','),
    },
    { cwd: temporary.path, env },
  );
  expect(ended, ended.stdout).toMatchObject({ code: 0 });
}

/** `alba serve` of what the release made in a directory. */
async function startServe(): Promise<Daemon & { readonly ready: string }> {
  return startDaemon({
    tool: 'node',
    directory: makeDirectory('serve'),
    args: [program, 'serve', at('site')],
    ready: (log) => /at http:\/\/([\d.:]+);/.exec(log)?.[1],
  });
}

async function fetchDigest(url: string, authorization?: string): Promise<Digest> {
  const response = await fetch(url, {
    headers: {
      accept: 'application/vnd.oci.image.index.v1+json',
      ...(authorization && { authorization }),
    },
  });
  return digestOf(Buffer.from(await response.arrayBuffer()));
}

async function objectIn(access: S3Access, bucket: string, key: string): Promise<Uint8Array> {
  const { GetObjectCommand } = await import('@aws-sdk/client-s3');
  const client = s3Client(access);
  try {
    const { Body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
    return (await Body?.transformToByteArray()) ?? new Uint8Array();
  } finally {
    client.destroy();
  }
}

function basic({ username, password }: typeof login): string {
  return `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
}

/** A Node of another major version than the one that runs the tests. */
function findOtherNode(): { path: string; version: string } | undefined {
  const folders = (process.env.PATH ?? '').split(delimiter).filter(Boolean);
  for (const folder of folders) {
    const path = join(folder, 'node');
    try {
      const version = execFileSync(path, ['--version'], { encoding: 'utf8', stdio: 'pipe' }).trim();
      if (version.split('.')[0] !== process.version.split('.')[0]) return { path, version };
    } catch {
      // There is none here.
    }
  }
  return undefined;
}
