import { mkdir, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeArtifacts } from '../../demo/artifacts.js';
import { digestOf } from '../../src/oci/digest.ts';
import { useTemporary } from '../fixtures/temporary.ts';
import { writeTree } from '../release/support.ts';
import { type Fake, memory, startFake } from '../repository/registry/fake.ts';
import { runAction } from '../support/alba.ts';
import { ArtifactsJob } from '../support/artifacts-job.ts';

const temporary = useTemporary();
let registry: Fake;
let jobs = 0;

beforeAll(async () => {
  registry = await startFake(memory());
});
afterAll(() => registry?.[Symbol.asyncDispose]());

/** A job with four images and a tree of two programs in its workspace. */
async function startJob(options: ConstructorParameters<typeof ArtifactsJob>[1] = {}): Promise<ArtifactsJob> {
  jobs += 1;
  const folder = join(temporary.path, `job-${jobs}`);
  makeArtifacts(join(folder, 'docker'));
  await mkdir(join(folder, 'df'));
  await writeTree(join(folder, 'df'), { 'linux/amd64/app': 'x', 'linux/arm64/app': 'yy' });
  return new ArtifactsJob(folder, options);
}

const images = (target: string, more = {}) => ({ artifacts: 'docker/', target, ...more });
const files = (more = {}) => ({
  command: 'static push',
  artifacts: 'df/',
  tag: 'org/app:1.0',
  target: 'file://./files',
  ...more,
});
const on = (repository: string, tag = ':1.0') => `docker://${registry.host}/${repository}${tag}`;
const warnings = (stdout: string) => stdout.split('\n').filter((line) => line.startsWith('::warning::'));

