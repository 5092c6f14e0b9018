import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { GetObjectCommand } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Descriptor } from '../../src/oci/descriptor.ts';
import { type Index, parseIndex } from '../../src/oci/manifest.ts';
import { mediaTypes } from '../../src/oci/media-type.ts';
import { formatPlatform, parsePlatform } from '../../src/oci/platform.ts';
import { openLayout } from '../../src/repository/layout.ts';
import type { RepositoryReader } from '../../src/repository/repository.ts';
import { openStatic } from '../../src/repository/static/static.ts';
import { FilesystemStorage } from '../../src/storage/filesystem.ts';
import { dockerArchive } from '../fixtures/docker-archive.ts';
import { makeImage } from '../fixtures/image.ts';
import { FixtureLayout } from '../fixtures/oci-layout.ts';
import { useTemporary } from '../fixtures/temporary.ts';
import { type Ended, runAction, runAlba } from '../support/alba.ts';
import { type Garage, startGarage } from '../support/servers/garage.ts';
import { type Registry, registryTool, startRegistry } from '../support/servers/registry.ts';
import { type S3Server, s3Client, s3Environment, s3Url, startS3 } from '../support/servers/s3.ts';
import { describeWith } from '../support/tools.ts';

const temporary = useTemporary();
const at = (...names: string[]) => join(temporary.path, ...names);

/** An archive of one platform; another seed, another image. */
async function archive(platform: string, seed = platform): Promise<string> {
  const name = `${seed}-${platform}`.replace(/\W+/g, '-');
  const found = parsePlatform(platform);
  await writeFile(at(`${name}.tar`), dockerArchive(makeImage(found, { seed, layers: [2_000] })));
  return `${name}.tar`;
}

/** A layout of one platform with an attestation, as buildx writes it. */
async function attested(platform: string, seed: string): Promise<string> {
  const name = `${seed}-attested`;
  const layout = new FixtureLayout();
  const found = {
    ...layout.image(makeImage(parsePlatform(platform), { seed })),
    platform: parsePlatform(platform),
  };
  await mkdir(at(name), { recursive: true });
  await layout.list(layout.index([found, layout.attestation(found)])).write(at(name));
  return name;
}

function push(artifacts: readonly string[], targets: readonly string[], more: readonly string[] = []) {
  const tag = targets.some((target) => target.startsWith('docker:')) ? [] : ['-t', 'app:1'];
  return runAlba(['container', 'push', '--no-cache', '--update', ...tag, ...more, ...artifacts, ...targets], {
    cwd: temporary.path,
  });
}

async function pushed(...given: Parameters<typeof push>): Promise<Ended> {
  const ended = await push(...given);
  expect(ended, ended.stderr).toMatchObject({ code: 0 });
  return ended;
}

async function indexAt(repository: RepositoryReader, tag = '1'): Promise<Index> {
  const descriptor = await repository.resolve(tag);
  if (!descriptor) throw new Error(`no ${tag}`);
  return parseIndex(await buffer(await repository.fetch(descriptor)), tag);
}

const site = (name: string) => openStatic(new FilesystemStorage(at(name)), 'app');
const platformsIn = ({ manifests }: Index): string[] =>
  manifests.map(({ platform }) => (platform ? formatPlatform(platform) : '-'));
const digestsOf = ({ manifests }: Index): string[] => manifests.map(({ digest }) => digest);

