import { execFileSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import zlib from 'node:zlib';
import { beforeAll, describe, expect, it } from 'vitest';
import { digestOf } from '../../src/oci/digest.ts';
import { mediaTypes } from '../../src/oci/media-type.ts';
import { dockerArchive } from '../fixtures/docker-archive.ts';
import { type FixtureImage, makeConfig, makeImage } from '../fixtures/image.ts';
import { FixtureLayout } from '../fixtures/oci-layout.ts';
import { tar } from '../fixtures/tar.ts';
import { useTemporary } from '../fixtures/temporary.ts';
import { startFake } from '../repository/registry/fake.ts';
import { node, program, runAction, runAlba } from '../support/alba.ts';

const temporary = useTemporary();
const linux = (architecture: string) => ({ os: 'linux', architecture });
const shared = tar([{ name: 'base/data', content: 'x'.repeat(5000) }]);

/** Two platforms on one base, described and labelled. */
function describedImage(architecture: string): FixtureImage {
  const own = tar([{ name: `app/${architecture}`, content: architecture.repeat(3000) }]);
  const layers = [shared, own];
  const history = [
    { created_by: 'ADD base' },
    { created_by: 'ENV A=1', empty_layer: true },
    { created_by: `COPY app/${architecture} /app # buildkit` },
  ];
  const config = {
    Entrypoint: ['/app/run', '--now'],
    Env: ['PATH=/bin', 'MODE=größe'],
    User: '1000:1000',
    WorkingDir: '/srv',
    ExposedPorts: { '8080/tcp': {}, '53/udp': {} },
    Labels: { 'org.example.team': 'one' },
  };
  return {
    platform: linux(architecture),
    layers,
    config: makeConfig(linux(architecture), layers, { config, history }),
  };
}

/** A layout of one index with attestations. */
function describedLayout(): FixtureLayout {
  const layout = new FixtureLayout();
  const images = ['amd64', 'arm64'].map((architecture) => ({
    ...layout.image(describedImage(architecture), { annotations: { 'org.example.of': architecture } }),
    platform: linux(architecture),
  }));
  const [first] = images;
  if (!first) throw new Error('no image');
  const index = layout.index([...images, layout.attestation(first)], {
    annotations: { 'org.opencontainers.image.version': '1.0' },
  });
  return layout.list({ ...index, annotations: { 'org.opencontainers.image.ref.name': '1.0' } });
}

async function inspect(...words: readonly string[]) {
  const ended = await runAlba(['container', 'inspect', ...words], { cwd: temporary.path });
  expect(ended).toMatchObject({ code: 0, stderr: '' });
  return ended.stdout;
}
const inspectJson = async (...words: readonly string[]) => JSON.parse(await inspect('--json', ...words));

describe('container inspect', () => {
  beforeAll(async () => {
    await describedLayout().write(join(temporary.path, 'layout'));
    const members = describedLayout().members();
    await temporary.write('layout.tar', tar(members));
    await temporary.write('layout.tar.gz', zlib.gzipSync(tar(members)));
    const words = ['push', '-q', '--no-cache', '-t', 'app:1.0', 'layout', 'file://./site'];
    const { stderr, code } = await runAlba(['container', ...words], { cwd: temporary.path });
    expect(code, stderr).toBe(0);
  });

  it('tells the same of a layout, of its archive, compressed or not, and of what is published of it', async () => {
    const { reference, ...first } = await inspectJson('layout');
    expect(reference).toBe('layout');
    const named = ['layout.tar', 'layout.tar.gz', 'oci:./layout', 'oci:layout:1.0', 'oci-archive:layout.tar'];
    for (const name of [...named, 'file://./site#app:1.0', `file://./site#app@${first.digest}`]) {
      const { reference: _, ...told } = await inspectJson(name);
      expect(told, name).toEqual(first);
    }
    const { manifests } = JSON.parse(
      String(describedLayout().blobs.get(`blobs/sha256/${first.digest.slice('sha256:'.length)}`)),
    );
    expect(first.platforms).toEqual({
      'linux/amd64': manifests[0].digest,
      'linux/arm64': manifests[1].digest,
    });
  });

  it('tells layers, sizes, config, annotations and attestations', async () => {
    const { images, indexes, referrers, size } = await inspectJson('layout');
    const [amd64, arm64] = images;
    const base = zlib.gzipSync(shared);
    expect(amd64.layers).toEqual([
      {
        digest: digestOf(base),
        mediaType: mediaTypes.oci.layer.gzip,
        size: base.length,
        diffId: digestOf(shared),
        createdBy: 'ADD base',
      },
      expect.objectContaining({ createdBy: 'COPY app/amd64 /app # buildkit' }),
    ]);
    expect(amd64.sharedSize).toBe(base.length);
    expect(amd64.uniqueSize).toBe(amd64.config.size + amd64.layers[1].size);
    expect(amd64.size).toBe(amd64.uniqueSize + amd64.sharedSize);
    expect(size).toBe(amd64.uniqueSize + arm64.uniqueSize + base.length);
    expect(amd64.config).toMatchObject({
      created: '1970-01-01T00:00:01Z',
      entrypoint: ['/app/run', '--now'],
      env: ['PATH=/bin', 'MODE=größe'],
      user: '1000:1000',
      workdir: '/srv',
      exposedPorts: ['53/udp', '8080/tcp'],
      labels: { 'org.example.team': 'one' },
    });
    expect(amd64.annotations).toEqual({ 'org.example.of': 'amd64' });
    expect(indexes[0].annotations).toEqual({ 'org.opencontainers.image.version': '1.0' });
    expect(referrers).toEqual([
      expect.objectContaining({ kind: 'attestation', subject: amd64.digest, by: 'index' }),
    ]);
  });

  it('writes a page of 80 columns, without colours', async () => {
    const page = (await inspect('layout')).split('\n');
    expect(page[0]).toBe('layout');
    expect(page[2]).toMatch(/^index of 2 images, \d/);
    expect(page).toContainEqual(expect.stringMatching(/^linux\/amd64 +\d+ B +\d+ B +2 {2}[0-9a-f]{12}$/));
    expect(page).toContainEqual(expect.stringMatching(/^ {2}[0-9a-f]{12} +\d+ B {2}tar\+gzip {2}ADD base$/));
    expect(page).toContain('  env          PATH=/bin');
    expect(page).toContain('               MODE=größe');
    expect(page).toContain('  entrypoint   ["/app/run","--now"]');
    expect(page).toContain('  labels       org.example.team=one');
    expect(page.filter((line) => line.length > 80)).toEqual([]);
    expect(page.join('')).not.toContain('\u001b');
  });

  it('tells of the platforms that are asked for, and which there are where one is not', async () => {
    const { images, platforms } = await inspectJson('layout', '--platform', 'linux/arm64');
    expect(images.map(({ platform }: { platform: string }) => platform)).toEqual(['linux/arm64']);
    expect(Object.keys(platforms)).toEqual(['linux/arm64']);
    const { code, stderr } = await runAlba(
      ['container', 'inspect', 'layout', '--platform', 'linux/s390x,linux/arm64'],
      { cwd: temporary.path },
    );
    expect(stderr).toBe('alba: layout has no linux/s390x: it has linux/amd64, linux/arm64\n');
    expect(code).toBe(1);
  });

  it('tells of the images of a docker archive, which have no manifests', async () => {
    const image = makeImage(linux('amd64'));
    await temporary.write('docker.tar', dockerArchive(image, { tags: ['app:2.0'] }));
    const { images, platforms, digest } = await inspectJson('docker.tar');
    expect(digest).toBeUndefined();
    expect(platforms).toEqual({ 'linux/amd64': '' });
    expect(images).toMatchObject([
      {
        platform: 'linux/amd64',
        name: 'app:2.0',
        size: image.config.length + image.layers.reduce((sum, { length }) => sum + length, 0),
        config: { digest: digestOf(image.config), cmd: ['/app/run'] },
        layers: image.layers.map((layer, index) => ({
          digest: digestOf(layer),
          diffId: digestOf(layer),
          createdBy: `layer ${index}`,
        })),
      },
    ]);
  });

  it('tells of an artifact that is no image what it is, and the names of its files', async () => {
    const layout = new FixtureLayout();
    const manifest = {
      schemaVersion: 2,
      mediaType: mediaTypes.oci.manifest,
      config: layout.blob('application/vnd.cncf.helm.config.v1+json', Buffer.from('{"name":"chart"}')),
      layers: [
        layout.blob('application/vnd.cncf.helm.chart.content.v1.tar+gzip', Buffer.from('chart'), {
          annotations: { 'org.opencontainers.image.title': 'chart-1.0.tgz' },
        }),
      ],
    };
    const chart = layout.blob(mediaTypes.oci.manifest, Buffer.from(JSON.stringify(manifest)));
    await layout.list(chart).write(join(temporary.path, 'chart'));
    const { artifacts, images, digest } = await inspectJson('chart');
    expect({ digest, images }).toEqual({ digest: chart.digest, images: [] });
    expect(artifacts).toMatchObject([
      {
        kind: 'Helm chart',
        size: 21,
        layers: [{ title: 'chart-1.0.tgz', size: 5 }],
        config: { mediaType: 'application/vnd.cncf.helm.config.v1+json' },
      },
    ]);
    expect(await inspect('chart')).toMatch(/^Helm chart, 21 B\n.*chart-1\.0\.tgz {2}application/ms);
  });

  it('fails for a config that is damaged, and tells all else', async () => {
    const layout = describedLayout();
    const config = digestOf(describedImage('arm64').config).slice('sha256:'.length);
    layout.blobs.set(`blobs/sha256/${config}`, Buffer.from('{}'));
    await layout.write(join(temporary.path, 'damaged'));
    const { code, stdout, stderr } = await runAlba(['container', 'inspect', '--json', 'damaged'], {
      cwd: temporary.path,
    });
    expect(code).toBe(1);
    expect(stderr).toContain(`damaged (config sha256:${config}) is damaged: it has 2 bytes`);
    const { images, problems } = JSON.parse(stdout);
    expect(problems).toEqual([expect.stringContaining(config)]);
    expect(images).toMatchObject([{ config: { user: '1000:1000' } }, { platform: 'linux/arm64' }]);
  });

  it('fails for a config that says nothing of the layers, though its digest is right', async () => {
    const layout = new FixtureLayout();
    const image = { ...describedImage('arm64'), config: Buffer.from('{}') };
    await layout
      .list({ ...layout.image(image), platform: linux('arm64') })
      .write(join(temporary.path, 'empty-config'));
    const { code, stdout, stderr } = await runAlba(['container', 'inspect', '--json', 'empty-config'], {
      cwd: temporary.path,
    });
    expect(code).toBe(1);
    const told = `empty-config (config ${digestOf(image.config)}) is damaged: it has 0 diffIDs, its manifest 2 layers`;
    expect(stderr).toContain(told);
    expect(JSON.parse(stdout)).toMatchObject({ problems: [told], images: [{ platform: 'linux/arm64' }] });
  });

  it.each([
    [['nowhere.tar'], 1, /nowhere\.tar does not exist in .*: is the path right/],
    [['ghcr.io/org/app:1.0'], 1, /is a published image meant, docker:\/\/ghcr\.io\/org\/app:1\.0\?/],
    [['file://./site#app:2.0'], 1, /app:2\.0 is not there: is 1\.0 meant; it has 1 tag: 1\.0\n/],
    [['file://./site#app'], 0, /^$/],
    [['.'], 1, /is a folder, but no OCI layout/],
    [['plain.txt'], 1, /plain\.txt/],
    [['layout', 'layout'], 2, /too many arguments/],
    [['layout', '--tag', 'a:1'], 2, /tag means nothing to "container inspect"/],
  ])('says of %j what is wrong with it, if anything is', async (words, expected, told) => {
    await writeFile(join(temporary.path, 'plain.txt'), 'no archive');
    const { code, stderr, stdout } = await runAlba(['container', 'inspect', ...words], {
      cwd: temporary.path,
    });
    expect(stderr).toMatch(told);
    expect(code).toBe(expected);
    expect(stdout === '').toBe(expected !== 0);
  });

  it('shows the keys of a workflow to no server that its source alone names, and to one that is trusted', async () => {
    await using server = await startFake((_, response) => response.writeHead(404).end());
    const source = `s3://bucket?endpoint=${server.url}&region=x#app:1.0`;
    const env = { AWS_ACCESS_KEY_ID: 'key', AWS_SECRET_ACCESS_KEY: 'secret' };
    for (const inputs of [
      { command: 'container inspect', source },
      { command: 'container diff', sources: `layout\n${source}` },
    ]) {
      const refused = await runAction(inputs, { cwd: temporary.path, env });
      expect(refused.stdout).toContain(`an artifact alone names ${server.url}`);
      expect(server.seen).toEqual([]);
    }
    const trusted = { command: 'container inspect', source, 'trusted-endpoints': server.url };
    const asked = await runAction(trusted, { cwd: temporary.path, env });
    expect(asked.stdout).toContain('is not there');
    expect(server.seen[0]?.headers.authorization).toContain('Credential=key/');
  });

  it('is a command of the action: outputs, a page, and no command to the runner in what it tells', async () => {
    const layout = new FixtureLayout();
    const layers = [shared];
    const config = makeConfig(linux('amd64'), layers, {
      config: { Entrypoint: ['::error::owned'], Env: ['A=\n::error::owned', 'B=##[error]owned\u001b[31m'] },
    });
    layout.list(layout.image({ platform: linux('amd64'), config, layers }));
    await layout.write(join(temporary.path, 'commands'));
    const ended = await runAction(
      { command: 'container inspect', source: 'commands' },
      { cwd: temporary.path },
    );
    expect(ended.code, ended.stdout).toBe(0);
    const { digest = '', platforms = '', metadata = '' } = ended.outputs;
    expect(digest).toMatch(/^sha256:/);
    expect(JSON.parse(platforms)).toEqual({ 'linux/amd64': digest });
    expect(JSON.parse(metadata).images[0].config.env).toEqual([
      'A=\n::error::owned',
      'B=##[error]owned\u001b[31m',
    ]);
    expect(ended.summary).toContain(digest);
    expect(ended.stdout).toContain('A=\\u000a::error::owned');
    expect(ended.stdout).not.toContain('\u001b');
    expect(ended.stdout).not.toMatch(/^\s*::error|##\[error/m);
  });
});

it('an image that is made to tell without end is told on a page of bounded length', async () => {
  const layout = new FixtureLayout();
  const blob = layout.blob(mediaTypes.oci.layer.gzip, zlib.gzipSync(tar([])));
  const labels = Object.fromEntries(
    Array.from({ length: 5000 }, (_, at) => [`label-${at}\u001b[2J`, 'x'.repeat(200)]),
  );
  const config = {
    ...linux('amd64'),
    config: { Labels: labels, Env: Array.from({ length: 5000 }, (_, at) => `V${at}=${'漢'.repeat(90)}`) },
    rootfs: { type: 'layers', diff_ids: Array(10_000).fill(digestOf(tar([]))) },
  };
  const manifest = {
    schemaVersion: 2,
    config: layout.blob(mediaTypes.oci.config, Buffer.from(JSON.stringify(config))),
    layers: Array.from({ length: 10_000 }, () => blob),
  };
  const image = layout.blob(mediaTypes.oci.manifest, Buffer.from(JSON.stringify(manifest)));
  const platforms = Array.from({ length: 4000 }, (_, at) => ({ ...image, platform: linux(`a${at}`) }));
  const inner = layout.index(platforms);
  layout.list(layout.index([inner, inner, ...platforms.slice(0, 10)]));
  await layout.write(join(temporary.path, 'endless'));
  const page = await inspect('endless');
  const lines = page.split('\n');
  expect(lines.length).toBeLessThan(200);
  expect(lines.filter((line) => line.length > 80)).toEqual([]);
  expect(page).not.toContain('\u001b');
  expect(page).toContain('  and 9960 more layers: --json has all');
  const json = await inspectJson('endless');
  expect(json.images).toHaveLength(1);
  expect(json.images[0].layers).toHaveLength(10_000);
  expect(json.images[0].alsoFor).toHaveLength(3999);
});

it('indexes without end are refused: in each other, or beside each other', async () => {
  const deep = new FixtureLayout();
  let index = deep.index([]);
  for (let depth = 0; depth < 20; depth += 1) index = deep.index([index]);
  await deep.list(index).write(join(temporary.path, 'deep'));
  const many = new FixtureLayout();
  const indexes = Array.from({ length: 1500 }, (_, at) => many.index([], { annotations: { at: `${at}` } }));
  await many.list(many.index(indexes)).write(join(temporary.path, 'many'));
  for (const [name, told] of [
    ['deep', /deep nests its documents more than 8 deep/],
    ['many', /many leads to more than 1000 manifests/],
  ] as const) {
    const { code, stderr } = await runAlba(['container', 'inspect', name], { cwd: temporary.path });
    expect(stderr).toMatch(told);
    expect(code).toBe(1);
  }
});

it('what is printed while nobody reads all of it is no failure', async () => {
  await describedLayout().write(join(temporary.path, 'headed'));
  const command = `"${node}" "${program}" container inspect headed | head -n 1`;
  expect(execFileSync('sh', ['-c', command], { cwd: temporary.path }).toString()).toBe('headed\n');
});
