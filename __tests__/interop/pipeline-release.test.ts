import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Digest, digestOf } from '../../src/oci/digest.ts';
import { parseIndex, parseManifest } from '../../src/oci/manifest.ts';
import { useTemporary } from '../fixtures/temporary.ts';
import { refuse, startFake } from '../repository/registry/fake.ts';
import { runAction } from '../support/alba.ts';
import { type Registry, registryTool, startRegistry } from '../support/servers/registry.ts';
import { type S3Server, s3Environment, s3Url, startS3 } from '../support/servers/s3.ts';
import { describeWith } from '../support/tools.ts';
import { failingStep, makeBuilds, type Read, readFrom, readIn, step, tagsIn } from './pipeline.ts';

const temporary = useTemporary();
const at = (...names: string[]) => join(temporary.path, ...names);

/** A run of a workflow in the repository Org/Albatros. */
const onRef = (ref: string) => ({
  GITHUB_REPOSITORY: 'Org/Albatros',
  GITHUB_REF: ref,
  GITHUB_SHA: '0123456789abcdef0123456789abcdef01234567',
  GITHUB_SERVER_URL: 'https://github.example',
});
const onTag = (tag: string) => onRef(`refs/tags/${tag}`);

let artifacts: string;
beforeAll(async () => {
  artifacts = Object.values(await makeBuilds(temporary.path)).join('\n');
});

/** Annotations make releases differ. */
const release = (version: string) => ({ artifacts, annotations: `index:org.example.release=${version}` });

