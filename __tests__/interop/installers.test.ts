import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { serve } from '../../src/serve/serve.ts';
import { useTemporary } from '../fixtures/temporary.ts';
import { writeTree } from '../release/support.ts';
import { bareEnvironment, runAlba } from '../support/alba.ts';
import { run } from '../support/run.ts';
import { describeWith } from '../support/tools.ts';

const page = join(import.meta.dirname, '..', '..', 'docs', 'installers.md');
const temporary = useTemporary();
const at = (...names: string[]) => join(temporary.path, ...names);

describeWith(['mise'], 'what static push publishes', () => {
  let site: Awaited<ReturnType<typeof serve>>;
  /** The text of the page, with the server of this test in place of the one that it names. */
  let recipes = '';
  beforeAll(async () => {
    for (const version of ['1.9.0', '1.10.0']) {
      const platforms = ['linux/amd64', 'linux/arm64', 'darwin/arm64'];
      await writeTree(
        at('df'),
        Object.fromEntries(
          platforms.map((one) => [`${one}/albatros`, `#!/bin/sh\necho ${one} ${version}\n`]),
        ),
      );
      const ended = await runAlba(['static', 'push', '-t', `albatros:${version}`, 'df', 'file://./site'], {
        cwd: temporary.path,
      });
      expect(ended, ended.stderr).toMatchObject({ code: 0 });
    }
    site = await serve(at('site'), { port: 0 });
    recipes = (await readFile(page, 'utf8')).replaceAll('https://download.example.org', site.url);
  });
  afterAll(() => site?.close());

  /** mise in a project of its own, with this file of settings. */
  const project = async (name: string, settings: string, more: Readonly<Record<string, string>> = {}) => {
    await mkdir(at(name, 'home'), { recursive: true });
    await writeFile(at(name, 'mise.toml'), settings);
    const env = {
      ...bareEnvironment(at(name, 'home')),
      ...more,
      MISE_TRUSTED_CONFIG_PATHS: at(name),
      MISE_YES: '1',
    };
    return (...words: string[]) => run('mise', words, { cwd: at(name), env });
  };
  const own = () => (process.arch === 'x64' ? 'linux/amd64' : 'linux/arm64');
  const recipe = (version: string): string => {
    const [, found = ''] = /```toml\n([\s\S]*?)```/.exec(recipes) ?? [];
    return found.replace('version = "latest"', `version = "${version}"`);
  };

  it('is installed by mise with the recipe of the docs: the newest, and a version that is named', async () => {
    const newest = await project('newest', recipe('latest'));
    await newest('install');
    expect(await newest('exec', '--', 'albatros')).toBe(`${own()} 1.10.0\n`);
    const named = await project('named', recipe('1.9.0'));
    await named('install');
    expect(await named('exec', '--', 'albatros')).toBe(`${own()} 1.9.0\n`);
  });

  it('has its digests locked by mise for every platform, and other bytes are refused', async () => {
    const mise = await project('locked', recipe('1.10.0'));
    await mise('lock', '--platform', 'linux-x64,linux-arm64,macos-arm64');
    const lock = await readFile(at('locked', 'mise.lock'), 'utf8');
    const manifest = await readFile(at('site/df-dist-v1/albatros/1.10.0/_self.json'), 'utf8');
    const digests = (text: string) => (text.match(/sha256:[0-9a-f]{64}/g) ?? []).sort();
    expect(digests(lock)).toHaveLength(3);
    expect(digests(lock)).toEqual(digests(manifest));
    const file = at('site/df-dist-v1/albatros/1.10.0', own(), 'albatros');
    const bytes = await readFile(file);
    await writeFile(file, '#!/bin/sh\necho evil\n');
    await expect(mise('install')).rejects.toThrow(/Checksum mismatch/);
    await writeFile(file, bytes);
    await mise('install');
  });

  it('is found by a registry of aqua, as mise reads it', async () => {
    const [, found = ''] = /\n( {4}packages:\n {6}- type: http\n[\s\S]*?)\n\nIt is named/.exec(recipes) ?? [];
    await writeFile(at('registry.yaml'), `${found.replace(/^ {4}/gm, '')}\n`);
    const registry = { MISE_AQUA_REGISTRIES: `file://${at('registry.yaml')}` };
    const mise = await project('aqua', '[tools]\n"aqua:example/albatros" = "1.9.0"\n', registry);
    await mise('install');
    expect(await mise('exec', '--', 'albatros')).toBe(`${own()} 1.9.0\n`);
  });
});