describe('an update of a tag', () => {
  it('makes the tag where there is none, then adds platforms in the order of a release, and tells of both', async () => {
    const [amd64, arm64, i386] = [
      await archive('linux/amd64'),
      await archive('linux/arm64'),
      await archive('linux/386'),
    ];
    const first = await pushed([arm64], ['file://./added']);
    expect(first.stderr).toContain('is not there yet: it is made with linux/arm64');
    const second = await pushed([amd64, i386], ['file://./added']);
    expect(second.stderr).toContain('linux/386, linux/amd64 join,');
    expect(second.stderr).toContain('1 manifest of it stays');
    const index = await indexAt(site('added'));
    expect(platformsIn(index)).toEqual(['linux/386', 'linux/amd64', 'linux/arm64']);
    const whole = await runAlba(
      ['container', 'push', '--no-cache', '-t', 'app:1', amd64, arm64, i386, 'file://./whole'],
      { cwd: temporary.path },
    );
    expect(whole.code).toBe(0);
    expect(await indexAt(site('whole'))).toEqual(index);
  });

  it('tells a workflow of all platforms that the index has, by its own outputs of those pushed now', async () => {
    const target = 'file://./told';
    await pushed([await archive('linux/arm64')], [target]);
    const artifacts = await archive('linux/amd64');
    const { code, outputs, summary, stderr } = await runAction(
      { artifacts, target, tag: 'app:1', update: 'true', cache: 'false' },
      { cwd: temporary.path },
    );
    expect(code, stderr).toBe(0);
    const [amd64, arm64] = (await indexAt(site('told'))).manifests;
    expect(JSON.parse(outputs.platforms ?? '')).toEqual({
      'linux/amd64': amd64?.digest,
      'linux/arm64': arm64?.digest,
    });
    expect(outputs).toHaveProperty('linux-amd64');
    expect(outputs).not.toHaveProperty('linux-arm64');
    expect(summary).toContain('<td>linux/arm64</td>');
    expect(summary).toContain('stays as it was');
    expect(summary).toContain(arm64?.digest);
  });

  it('replaces the image of a platform with its attestation, and leaves all others digest for digest', async () => {
    const [one, two] = [await attested('linux/amd64', 'one'), await attested('linux/arm64', 'two')];
    await pushed([one], ['file://./replaced'], ['--annotation', 'index:org.example.kept=yes']);
    await pushed([two], ['file://./replaced']);
    const before = await indexAt(site('replaced'));
    expect(before.manifests).toHaveLength(4);
    expect(before.annotations).toEqual({ 'org.example.kept': 'yes' });
    await pushed([await archive('linux/amd64', 'newer')], ['file://./replaced']);
    const after = await indexAt(site('replaced'));
    const ofTwo = (index: Index): Descriptor[] => {
      const [image] = index.manifests.filter(({ platform }) => platform?.architecture === 'arm64');
      return index.manifests.filter(
        ({ digest, annotations }) =>
          digest === image?.digest || annotations?.['vnd.docker.reference.digest'] === image?.digest,
      );
    };
    expect(ofTwo(after)).toEqual(ofTwo(before));
    expect(ofTwo(after)).toHaveLength(2);
    expect(platformsIn(after)).toEqual(['linux/amd64', 'linux/arm64', 'unknown/unknown']);
    expect(digestsOf(before)).not.toContain(after.manifests[0]?.digest);
    expect(after.annotations).toEqual({ 'org.example.kept': 'yes' });
  });

  it('writes nothing where all of it is there, whatever order the index has', async () => {
    const layout = new FixtureLayout();
    const images = ['linux/arm64', 'linux/amd64'].map((platform) => ({
      ...layout.image(makeImage(parsePlatform(platform), { seed: platform })),
      platform: parsePlatform(platform),
    }));
    const both = layout.index(images);
    await mkdir(at('ordered'));
    await layout.list(both).write(at('ordered'));
    await runAlba(['container', 'push', '-t', 'app:1', 'ordered', 'file://./same'], { cwd: temporary.path });
    const again = await pushed(['ordered'], ['file://./same'], ['--json']);
    expect(JSON.parse(again.stdout)).toMatchObject({ digest: both.digest, pushedBytes: 0 });
    expect((await site('same').resolve('1'))?.digest).toBe(both.digest);
  });

  it('takes a version of Windows for a platform of its own', async () => {
    for (const version of ['10.0.17763.1', '10.0.20348.2']) {
      const platform = { os: 'windows', architecture: 'amd64', 'os.version': version };
      const name = `windows-${version}`;
      await mkdir(at(name), { recursive: true });
      const one = new FixtureLayout();
      await one.list({ ...one.image(makeImage(platform, { seed: version })), platform }).write(at(name));
      await pushed([name], ['file://./windows']);
    }
    expect(platformsIn(await indexAt(site('windows')))).toEqual([
      'windows(10.0.17763.1)/amd64',
      'windows(10.0.20348.2)/amd64',
    ]);
  });

  it('lets other tags and other targets name what the first one comes to', async () => {
    await pushed([await archive('linux/amd64')], ['file://./first']);
    const more = ['-t', 'app:1,app:stable'];
    const args = ['container', 'push', '--no-cache', '--update', ...more, await archive('linux/arm64')];
    const ended = await runAlba([...args, 'file://./first', 'file://./second', 'oci:./third'], {
      cwd: temporary.path,
    });
    expect(ended, ended.stderr).toMatchObject({ code: 0 });
    for (const repository of [site('first'), site('second'), openLayout(at('third'))]) {
      for (const tag of ['1', 'stable']) {
        expect(platformsIn(await indexAt(repository, tag))).toEqual(['linux/amd64', 'linux/arm64']);
      }
    }
  });

  it('adds to an image that stands by itself under the tag, as to an index of its platform', async () => {
    const layout = new FixtureLayout();
    const image = layout.image(makeImage(parsePlatform('linux/amd64'), { seed: 'alone' }));
    await mkdir(at('alone'));
    await layout
      .list({ ...image, annotations: { 'org.opencontainers.image.ref.name': '1' } })
      .write(at('alone'));
    await pushed([await archive('linux/arm64')], ['oci:./alone']);
    const index = await indexAt(openLayout(at('alone')));
    expect(platformsIn(index)).toEqual(['linux/amd64', 'linux/arm64']);
    expect(digestsOf(index)[0]).toBe(image.digest);
  });

  it('only tells in a dry run', async () => {
    await pushed([await archive('linux/amd64')], ['file://./dry']);
    const before = await site('dry').resolve('1');
    const { stderr } = await pushed([await archive('linux/arm64')], ['file://./dry'], ['--dry-run']);
    expect(stderr).toContain('linux/arm64 joins');
    expect(await site('dry').resolve('1')).toEqual(before);
  });

  it('does not add to what is no index of images', async () => {
    const layout = new FixtureLayout();
    const chart = layout.image(makeImage(parsePlatform('linux/amd64'), { seed: 'chart' }), {
      config: layout.blob('application/vnd.cncf.helm.config.v1+json', Buffer.from('{}')),
    });
    const inner = layout.index([layout.image(makeImage(parsePlatform('linux/386'), { seed: 'inner' }))]);
    const name = 'org.opencontainers.image.ref.name';
    await mkdir(at('others'));
    layout
      .list({ ...chart, annotations: { [name]: 'chart' } })
      .list({ ...layout.index([inner]), annotations: { [name]: 'nested' } });
    await layout.write(at('others'));
    const amd64 = await archive('linux/amd64');
    const tries = ['chart', 'nested'].map((tag) =>
      runAlba(['container', 'push', '--no-cache', '--update', '-t', `app:${tag}`, amd64, 'oci:./others'], {
        cwd: temporary.path,
      }),
    );
    const [ofChart, nested] = await Promise.all(tries);
    expect(ofChart).toMatchObject({ code: 1 });
    expect(ofChart?.stderr).toContain('is no image but application/vnd.cncf.helm.config.v1+json');
    expect(nested).toMatchObject({ code: 1 });
    expect(nested?.stderr).toContain(`names an index within, ${inner.digest}`);
  });

  it('is refused without a tag, and beside what keeps tags as they are', async () => {
    const amd64 = await archive('linux/amd64');
    const untagged = await push([amd64], ['docker://127.0.0.1:1/app'], ['--by-digest']);
    expect(untagged.code).toBe(2);
    expect(untagged.stderr).toContain('"update" adds to the index of a tag');
    const immutable = await push([amd64], ['file://./immutable'], ['--immutable']);
    expect(immutable.code).toBe(2);
    expect(immutable.stderr).toContain('give one of both');
  });

  it('is refused in another format than the index is in, which stays as it is', async () => {
    await pushed([await archive('linux/amd64')], ['file://./formats'], ['--annotation', 'index:org.x=1']);
    const before = await indexAt(site('formats'));
    const other = await push([await archive('linux/arm64')], ['file://./formats'], ['--format', 'docker']);
    expect(other.code).not.toBe(0);
    expect(other.stderr).toContain('is in format oci: give format oci to add to it');
    expect(await indexAt(site('formats'))).toEqual(before);
  });
});

