import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Digest, digestOf, hexOf } from '../../src/oci/digest.ts';
import { parseIndex, parseManifest } from '../../src/oci/manifest.ts';
import { useTemporary } from '../fixtures/temporary.ts';
import { copyWithSkopeo } from '../support/clients.ts';
import { type Recorded, type Recorder, startRecorder } from '../support/recorder.ts';
import { run } from '../support/run.ts';
import { type Registry, registryTool, startRegistry } from '../support/servers/registry.ts';
import { type S3Server, s3Environment, s3Url, startS3 } from '../support/servers/s3.ts';
import { describeWith, itWith } from '../support/tools.ts';
import { failingStep, makeBuilds, readFrom, readIn, step, tagsIn } from './pipeline.ts';

const temporary = useTemporary();
const at = (...names: string[]) => join(temporary.path, ...names);

describeWith([registryTool[2], registryTool[3], 'versitygw'], 'a release that is published', () => {
  let servers: [Registry, Registry, S3Server];
  /** Staging and production, seen through a proxy that counts. */
  let staging: Recorder;
  let production: Recorder;
  let bucket: string;
  let digest: Digest;
  let layers: ReadonlySet<string>;

  beforeAll(async () => {
    servers = await Promise.all([startRegistry(), startRegistry({ version: 3 }), startS3()]);
    const [one, other, s3] = servers;
    [staging, production] = await Promise.all([startRecorder(one.url), startRecorder(other.url)]);
    await s3.createBucket('alba');
    bucket = s3Url(s3, 'alba');
    const builds = await makeBuilds(temporary.path);
    const { outputs } = await step(
      {
        artifacts: Object.values(builds).join('\n'),
        tag: 'app:1',
        target: [`docker://${staging.host}/org/app`, `oci:${at('layout')}`].join('\n'),
        annotations: 'org.example.origin=elsewhere',
      },
      at(),
    );
    digest = outputs.digest as Digest;
    layers = await layersOf(one.url, 'org/app', '1');
  });
  afterAll(async () => {
    await Promise.all([staging, production].map((recorder) => recorder?.[Symbol.asyncDispose]()));
    await Promise.all((servers ?? []).map((server) => server.stop()));
  });

  /** Under the name of the repository, where the target has one. */
  const promote = (artifacts: string, target: string, more: Readonly<Record<string, string>> = {}) => {
    const [, name = 'app'] = /^docker:.*\/([^/]+)$/.exec(target) ?? [];
    return step({ artifacts, target, tag: `${name}:1`, ...more }, at(), s3Environment(servers[2]));
  };
  const isLayer = ({ path }: Recorded) => layers.has(/sha256(?::|%3A)[0-9a-f]{64}/.exec(path)?.[0] ?? '');
  const read = (requests: readonly Recorded[]) =>
    requests.filter((request) => request.method === 'GET' && isLayer(request));
  const sent = (requests: readonly Recorded[]) =>
    requests.filter((request) => request.path.includes('/blobs/uploads/') && request.sent > 0);

  it('is mounted into another repository of its registry: no byte of a blob passes through us', async () => {
    staging.take();
    const { outputs } = await promote(
      `docker://${staging.host}/org/app@${digest}`,
      `docker://${staging.host}/production/app`,
    );
    const requests = staging.take();
    expect(outputs).toMatchObject({ digest });
    expect(read(requests)).toEqual([]);
    expect(sent(requests)).toEqual([]);
    const mounts = requests.filter(({ path }) => path.includes('mount='));
    expect(mounts.length).toBeGreaterThanOrEqual(layers.size);
    expect(mounts.filter(({ status }) => status !== 201)).toEqual([]);
    expect(await tagsIn(readFrom(servers[0].url), 'production/app')).toEqual({ '1': digest });
  });

  it('is streamed to another registry, each blob once, and not again', async () => {
    staging.take();
    const target = `docker://${production.host}/app`;
    expect((await promote(`docker://${staging.host}/org/app:1`, target)).outputs).toMatchObject({ digest });
    expect(read(staging.take())).toHaveLength(layers.size);
    const uploads = sent(production.take());
    expect(new Set(uploads.map(({ path }) => path)).size).toBe(uploads.length);
    expect(await tagsIn(readFrom(servers[1].url), 'app')).toEqual({ '1': digest });

    const again = await promote(`docker://${staging.host}/org/app:1`, target);
    expect(again.outputs).toMatchObject({ digest, 'pushed-bytes': '0' });
    expect(read(staging.take())).toEqual([]);
    expect(sent(production.take())).toEqual([]);
  });

  it('is mounted at one target and streamed to the others in the same run', async () => {
    staging.take();
    await promote(
      `docker://${staging.host}/org/app:1`,
      [
        `docker://${staging.host}/several`,
        `docker://${production.host}/several`,
        `file://${at('site')}`,
      ].join('\n'),
      { tag: 'several:1' },
    );
    expect(sent(staging.take())).toEqual([]);
    expect(await tagsIn(readFrom(servers[0].url), 'several')).toEqual({ '1': digest });
    expect(await tagsIn(readFrom(servers[1].url), 'several')).toEqual({ '1': digest });
    expect(await tagsIn(readIn(at('site')), 'several')).toEqual({ '1': digest });
  });

  it('keeps its digest from registry to bucket to registry to layout and back', async () => {
    const way = [
      [`docker://${staging.host}/org/app:1`, bucket],
      [`${bucket}#app:1`, `docker://${production.host}/from/bucket`],
      [`docker://${production.host}/from/bucket:1`, `oci:${at('mirror')}:1`],
      [`oci:${at('mirror')}:1`, `docker://${staging.host}/back`],
    ] as const;
    const trusted = { 'trusted-endpoints': servers[2].endpoint };
    for (const [from, to] of way) {
      expect((await promote(from, to, trusted)).outputs, `${from} -> ${to}`).toMatchObject({ digest });
    }
    expect(await tagsIn(readFrom(servers[0].url), 'back')).toEqual({ '1': digest });
  });

  it('keeps its digest from a layout that a build left', async () => {
    const { outputs } = await promote(`oci:./layout:1`, `docker://${production.host}/from/layout`);
    expect(outputs).toMatchObject({ digest });
  });

  it("keeps Docker's media types", async () => {
    const target = `docker://${staging.host}/docker`;
    const { outputs } = await promote(`${at('linux-amd64/image')}`, target, { format: 'docker' });
    const mirrored = await promote(`${target}:1`, `docker://${production.host}/docker`);
    expect(mirrored.outputs.digest).toBe(outputs.digest);
  });

  it('becomes another where annotations are asked for, and says what stays as it is', async () => {
    const ended = await promote(`docker://${staging.host}/org/app:1`, `file://${at('annotated')}`, {
      annotations: 'index:org.example.stage=production',
      labels: 'stage=production',
    });
    expect(ended.outputs.digest).not.toBe(digest);
    expect(ended.stdout).toMatch(
      /::warning::.*images that have a manifest already stay as they are, without labels stage/,
    );
    const { platforms } = ended.outputs;
    const before = await promote(`docker://${staging.host}/org/app:1`, `file://${at('site')}`);
    expect(platforms).toBe(before.outputs.platforms);
  });

  it('gets an index where it was a single manifest', async () => {
    await copyWithSkopeo(
      `docker-archive:${at('linux-amd64/image/image.tar')}`,
      `docker://${servers[0].host}/single:1`,
    );
    const { outputs } = await promote(`docker://${staging.host}/single:1`, `file://${at('single')}`);
    const index = await readIn(at('single'))('v2/app/manifests/1');
    const manifest = await readFrom(servers[0].url)('v2/single/manifests/1');
    expect(parseIndex(index ?? Buffer.of(), 'index').manifests.map((entry) => entry.digest)).toEqual([
      digestOf(manifest ?? Buffer.of()),
    ]);
    expect(outputs.digest).toBe(digestOf(index ?? Buffer.of()));
  });

  itWith(['oras'], 'brings what refers to it', async () => {
    const statement = await temporary.write('statement.json', '{"made":"by hand"}');
    await run('oras', [
      ...['attach', '--plain-http', '--disable-path-validation', '--artifact-type', 'application/example'],
      ...[`${servers[0].host}/org/app@${digest}`, `${statement}:application/json`],
    ]);
    await promote(
      `docker://${staging.host}/org/app:1`,
      [`docker://${production.host}/signed`, `file://${at('signed')}`].join('\n'),
    );
    const discovered = await run('oras', [
      ...['discover', '--plain-http', '--format', 'json', `${servers[1].host}/signed:1`],
    ]);
    expect(discovered).toContain('application/example');
    const list = await readIn(at('signed'))(`v2/app/referrers/${digest}`);
    expect(parseIndex(list ?? Buffer.of(), 'referrers').manifests).toMatchObject([
      { artifactType: 'application/example' },
    ]);
  });

  describe('and damaged where it is', () => {
    it('is published nowhere', async () => {
      await promote(`docker://${staging.host}/org/app:1`, `file://${at('damaged')}`);
      const [layer = ''] = layers;
      const path = at('damaged/v2/app/blobs', layer);
      const bytes = await readFile(path);
      await writeFile(path, bytes.fill(0, 10, 20));
      const target = [`docker://${production.host}/never`, `oci:${at('never')}:1`].join('\n');
      const error = await failingStep(
        { artifacts: `file://${at('damaged')}#app:1`, tag: 'app:1', target },
        at(),
      );
      expect(error).toContain(hexOf(layer as Digest));
      expect(await tagsIn(readFrom(servers[1].url), 'never')).toEqual({});
      expect(await readIn(at('never'))('index.json')).toBeUndefined();
    });
  });
});

/** The digests of all layers of a release, those of attestations left out. */
async function layersOf(url: string, name: string, tag: string): Promise<Set<string>> {
  const read = readFrom(`${url}/v2/${name}/manifests`);
  const { manifests } = parseIndex((await read(tag)) ?? Buffer.of(), tag);
  const images = manifests.filter(({ platform }) => platform?.os !== 'unknown');
  const digests = images.map(async ({ digest }) =>
    parseManifest((await read(digest)) ?? Buffer.of(), digest).layers.map((layer) => layer.digest),
  );
  return new Set((await Promise.all(digests)).flat());
}