describe('a push in a job whose runner takes $GITHUB_ARTIFACTS', () => {
  it('declares its index once for each repository of a registry, without a tag, and nothing of other places', async () => {
    const job = await startJob();
    const targets = [on('app'), on('org/app', ''), 'file://./site', 'oci:./layout'];
    const ended = await job.step(images(targets.join('\n'), { tag: 'app:1.0' }));
    expect(ended).toMatchObject({ code: 0, stderr: '' });
    const { digest = '' } = ended.outputs;
    expect(job.declared).toEqual([
      { name: `${registry.host}/app`, digest, kind: 'oci' },
      { name: `${registry.host}/org/app`, digest, kind: 'oci' },
    ]);
    expect(warnings(ended.stdout)).toEqual([]);
  });

  it('declares the same where all of it was there already, or where it has no tag', async () => {
    const first = await startJob();
    await first.step(images(on('again')));
    const again = await startJob();
    const { outputs } = await again.step(images(on('again')));
    expect(outputs['pushed-bytes']).toBe('0');
    const untagged = await startJob();
    await untagged.step(images(on('again', ''), { tag: 'again' }));
    expect(first.declared).toHaveLength(1);
    expect([again.declared, untagged.declared]).toEqual([first.declared, first.declared]);
  });

  it('declares the SHA256SUMS of a static push as they are published, under a name that is a file name', async () => {
    const job = await startJob();
    const ended = await job.step(files());
    expect(ended).toMatchObject({ code: 0, stderr: '' });
    const published = await readFile(join(job.folder, 'files/df-dist-v1/org/app/1.0/SHA256SUMS'));
    expect(published.toString().split('\n')).toHaveLength(3);
    expect(job.declared).toEqual([
      { name: 'org-app_1.0_SHA256SUMS', digest: digestOf(published), kind: 'file' },
    ]);
  });

  it('declares a static push whose name and tag are as long as they may be', async () => {
    const job = await startJob();
    const [name, tag] = [`${'n'.repeat(120)}/${'m'.repeat(130)}`, `1.${'0'.repeat(126)}`];
    const { stdout } = await job.step(files({ tag: `${name}:${tag}` }));
    expect(warnings(stdout)).toEqual([]);
    expect(job.declared).toMatchObject([{ name: expect.stringMatching(/m_1\.0+_SHA256SUMS$/) }]);
  });

  it('declares several releases of one job side by side', async () => {
    const job = await startJob();
    await job.step(images(on('one')));
    await job.step(files());
    await job.step(files({ tag: 'org/app:1.1' }));
    expect(job.declared.map(({ name }) => name)).toEqual([
      `${registry.host}/one`,
      'org-app_1.0_SHA256SUMS',
      'org-app_1.1_SHA256SUMS',
    ]);
  });

  it.each([
    ['images', images('PLACE', { 'dry-run': 'true' })],
    ['files', files({ 'dry-run': 'true' })],
  ])('declares nothing in a dry run of %s', async (_, inputs) => {
    const job = await startJob();
    const { code, lines } = await job.step({ ...inputs, target: inputs.target.replace('PLACE', on('dry')) });
    expect([code, lines, job.declared]).toEqual([0, '', []]);
  });

  it('declares nothing where it fails', async () => {
    const job = await startJob();
    const { code, lines } = await job.step(images(`${on('fails')}\ndocker://127.0.0.1:1/app:1`));
    expect([code, lines]).toEqual([1, '']);
  });

  it('leaves out, with a warning, what the job has declared with another digest', async () => {
    const job = await startJob();
    await job.step(images(on('clash')));
    await job.step(files());
    const before = job.declared;
    const image = await job.step(images(on('clash', ':1.1'), { annotations: 'index:a=b' }));
    await writeTree(join(job.folder, 'df'), { 'linux/amd64/app': 'changed' });
    const tree = await job.step(files());
    expect([image, tree]).toMatchObject([
      { code: 0, lines: '' },
      { code: 0, lines: '' },
    ]);
    expect(job.declared).toEqual(before);
    expect(warnings(image.stdout)).toEqual([
      expect.stringMatching(
        `${registry.host}/clash is published, but not declared .* as ${before[0]?.digest} before, this is ${image.outputs.digest}`,
      ),
    ]);
    expect(warnings(tree.stdout)).toEqual([expect.stringContaining('org-app_1.0_SHA256SUMS is published')]);
  });

  it('says nothing where the job has declared the very same', async () => {
    const job = await startJob();
    await job.step(images(on('same')));
    const { stdout, lines } = await job.step(images(on('same', ':2')));
    expect([warnings(stdout), lines]).toEqual([[], '']);
    expect(job.declared).toHaveLength(1);
  });

  it('leaves out what would be one too many for the job', async () => {
    const job = await startJob();
    const digest = digestOf(Buffer.from('x'));
    const many = Array.from({ length: 499 }, (_, number) => `oci://example.org/a${number}@${digest}`);
    await job.take(many.join('\n'));
    const { code, stdout } = await job.step(images(`${on('last')}\n${on('more')}`));
    expect(code).toBe(0);
    expect(job.declared).toHaveLength(500);
    expect(warnings(stdout)).toEqual([expect.stringMatching(/\/more is published, .* declared 500 before/)]);
  });

  it('leaves out a file below a folder whose name the runner would refuse', async () => {
    const job = await startJob({ temporary: join(temporary.path, 'a=b') });
    const { code, stdout } = await job.step(files());
    expect([code, job.declared]).toEqual([0, []]);
    expect(warnings(stdout)).toEqual([expect.stringContaining('"="')]);
    expect(await readdir(join(temporary.path, 'a=b'))).toEqual([]);
  });

  it.each([
    ['cannot be written', async (job: ArtifactsJob) => ({ GITHUB_ARTIFACTS: job.folder })],
    [
      'is beside a list that is not there',
      async () => ({ GITHUB_ARTIFACTS_LIST: join(temporary.path, 'none') }),
    ],
    [
      'is beside a list that is no JSON',
      async () => ({ GITHUB_ARTIFACTS_LIST: await temporary.write('list.json', '{"version') }),
    ],
    ['is to name a file, and there is no RUNNER_TEMP', async () => ({ RUNNER_TEMP: '' })],
  ])('succeeds with a warning where the file %s', async (_, environment) => {
    const job = await startJob();
    const { code, stdout, outputs, lines } = await job.step(files(), { env: await environment(job) });
    expect([code, lines]).toEqual([0, '']);
    expect(warnings(stdout)).toEqual([expect.stringContaining('is published, but not declared')]);
    expect(outputs.digest).toMatch(/^sha256:/);
  });

  it('declares what GitHub ignores where the feature is off', async () => {
    const job = await startJob({ isOn: false });
    const { code, stdout, lines } = await job.step(images(on('off')));
    expect([code, warnings(stdout), job.declared]).toEqual([0, [], []]);
    expect(lines).toContain(`oci://${registry.host}/off@sha256:`);
  });

  it('writes no file for an older runner', async () => {
    const job = await startJob();
    await mkdir(job.temporary, { recursive: true });
    const env = { RUNNER_TEMP: job.temporary };
    const ended = await runAction(files(), { cwd: job.folder, env });
    expect([ended.code, warnings(ended.stdout)]).toEqual([0, []]);
    expect(await readdir(job.temporary)).toEqual([]);
  });
});
