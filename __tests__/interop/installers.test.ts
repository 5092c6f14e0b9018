import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
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

/** The text of the page, with the server of this test in place of the one that it names. */
let recipes = '';
/** The block of the page that begins so, without what indents it. */
const indented = (beginning: string): string => {
  const [found = ''] =
    new RegExp(`(?<=\\n\\n) {4}${beginning}[\\s\\S]*?\\n(?=\\n\\S)`, 'm').exec(recipes) ?? [];
  return found.replace(/^ {4}/gm, '');
};

describeWith(['mise', 'aqua', 'git'], 'what static push publishes', () => {
  let site: Awaited<ReturnType<typeof serve>>;
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
    await writeFile(at('registry.yaml'), indented('packages:\n {6}- type: http'));
    const registry = { MISE_AQUA_REGISTRIES: `file://${at('registry.yaml')}` };
    const mise = await project('aqua', '[tools]\n"aqua:example/albatros" = "1.9.0"\n', registry);
    await mise('install');
    expect(await mise('exec', '--', 'albatros')).toBe(`${own()} 1.9.0\n`);
  });

  it('is installed by aqua with the files of the docs, and other bytes than those of its checksum are refused', async () => {
    const cwd = at('own-aqua');
    await mkdir(cwd);
    const env = { ...bareEnvironment(cwd), AQUA_ROOT_DIR: join(cwd, 'root') };
    const files = {
      'registry.yaml': indented('packages:\n {6}- type: http'),
      'aqua.yaml': indented('checksum:').replace('@1.0', '@1.9.0'),
      'aqua-policy.yaml': indented('registries:'),
    };
    for (const [name, text] of Object.entries(files)) await writeFile(join(cwd, name), text);
    const aqua = (...words: string[]) => run('aqua', words, { cwd, env });
    await run('git', ['init', '--quiet'], { cwd });
    await expect(aqua('exec', '--', 'albatros')).rejects.toThrow("this package isn't allowed");
    for (const line of indented('aqua policy').trim().split('\n').slice(0, 2))
      await aqua(...line.split(' ').slice(1));
    expect(await aqua('exec', '--', 'albatros')).toBe(`${own()} 1.9.0\n`);

    const file = at('site/df-dist-v1/albatros/1.9.0', own(), 'albatros');
    const bytes = await readFile(file);
    await writeFile(file, '#!/bin/sh\necho evil\n');
    await rm(join(cwd, 'root/pkgs'), { recursive: true });
    await expect(aqua('exec', '--', 'albatros')).rejects.toThrow('checksum is invalid');
    await writeFile(file, bytes);
  });
});