/**
 * Two processes at once, each with a platform of its own, as often as `count` says: all of it is there each time.
 * The long form: npm run torture -- updates
 */
async function meet(
  count: number,
  atOnce: number,
  targetOf: (name: string) => string,
  read: (name: string) => Promise<Index>,
  env: Readonly<Record<string, string>> = {},
): Promise<void> {
  const [amd64, arm64] = [await archive('linux/amd64'), await archive('linux/arm64')];
  const update = (artifact: string, name: string) =>
    runAlba(['container', 'push', '--no-cache', '--update', '-t', 'app:1', artifact, targetOf(name)], {
      cwd: temporary.path,
      env,
    });
  for (let round = 0; round < count; round += atOnce) {
    const names = Array.from({ length: atOnce }, (_, index) => `met-${round + index}`);
    const ended = await Promise.all(
      names.flatMap((name) => [amd64, arm64].map((artifact) => update(artifact, name))),
    );
    expect(ended.filter(({ code }) => code !== 0)).toEqual([]);
    for (const name of names) {
      expect(platformsIn(await read(name)), name).toEqual(['linux/amd64', 'linux/arm64']);
    }
  }
}

describe('two updates of a tag at once', { timeout: 240_000 }, () => {
  it('both end up in a directory, each of 6 times', () =>
    meet(
      6,
      2,
      (name) => `file://./${name}`,
      (name) => indexAt(site(name)),
    ));

  it('both end up in a layout, each of 6 times', () =>
    meet(
      6,
      2,
      (name) => `oci:./layout-${name}`,
      (name) => indexAt(openLayout(at(`layout-${name}`))),
    ));
});

