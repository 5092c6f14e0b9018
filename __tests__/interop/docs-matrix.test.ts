import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { parseIndex } from '../../src/oci/manifest.ts';
import type { Platform } from '../../src/oci/platform.ts';
import { dockerArchive } from '../fixtures/docker-archive.ts';
import { makeImage } from '../fixtures/image.ts';
import { compress } from '../fixtures/oci-layout.ts';
import { useTemporary } from '../fixtures/temporary.ts';
import { runAction } from '../support/alba.ts';
import { type Registry, registryTool, startRegistry } from '../support/servers/registry.ts';
import { describeWith } from '../support/tools.ts';
import { at, itemsOf, textsIn, workflowIn, type Yaml } from '../support/workflow.ts';
import { readFrom, step, toJson } from './pipeline.ts';

const temporary = useTemporary();
const workflow = workflowIn('docs/pipelines.md', '## A job an architecture');

/** What Debian's and podman's images say of themselves, by the runner that builds them. */
const built: Readonly<Record<string, Platform>> = {
  'ubuntu-24.04': { os: 'linux', architecture: 'amd64', variant: 'v1' },
  'ubuntu-24.04-arm': { os: 'linux', architecture: 'arm64', variant: 'v8' },
  'of somebody': { os: 'linux', architecture: 'arm' },
};

describeWith(
  [registryTool[2]],
  "the documents' matrix, job by job, with images that spell platforms otherwise",
  () => {
    let registry: Registry;
    beforeAll(async () => {
      registry = await startRegistry();
    });
    afterAll(() => registry?.stop());

    /** The step of alba's in a job, with the registry of this test in the place of the documents'. */
    function inputsOf(job: string, context: Readonly<Record<string, string>>): Record<string, string> {
      const [own = ''] = itemsOf(at(workflow, 'jobs', job, 'steps')).filter((found: Yaml) =>
        JSON.stringify(found).includes('"uses":"org/alba-action@v1"'),
      );
      const { target = '', ...inputs } = textsIn(at(own, 'with'), context);
      return { ...inputs, target: target.replace('docker://ghcr.io', `docker://${registry.host}`) };
    }

    /** The outputs of the job of one runner, declared as the documents do. */
    async function build(runner: string, declared: Yaml): Promise<Record<string, string>> {
      const folder = join(temporary.path, runner);
      await mkdir(folder, { recursive: true });
      const image = makeImage(built[runner] ?? { os: 'linux', architecture: 's390x' });
      await writeFile(join(folder, 'image.tar.gz'), compress(dockerArchive(image), 'gzip'));
      const { outputs } = await step(inputsOf('build', {}), folder);
      const context = Object.entries(outputs).map(([name, value]) => [`steps.alba.outputs.${name}`, value]);
      return textsIn(declared, Object.fromEntries(context));
    }

    /** A runner leaves out what is empty; of several jobs the last one counts. */
    function joined(jobs: readonly Record<string, string>[]): Record<string, string> {
      return Object.fromEntries(
        jobs.flatMap((job) => Object.entries(job).filter(([, value]) => value !== '')),
      );
    }

    async function platformsOf(tag: string): Promise<string[]> {
      const index = await readFrom(registry.url)(`v2/org/app/manifests/${tag}`);
      const { manifests } = parseIndex(index ?? Buffer.of(), tag);
      return manifests.map(({ platform }) =>
        [platform?.os, platform?.architecture, platform?.variant].join('/'),
      );
    }

    it('publishes all platforms, as they are spelled', async () => {
      const declared = at(workflow, 'jobs', 'build', 'outputs');
      const runners = itemsOf(at(workflow, 'jobs', 'build', 'strategy', 'matrix', 'include'));
      const jobs = await Promise.all(runners.map((runner) => build(String(at(runner, 'runner')), declared)));
      const needs = joined(jobs);
      expect(Object.keys(needs)).toEqual(['linux-amd64', 'linux-arm64']);
      const inputs = inputsOf('publish', {
        'toJSON(needs.build.outputs)': toJson(needs),
        'github.ref_name': 'v1.0',
      });
      await step(inputs, temporary.path);
      expect(await platformsOf('v1.0')).toEqual(['linux/amd64/v1', 'linux/arm64/v8']);
    });

    it('with one more for arm loses none without "platforms"', async () => {
      const names = ['linux-arm-v7', 'linux-arm64', 'linux-amd64'];
      const declared = Object.fromEntries(names.map((name) => [name, `\${{ steps.alba.outputs.${name} }}`]));
      const needs = joined(await Promise.all(Object.keys(built).map((runner) => build(runner, declared))));
      const context = { 'toJSON(needs.build.outputs)': toJson(needs), 'github.ref_name': 'v1.1' };
      const { platforms: _, ...inputs } = inputsOf('publish', context);
      await step(inputs, temporary.path);
      expect(await platformsOf('v1.1')).toEqual(['linux/amd64/v1', 'linux/arm/', 'linux/arm64/v8']);
    });

    it('ends red where an output of a job that ran is empty', async () => {
      const artifacts = toJson({
        'linux-amd64': `docker://${registry.host}/org/app:v1.0`,
        'linux-arm64': '',
      });
      const inputs = inputsOf('publish', {
        'toJSON(needs.build.outputs)': artifacts,
        'github.ref_name': 'v1.2',
      });
      const ended = await runAction({ ...inputs, platforms: '' }, { cwd: temporary.path });
      expect(ended).toMatchObject({ code: 1 });
      expect(ended.stdout).toMatch(/::error::"linux-arm64" in the JSON of artifacts is empty/);
      expect(await readFrom(registry.url)('v2/org/app/manifests/v1.2')).toBeUndefined();
    });
  },
);
