import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { isBuiltin } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeArtifacts } from '../../demo/artifacts.js';
import { dockerArchive } from '../fixtures/docker-archive.ts';
import { makeImage } from '../fixtures/image.ts';
import { dist, program, runAction, runAlba } from '../support/alba.ts';

/** In bytes: enough for threads to scan the archive and to compress its layer. */
const large = 12 * 1024 * 1024;

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'alba-dist-'));
  makeArtifacts(join(folder, 'docker'));
  const image = makeImage({ os: 'linux', architecture: 'amd64' }, { layers: [large] });
  await writeFile(join(folder, 'large.tar'), dockerArchive([image]));
  await mkdir(join(folder, 'df/linux/amd64'), { recursive: true });
  await writeFile(join(folder, 'df/linux/amd64/tool'), '#!/bin/sh\n', { mode: 0o755 });
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** The digest that the sources publish: what is bundled must do the same. */
async function digestsOf(inputs: Readonly<Record<string, string>>): Promise<(string | undefined)[]> {
  const runs = [dist, program].map((which, at) =>
    runAction({ cache: 'false', ...inputs, target: `oci:./layout-${at}` }, { cwd: folder, program: which }),
  );
  return (await Promise.all(runs)).map(({ code, stdout, outputs }) => {
    expect(stdout).not.toContain('::error::');
    expect(code).toBe(0);
    return outputs.digest;
  });
}

describe('what runners run', () => {
  it.each([
    ['archives of several platforms', { artifacts: 'docker/', tag: 'app:1' }],
    ['a large layer by gzip in threads', { artifacts: 'large.tar', tag: 'app:2' }],
    ['a large layer by zstd in threads', { artifacts: 'large.tar', tag: 'app:3', compression: 'zstd' }],
  ])('publishes %s as the sources do', async (_, inputs) => {
    const [bundled, source] = await digestsOf(inputs);
    expect(bundled).toMatch(/^sha256:[0-9a-f]{64}$/);
    expect(bundled).toBe(source);
  });

  it('publishes plain files', async () => {
    const ended = await runAction(
      { command: 'static push', artifacts: 'df/', tag: 'tool:1', target: 'file://./site' },
      { cwd: folder, program: dist },
    );
    expect(ended.code).toBe(0);
    const path = join(folder, 'site/df-dist-v1/tool/1/linux/amd64/tool');
    expect(await readFile(path, 'utf8')).toBe('#!/bin/sh\n');
  });

  it('loads nothing from folders above it', async () => {
    const home = await mkdtemp(join(folder, 'above-'));
    const copy = join(home, 'action', 'dist');
    await cp(dirname(dist), copy, { recursive: true });
    await cp(join(dist, '..', '..', 'package.json'), join(home, 'action', 'package.json'));
    const asked = new Set<string>();
    for (const name of await readdir(copy)) {
      const code = name.endsWith('.js') ? await readFile(join(copy, name), 'utf8') : '';
      for (const [, , module = ''] of code.matchAll(/require(?:\.resolve)?\)?\((["'`])([\w@/.:-]+)\1\)/g))
        asked.add(module);
    }
    const planted = [...asked].filter((name) => !isBuiltin(name));
    for (const name of ['picomatch', ...planted]) {
      const module = join(home, 'node_modules', name);
      await mkdir(module, { recursive: true });
      await writeFile(
        join(module, 'index.js'),
        `console.log('planted: ${name}'); module.exports = () => {};`,
      );
    }
    const words = ['static', 'push', '-t', 'tool:1', 'df/*', 'file://./above'];
    const ended = await runAlba(words, { cwd: folder, program: join(copy, 'index.js') });
    expect(ended, ended.stderr).toMatchObject({ code: 0 });
    expect(ended.stdout + ended.stderr).not.toContain('planted');
  });

  it('tells its version, and what is wrong, on the command line', async () => {
    const { version } = JSON.parse(
      await readFile(join(import.meta.dirname, '..', '..', 'package.json'), 'utf8'),
    );
    expect((await runAlba(['--version'], { program: dist })).stdout.trim()).toBe(version);
    const wrong = await runAlba(['container', 'push', 'docker/'], { cwd: folder, program: dist });
    expect(wrong.code).toBe(2);
    expect(wrong.stderr).toContain('no target');
  });
});