describeWith([registryTool[3]], 'two updates of a tag of a registry at once', () => {
  let registry: Registry;
  beforeAll(async () => {
    registry = await startRegistry({ version: 3 });
  });
  afterAll(() => registry.stop());

  it('both end up in it, each of 6 times', { timeout: 300_000 }, async () => {
    const read = async (name: string) => {
      const response = await fetch(`${registry.url}/v2/${name}/app/manifests/1`, {
        headers: { accept: mediaTypes.oci.index },
      });
      return parseIndex(Buffer.from(await response.arrayBuffer()), name);
    };
    await meet(6, 2, (name) => `docker://${registry.host}/${name}/app`, read);
  });
});

for (const { tool, start } of [
  { tool: 'versitygw', start: startS3 },
  { tool: 'garage', start: () => startGarage('bucket') },
]) {
  describeWith([tool], `two updates of a tag of a bucket of ${tool} at once`, () => {
    let server: S3Server | Garage;
    beforeAll(async () => {
      server = await start();
      if (tool !== 'garage') await server.createBucket('bucket');
    });
    afterAll(() => server.stop());

    it('both end up in it, each of 4 times', { timeout: 240_000 }, async () => {
      const target = (name: string) => s3Url(server, 'bucket', name);
      const read = async (name: string) => {
        const object = { Bucket: 'bucket', Key: `${name}/v2/app/manifests/1` };
        const { Body } = await s3Client(server).send(new GetObjectCommand(object));
        return parseIndex((await Body?.transformToByteArray()) ?? Buffer.alloc(0), name);
      };
      await meet(4, 2, target, read, s3Environment(server));
    });
  });
}
