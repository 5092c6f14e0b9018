import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeArtifacts } from '../../demo/artifacts.js';
import { digestOf } from '../../src/oci/digest.ts';
import { runAction } from '../support/alba.ts';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'alba-action-'));
  makeArtifacts(join(folder, 'docker'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('the action, as a runner starts it', () => {
  it('publishes, sets outputs and writes a summary', async () => {
    const ended = await runAction(
      { artifacts: 'docker/', tag: 'albatros:0.9\nalbatros:latest', target: 'file://./site\noci:./layout' },
      { cwd: folder },
    );
    expect(ended).toMatchObject({ code: 0, stderr: '' });
    const { digest = '', references = '', platforms = '', metadata = '' } = ended.outputs;
    const tagged = await readFile(join(folder, 'site/v2/albatros/manifests/0.9'));
    expect(digestOf(tagged)).toBe(digest);
    expect(references.split('\n')).toHaveLength(4);
    for (const reference of references.split('\n')) expect(reference).toContain(`@${digest}`);
    expect(Object.keys(JSON.parse(platforms))).toEqual([
      'linux/386',
      'linux/amd64',
      'linux/arm/v7',
      'linux/arm64',
    ]);
    expect(JSON.parse(metadata)).toMatchObject({
      digest,
      references: references.split('\n'),
      platforms: JSON.parse(platforms),
      tags: ['0.9', 'latest'],
      pushedBytes: Number(ended.outputs['pushed-bytes']),
      skippedBytes: 0,
      cacheHit: 'false',
      dryRun: false,
    });
    for (const manifest of Object.values(JSON.parse(platforms))) expect(ended.summary).toContain(manifest);
    expect(ended.stdout).toMatch(/^::group::Read artifacts$/m);
    expect(ended.stdout).toContain('docker/linux.arm.v7.tar.gz -> linux/arm/v7, 2 layers');
  });

  it('annotates from the workflow run behind a SOCKS proxy, too, and says what is wrong with its event', async () => {
    const inputs = { artifacts: 'docker/', tag: 'app:1', annotate: 'title', target: 'file://./annotated' };
    const env = { GITHUB_REPOSITORY: 'Org/Albatros', HTTPS_PROXY: 'socks5://127.0.0.1:9' };
    const ended = await runAction(inputs, { cwd: folder, env });
    expect(ended).toMatchObject({ code: 0, stderr: '' });
    const index = await readFile(join(folder, 'annotated/v2/app/manifests/1'), 'utf8');
    expect(JSON.parse(index).annotations).toMatchObject({ 'org.opencontainers.image.title': 'Albatros' });
    const event = join(folder, 'event.json');
    await writeFile(event, '{"repository":');
    const odd = await runAction(inputs, { cwd: folder, env: { ...env, GITHUB_EVENT_PATH: event } });
    expect(odd.stdout).toContain('the event of this workflow run (GITHUB_EVENT_PATH) is not JSON');
    expect(odd.code).toBe(1);
  });

  it('writes nothing in a dry run, but tells the same digest', async () => {
    const inputs = { artifacts: 'docker/', tag: 'app:1' };
    const dry = await runAction({ ...inputs, target: 'file://./dry', 'dry-run': 'true' }, { cwd: folder });
    expect(dry.code).toBe(0);
    expect(await readdir(folder)).not.toContain('dry');
    const real = await runAction({ ...inputs, target: 'file://./real' }, { cwd: folder });
    expect(dry.outputs.digest).toBe(real.outputs.digest);
    expect(dry.outputs['pushed-bytes']).toBe('0');
    const [told, done] = [dry, real].map(({ outputs }) => JSON.parse(outputs.metadata ?? ''));
    expect(told).toMatchObject({ pushedBytes: 0, missingBytes: done.pushedBytes, dryRun: true });
    expect(done).toMatchObject({ missingBytes: 0, targets: [{ pushedBytes: done.pushedBytes }] });
    expect(told.manifests).toMatchObject(Array(4).fill({ pushed: false, missing: true }));
    expect(done.manifests).toMatchObject(Array(4).fill({ pushed: true, missing: false }));
    expect(dry.summary).toContain('would be pushed');
    expect(real.summary).not.toContain('would be');
  });

  it('says that there is no tag where it publishes by digest', async () => {
    const ended = await runAction(
      { artifacts: 'docker/', tag: 'app', 'by-digest': 'true', target: 'file://./untagged' },
      { cwd: folder },
    );
    expect(ended).toMatchObject({ code: 0 });
    expect(ended.stdout).toMatch(/^\[by digest, no tag\] .*untagged/m);
    expect(ended.summary).toContain('no tag');
    expect(JSON.parse(ended.outputs.metadata ?? '')).toMatchObject({ tags: [] });
  });

  it('tells of each platform with the size of its manifest, and the path of its artifact as it was named', async () => {
    const { outputs } = await runAction(
      { artifacts: 'docker/', tag: 'app:1', target: 'oci:./sizes', cache: 'false' },
      { cwd: folder },
    );
    const { digest, size, imageSize, source } = JSON.parse(outputs.metadata ?? '').manifests[0];
    const manifest = await readFile(join(folder, 'sizes/blobs/sha256', digest.slice('sha256:'.length)));
    expect(size).toBe(manifest.length);
    const { config, layers } = JSON.parse(manifest.toString());
    expect(imageSize).toBe(
      [config, ...layers].reduce((sum: number, blob: { size: number }) => sum + blob.size, 0),
    );
    expect(source).toBe(join('docker', 'linux.386.tar.gz'));
  });

  it('says so when "floating" moves nothing', async () => {
    const inputs = { artifacts: 'docker/', target: 'oci:./floating', floating: 'true' };
    const told = async (tag: string): Promise<string[]> => {
      const { stdout } = await runAction({ ...inputs, tag }, { cwd: folder });
      return stdout.split('\n').filter((line) => line.startsWith('[floating]'));
    };
    expect(await told('app:1.2.4')).toEqual([]);
    expect(await told('app:1.2.3')).toEqual([
      expect.stringMatching(/1\.2, 1, latest stay at oci:.*floating: 1\.2\.4 is there$/),
    ]);
    expect(await told('app:1.3.0')).toEqual([]);
    expect(await told('app:1.2.5')).toEqual([
      expect.stringMatching(/1, latest stay at oci:.*floating: 1\.3\.0 is there$/),
    ]);
    expect(await told('app:2.0.0-rc.1')).toEqual([
      expect.stringMatching(/: 2\.0\.0-rc\.1 is no release such as 1/),
    ]);
  });

  it('on tags of git that are calendar versions moves "latest" each time, and a stray date does not hold it', async () => {
    const inputs = { artifacts: 'docker/', target: 'file://./calendar', floating: 'true' };
    const tags: string[][] = [];
    for (const ref of ['v2024.11.15', 'v2024.12.01', '20240101.0.0', 'v2025.01.05']) {
      const env = { GITHUB_REPOSITORY: 'org/app', GITHUB_REF: `refs/tags/${ref}` };
      const ended = await runAction(inputs, { cwd: folder, env });
      expect(ended).toMatchObject({ code: 0 });
      tags.push(JSON.parse(ended.outputs.metadata ?? '').tags);
    }
    expect(tags).toEqual([
      ['2024.11.15', '2024.11', '2024', 'latest'],
      ['2024.12.01', '2024.12', '2024', 'latest'],
      ['20240101.0.0', '20240101.0', '20240101', 'latest'],
      ['2025.01.05', '2025.01', '2025', 'latest'],
    ]);
  });

  it('fails with a sentence for every problem, and without a trace on the target', async () => {
    const ended = await runAction(
      { artifacts: '', tag: 'UPPER:x y', target: 'file://./never', format: 'zip', 'dry-run': 'perhaps' },
      { cwd: folder },
    );
    expect(ended.code).toBe(1);
    const [error = ''] = ended.stdout.split('\n').filter((line) => line.startsWith('::error::'));
    for (const word of ['no artifacts', '"x y"', 'zip', 'perhaps']) expect(error).toContain(word);
    expect(await readdir(folder)).not.toContain('never');
    expect(ended.stdout).not.toContain('::endgroup::');
  });

  it('knows its commands', async () => {
    const ended = await runAction({ command: 'container fetch', artifacts: 'x', target: 'oci:x' });
    expect(ended.code).toBe(1);
    expect(ended.stdout).toContain('::error::command "container fetch" is unknown');
  });

  it('masks secrets and never prints them', async () => {
    const ended = await runAction(
      {
        artifacts: 'docker/',
        target: 'docker://127.0.0.1:1/app:1',
        username: 'me',
        password: 'hunter2',
        'github-token': 'ghs_hunter3',
      },
      { cwd: folder },
    );
    expect(ended.code).toBe(1);
    const printed = ended.stdout.replace(/^::add-mask::.*$/gm, '') + ended.stderr + ended.summary;
    expect(printed).not.toMatch(/hunter/);
    expect(ended.stdout).toContain('::add-mask::hunter2');
  });

  it.each(['\n', '\\n', ' '])('masks each line of a private key, whose lines end in %j', async (end) => {
    const pem = (label: string, name: string) =>
      [`-----BEGIN ${label}-----`, `${name}FirstLine`, `${name}SecondLine=`, `-----END ${label}-----`].join(
        end,
      );
    const ended = await runAction(
      {
        artifacts: 'docker/',
        target: 'docker://127.0.0.1:1/app:1',
        'client-certificate': `${pem('CERTIFICATE', 'public')}\n${pem('EC PRIVATE KEY', 'beside')}`,
        'client-key': pem('PRIVATE KEY', 'own'),
      },
      { cwd: folder },
    );
    const masked = ended.stdout.match(/(?<=^::add-mask::).*$/gm);
    for (const line of ['besideFirstLine', 'besideSecondLine=', 'ownFirstLine', 'ownSecondLine=']) {
      expect(masked).toContain(line);
    }
    expect(masked?.join()).not.toMatch(/public|BEGIN/);
  });
});

describe('inputs of another command', () => {
  it.each([
    [
      { command: 'static push', annotate: 'all', platforms: 'linux/amd64' },
      'platforms, annotate mean nothing to "static push": remove them',
    ],
    [
      { command: 'container push', page: 'true', extract: '/app' },
      'extract, page mean nothing to "container push"',
    ],
  ])('are refused: %j', async (inputs, message) => {
    const ended = await runAction({
      artifacts: 'docker/',
      tag: 'a:1',
      target: 'file://./never',
      ...inputs,
    });
    expect(ended.code).toBe(1);
    expect(ended.stdout).toContain(`::error::${message}`);
  });
});
