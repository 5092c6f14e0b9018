import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { makeArtifacts } from '../../demo/artifacts.js';
import { useTemporary } from '../fixtures/temporary.ts';
import { type Registry, registryTool, startRegistry } from '../support/servers/registry.ts';
import { type S3Server, s3Environment, s3Url, startS3 } from '../support/servers/s3.ts';
import { describeWith } from '../support/tools.ts';
import { failingStep, step } from './pipeline.ts';

const temporary = useTemporary();
beforeAll(() => makeArtifacts(join(temporary.path, 'docker')));

describeWith([registryTool[2], 'versitygw'], 'what a push tells to pull', () => {
  let registry: Registry;
  let s3: S3Server;
  beforeAll(async () => {
    [registry, s3] = await Promise.all([startRegistry(), startS3()]);
    await s3.createBucket('alba');
  });
  afterAll(async () => {
    await Promise.all([registry?.stop(), s3?.stop()]);
  });

  const push = (inputs: Readonly<Record<string, string>>) =>
    step({ cache: 'false', ...inputs }, temporary.path, s3Environment(s3));

  it('can each be given back as an artifact, and so can the index as a whole', async () => {
    const target = [
      `docker://${registry.host}/org/app`,
      `docker://${registry.host}/plain/app?plain-http=true`,
      s3Url(s3, 'alba'),
      'file://./site',
      'oci:./layout',
    ].join('\n');
    const { outputs } = await push({ artifacts: 'docker/', tag: 'app:1\napp:2', target });
    const { digest, index = '', references = '' } = outputs;
    const all = references.split('\n');
    expect(all).toHaveLength(10);
    expect(all[0]).toBe(`${registry.host}/org/app:1@${digest}`);
    for (const artifacts of [index, ...all]) {
      const again = await push({
        artifacts,
        tag: 'back:1',
        target: 'file://./back',
        'trusted-endpoints': s3.endpoint,
      });
      expect(again.outputs.digest, artifacts).toBe(digest);
    }
  });

  it.each(['docker', 's3', 'file', 'oci'])(
    'for a platform is an artifact, too, first at %s:',
    async (scheme) => {
      const targets = [
        `docker://${registry.host}/org/parts`,
        s3Url(s3, 'alba'),
        'file://./parts',
        'oci:./parts-layout',
      ];
      const isFirst = (target: string): boolean => target.startsWith(`${scheme}:`);
      const target = targets.toSorted((a, b) => Number(isFirst(b)) - Number(isFirst(a))).join('\n');
      const { outputs } = await push({ artifacts: 'docker/', tag: 'parts:1', target });
      const artifacts = ['linux-amd64', 'linux-arm64'].map((name) => outputs[name] ?? '').join('\n');
      const merged = await push({
        artifacts,
        tag: 'merged:1',
        target: 'file://./merged',
        'trusted-endpoints': s3.endpoint,
      });
      const platforms: Record<string, string> = JSON.parse(outputs.platforms ?? '');
      expect(JSON.parse(merged.outputs.platforms ?? '')).toEqual({
        'linux/amd64': platforms['linux/amd64'],
        'linux/arm64': platforms['linux/arm64'],
      });
    },
  );

  it('is what a reader pulls where it is told under which URL a bucket or a directory is served', async () => {
    const inputs = { artifacts: 'docker/', tag: 'org/app:1', 'public-url': 'https://registry.example.org/' };
    const ended = await push({ ...inputs, target: `docker://${registry.host}/org/app\nfile://./served` });
    const { digest, references = '' } = ended.outputs;
    const pulled = `registry.example.org/org/app:1@${digest}`;
    expect(references.split('\n')).toEqual([`${registry.host}/org/app:1@${digest}`, pulled]);
    expect(ended.summary).toContain(pulled);
    expect(JSON.parse(ended.outputs.metadata ?? '').references).toContain(pulled);
  });

  it('names no URL that no client asks, and none where nothing is served', async () => {
    const inputs = { artifacts: 'docker/', tag: 'app:1', 'public-url': 'https://example.org/registry' };
    expect(await failingStep({ ...inputs, target: 'file://./site' }, temporary.path)).toMatch(
      /public-url .*\/registry: clients ask for \/v2\/ at the root of a host/,
    );
    const onRegistry = {
      ...inputs,
      'public-url': 'https://example.org',
      target: `docker://${registry.host}/app`,
    };
    expect(await failingStep(onRegistry, temporary.path)).toMatch(
      /public-url is where a bucket or a directory is served: no target is one/,
    );
  });
});