describeWith([registryTool[2], 'versitygw'], 'a release', () => {
  let registry: Registry;
  let s3: S3Server;
  let places: Readonly<Record<'registry' | 'bucket', { readonly target: string; readonly read: Read }>>;
  beforeAll(async () => {
    [registry, s3] = await Promise.all([startRegistry(), startS3()]);
    await s3.createBucket('alba');
    places = {
      registry: { target: `docker://${registry.host}`, read: readFrom(registry.url) },
      bucket: { target: s3Url(s3, 'alba'), read: readIn(join(s3.directory, 'content', 'alba')) },
    };
  });
  afterAll(async () => {
    await Promise.all([registry?.stop(), s3?.stop()]);
  });

  const both = (name: string) => [`${places.registry.target}/${name}`, places.bucket.target].join('\n');
  const publish = (name: string, inputs: Readonly<Record<string, string>>, ref: string) =>
    step({ target: both(name), ...inputs }, at(), { ...s3Environment(s3), ...onRef(ref) });
  /** The same on both targets. */
  const tags = async (name: string) => {
    const [one, other] = await Promise.all([
      tagsIn(places.registry.read, name),
      tagsIn(places.bucket.read, name),
    ]);
    expect(other).toEqual(one);
    return one;
  };

  it('on a tag is named by the repository and the tag, and moves what follows it, never backwards', async () => {
    const digests: Record<string, Digest> = {};
    const releases: readonly (readonly [tag: string, moves: readonly string[]])[] = [
      ['v1.2.3', ['1.2.3', '1.2', '1', 'latest']],
      ['v1.3.0', ['1.3.0', '1.3', '1', 'latest']],
      ['v1.2.4', ['1.2.4', '1.2']],
      ['v2.0.0-rc.1', ['2.0.0-rc.1']],
      ['v2.0.0', ['2.0.0', '2.0', '2', 'latest']],
      ['v1.3.1', ['1.3.1', '1.3', '1']],
    ];
    for (const [tag, moves] of releases) {
      const inputs = { ...release(tag), floating: 'true' };
      const { outputs } = await publish('albatros', inputs, `refs/tags/${tag}`);
      for (const moved of moves) digests[moved] = outputs.digest as Digest;
      expect(await tags('albatros'), tag).toEqual(digests);
      expect(JSON.parse(outputs.metadata ?? '').tags).toEqual(moves);
    }
  });

  it('that is immutable is published once, and again with nothing sent', async () => {
    const inputs = { ...release('1'), tag: 'carved:1', immutable: 'true' };
    const { outputs } = await publish('carved', inputs, 'refs/heads/main');
    const again = await publish('carved', inputs, 'refs/heads/main');
    expect(again.outputs).toMatchObject({ digest: outputs.digest, 'pushed-bytes': '0' });
    const error = await failingStep(
      { ...inputs, ...release('another'), target: both('carved') },
      at(),
      s3Environment(s3),
    );
    expect(error).toMatch(/carved:1 is sha256:.* and, as "immutable" asks, stays so; this release is/);
    expect(await tags('carved')).toEqual({ '1': outputs.digest });
  });

  it('that is immutable still moves the tags that follow it', async () => {
    const inputs = { floating: 'true', immutable: 'true' };
    await publish('following', { ...release('1'), ...inputs, tag: 'following:1.0.0' }, 'refs/heads/main');
    const { outputs } = await publish(
      'following',
      { ...release('2'), ...inputs, tag: 'following:1.1.0' },
      'refs/heads/main',
    );
    expect(await tags('following')).toMatchObject({ '1.1.0': outputs.digest, latest: outputs.digest });
  });

  it('takes what docker/metadata-action says', async () => {
    const { outputs } = await publish(
      'org/albatros',
      {
        artifacts,
        tag: ['1.2.3', '1.2', 'latest'].map((tag) => `${registry.host}/org/albatros:${tag}`).join('\n'),
        labels: 'org.opencontainers.image.title=albatros\norg.opencontainers.image.version=1.2.3',
        annotations: [
          'manifest:org.opencontainers.image.title=albatros',
          'index:org.opencontainers.image.title=albatros',
          'index:org.opencontainers.image.version=1.2.3',
        ].join('\n'),
      },
      'refs/tags/v1.2.3',
    );
    const { digest } = outputs;
    expect(await tags('org/albatros')).toEqual({ '1.2.3': digest, '1.2': digest, latest: digest });
    const read = (path: string) => places.registry.read(`v2/org/albatros/${path}`);
    const index = parseIndex((await read('manifests/1.2.3')) ?? Buffer.of(), 'index');
    expect(index.annotations).toEqual({
      'org.opencontainers.image.title': 'albatros',
      'org.opencontainers.image.version': '1.2.3',
    });
    const { 'linux/arm64': made = '', 'linux/386': kept = '' } = JSON.parse(outputs.platforms ?? '');
    const manifest = parseManifest((await read(`manifests/${made}`)) ?? Buffer.of(), made);
    expect(manifest.annotations).toEqual({ 'org.opencontainers.image.title': 'albatros' });
    const config = JSON.parse(String(await read(`blobs/${manifest.config.digest}`)));
    expect(config.config.Labels).toMatchObject({ 'org.opencontainers.image.version': '1.2.3' });
    expect((await read(`manifests/${kept}`))?.toString()).not.toContain('title');
  });

  it('two at once on one tag leave one of them, whole', async () => {
    const ended = await Promise.all(
      ['a', 'b', 'c'].map((version) =>
        publish('race', { ...release(version), tag: 'race:1' }, 'refs/heads/main'),
      ),
    );
    const digests = ended.map(({ outputs }) => outputs.digest);
    expect(new Set(digests).size).toBe(3);
    for (const [name, { target, read }] of Object.entries(places)) {
      const found = await tagsIn(read, 'race');
      expect(Object.keys(found)).toEqual(['1']);
      expect(digests).toContain(found['1']);
      const reference = name === 'registry' ? `${target}/race:1` : `${target}#race:1`;
      await step(
        {
          artifacts: reference,
          target: `oci:${at(`race-${name}`)}:1`,
          tag: 'race:1',
          'trusted-endpoints': s3.endpoint,
        },
        at(),
        s3Environment(s3),
      );
    }
  });

  it.each(['SIGINT', 'SIGTERM', 'SIGKILL'] as const)(
    'that %s cancels is done by a re-run',
    async (signal) => {
      const name = `cancelled-${signal.toLowerCase()}`;
      const inputs = { ...release(signal), tag: `${name}:1`, target: both(name) };
      const cancelled = await runAction(inputs, {
        cwd: at(),
        env: s3Environment(s3),
        watch: (child) => {
          let told = '';
          child.stdout?.on('data', (text: string) => {
            told += text;
            if (told.includes('::group::Publish')) child.kill(signal);
          });
        },
      });
      expect(cancelled).toMatchObject({ code: null, outputs: {}, summary: '' });
      expect(await tagsIn(places.registry.read, name)).toEqual({});
      expect(await tagsIn(places.bucket.read, name)).toEqual({});
      const { outputs } = await step(inputs, at(), s3Environment(s3));
      expect(await tags(name)).toEqual({ '1': outputs.digest });
      await step(
        {
          artifacts: `${places.bucket.target}#${name}@${outputs.digest}`,
          target: `oci:${at(name)}`,
          tag: name,
          'trusted-endpoints': s3.endpoint,
        },
        at(),
        s3Environment(s3),
      );
    },
  );
});

