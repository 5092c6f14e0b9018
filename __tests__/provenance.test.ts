import { execFileSync } from 'node:child_process';
import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import process from 'node:process';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeArtifacts } from '../demo/artifacts.js';
import { useTemporary } from './fixtures/temporary.ts';
import { writeTree } from './release/support.ts';
import { type Fake, memory, startFake } from './repository/registry/fake.ts';
import { ArtifactsJob } from './support/artifacts-job.ts';
import { type Step, snippetWith, stepsIn } from './support/snippets.ts';

const temporary = useTemporary();
let registry: Fake;
beforeAll(async () => {
  registry = await startFake(memory());
  makeArtifacts(join(temporary.path, 'images'));
});
afterAll(() => registry?.[Symbol.asyncDispose]());

/** A job that has built images and programs. */
async function startJob(name: string): Promise<ArtifactsJob> {
  const folder = join(temporary.path, name);
  await cp(join(temporary.path, 'images'), join(folder, 'images'), { recursive: true });
  await writeTree(join(folder, 'df'), { 'linux/amd64/app': 'x' });
  return new ArtifactsJob(folder);
}

/** The inputs of a step of a page, with what a runner and this test put in their place. */
function inputsOf(steps: readonly Step[], uses: string): Record<string, string> {
  const step = steps.find((candidate) => candidate.uses === uses);
  if (!step) throw new Error(`no step uses ${uses}`);
  const entries = Object.entries(step.with).map(([name, value]) => [
    name,
    value.replaceAll('$' + '{{ github.ref_name }}', '1.0').replaceAll('ghcr.io', registry.host),
  ]);
  return Object.fromEntries(entries);
}

const files = { command: 'static push', artifacts: 'df/', tag: 'app:1.0', target: 'file://./files' };

describe('the first workflow of docs/provenance.md', () => {
  const steps = stepsIn(
    snippetWith('uses: actions/attest@v4\n        with:\n          push-to-registry: true'),
  );

  it('names no subject', () => {
    expect(steps.map(({ uses }) => uses).slice(-2)).toEqual(['org/alba-action@v1', 'actions/attest@v4']);
    expect(steps.at(-1)?.with).toEqual({ 'push-to-registry': 'true' });
  });

  it('attests the release, and pushes that to its repository', async () => {
    const job = await startJob('alone');
    const { code, outputs } = await job.step(inputsOf(steps, 'org/alba-action@v1'));
    expect(code).toBe(0);
    expect(await job.attest(inputsOf(steps, 'actions/attest@v4'))).toEqual([
      { name: `${registry.host}/org/app`, digest: outputs.digest, kind: 'oci' },
    ]);
    const tagged = await fetch(`${registry.url}/v2/org/app/manifests/${outputs.digest}`);
    expect(tagged.status).toBe(200);
  });

  it('attests the checksums of a static push of the same job, too, without push-to-registry', async () => {
    const job = await startJob('beside');
    await job.step(inputsOf(steps, 'org/alba-action@v1'));
    await job.step(files);
    const attest = inputsOf(steps, 'actions/attest@v4');
    await expect(job.attest(attest)).rejects.toThrow('requires an OCI subject');
    const { 'push-to-registry': _, ...without } = attest;
    expect((await job.attest(without)).map(({ name }) => name)).toEqual([
      `${registry.host}/org/app`,
      'app_1.0_SHA256SUMS',
    ]);
  });

  it('fails in its attest step where GitHub has the feature off, as the page says', async () => {
    const job = new ArtifactsJob((await startJob('off')).folder, { isOn: false });
    expect(await job.step(inputsOf(steps, 'org/alba-action@v1'))).toMatchObject({ code: 0 });
    await expect(job.attest(inputsOf(steps, 'actions/attest@v4'))).rejects.toThrow('must be provided');
  });
});

describe.skipIf(process.platform === 'win32')(
  'the script of docs/provenance.md that signs every registry',
  () => {
    it('is given each repository of the registries once, by digest', async () => {
      const [{ run } = { run: '' }] = stepsIn(snippetWith('xargs -n 1 cosign sign --yes'));
      const script = run.replace('cosign sign --yes', 'echo signed');
      expect(script).not.toBe(run);
      const job = await startJob('signed');
      const target = [
        `docker://${registry.host}/org/app`,
        `docker://${registry.host}/app`,
        'file://./site',
        'oci:./layout',
      ].join('\n');
      const { outputs } = await job.step({ artifacts: 'images/', tag: 'app:1.0\napp:latest', target });
      expect(outputs.references?.split('\n')).toHaveLength(8);
      const env = { PATH: process.env.PATH, REFERENCES: outputs.references };
      const printed = execFileSync('bash', ['-c', script], {
        env,
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      expect(printed).toBe(
        [`app@${outputs.digest}`, `org/app@${outputs.digest}`]
          .map((name) => `signed ${registry.host}/${name}\n`)
          .join(''),
      );
    });
  },
);