describe('a run', () => {
  it('for a branch has no tag of its own', async () => {
    const target = `file://${at('branch')}`;
    const error = await failingStep({ artifacts, target }, at(), onRef('refs/heads/main'));
    expect(error).toMatch(/needs "tag": name:tag, whose name is the repository there/);
  });

  it('knows its annotations, the same in every run, and those given win', async () => {
    const event = await temporary.write(
      'event.json',
      JSON.stringify({
        repository: { description: 'A bird', license: { spdx_id: 'MIT' } },
        head_commit: { timestamp: '2024-05-06T07:08:09+02:00' },
      }),
    );
    const env = { ...onTag('v1.2.3'), GITHUB_EVENT_PATH: event };
    const inputs = {
      artifacts,
      target: `file://${at('annotated')}`,
      annotate: 'all',
      annotations: 'org.opencontainers.image.title=Albatros',
    };
    const { outputs } = await step(inputs, at(), env);
    expect((await step(inputs, at(), env)).outputs.digest).toBe(outputs.digest);
    const read = readIn(at('annotated'));
    const index = (await read('v2/albatros/manifests/1.2.3')) ?? Buffer.of();
    expect(digestOf(index)).toBe(outputs.digest);
    const prefix = 'org.opencontainers.image';
    expect(parseIndex(index, 'index').annotations).toEqual({
      [`${prefix}.description`]: 'A bird',
      [`${prefix}.licenses`]: 'MIT',
      [`${prefix}.revision`]: '0123456789abcdef0123456789abcdef01234567',
      [`${prefix}.source`]: 'https://github.example/Org/Albatros',
      [`${prefix}.title`]: 'Albatros',
      [`${prefix}.url`]: 'https://github.example/Org/Albatros',
      [`${prefix}.version`]: '1.2.3',
    });
  });

  it('for a pull request compares with a target that it may only read', async () => {
    const scopes: string[] = [];
    await using registry = await startFake(({ path, query, headers }, response) => {
      if (path === '/token') {
        scopes.push(...query.getAll('scope'));
        const isRead = query.getAll('scope').every((scope) => scope.endsWith(':pull'));
        if (!isRead) return refuse(response, 403, 'DENIED', 'requested access to the resource is denied');
        return response.end(JSON.stringify({ token: 'read-only' }));
      }
      if (headers.authorization === 'Bearer read-only') return refuse(response, 404, 'NAME_UNKNOWN');
      const challenge = `Bearer realm="http://${headers.host}/token",service="fake"`;
      return refuse(response, 401, 'UNAUTHORIZED', '', { 'www-authenticate': challenge });
    });
    const inputs = { artifacts, tag: 'app:1', target: `docker://${registry.host}/app` };
    const { outputs } = await step({ ...inputs, 'dry-run': 'true' }, at());
    expect(outputs.digest).toMatch(/^sha256:/);
    expect(new Set(scopes)).toEqual(new Set(['repository:app:pull']));
    expect(registry.seen.filter(({ method }) => !['GET', 'HEAD'].includes(method))).toEqual([]);
    expect(await failingStep(inputs, at())).toMatch(/403 Forbidden: DENIED.*to push app needs more rights/);
  });

  it('ships binaries out of the images that it publishes', async () => {
    await cp(at('linux-amd64/image/image.tar'), at('amd64.tar'));
    const inputs = { artifacts: 'amd64.tar', target: `file://${at('download')}`, tag: 'app:1' };
    await step(inputs, at());
    const { outputs } = await step(
      { ...inputs, command: 'static push', extract: '/app', page: 'true' },
      at(),
    );
    expect(JSON.parse(outputs.files ?? '').length).toBeGreaterThan(0);
    expect(await tagsIn(readIn(at('download')), 'app')).toHaveProperty('1');
  });
});
