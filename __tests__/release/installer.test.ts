import { execFile, execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { chmod, lstat, mkdir, mkdtemp, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readHoldings } from '../../src/release/holdings.ts';
import { publishInstaller, refreshInstaller } from '../../src/release/publish-installer.ts';
import { publishPage } from '../../src/release/publish-page.ts';
import { removeReleases } from '../../src/release/remove.ts';
import { serve } from '../../src/serve/serve.ts';
import { FilesystemStorage } from '../../src/storage/filesystem.ts';
import { silent } from '../fixtures/silent.ts';
import { useTemporary } from '../fixtures/temporary.ts';
import { describeWith, findTool } from '../support/tools.ts';
import { albatros, publishFiles, readFiles, writeTree } from './support.ts';

const temporary = useTemporary();
let site: Awaited<ReturnType<typeof serve>>;
let root: string;
let storage: FilesystemStorage;

beforeAll(async () => {
  root = path.join(temporary.path, 'out');
  storage = new FilesystemStorage(root);
  await release('0.9', albatros);
  await release('0.10', {
    'linux/amd64/albatros': '#!amd64 of 0.10',
    'linux/arm/v7/albatros': '#!arm/v7',
    'linux/arm/albatros': '#!arm',
    'darwin/amd64/albatros': '#!intel',
    'windows/amd64/albatros.exe': 'MZ windows',
  });
  await release(
    '1.0',
    {
      'linux/amd64/bin/albatros': '#!albatros',
      'linux/amd64/bin/a b #1?%41 é': '#!whatever',
      'linux/amd64/share/doc/it.txt': 'a text',
      'linux/arm64/README': 'no program',
    },
    'whole',
  );
  site = await serve(root, { port: 0 });
  await publishInstaller(storage, 'whole', site.url, silent);
  await publishInstaller(storage, 'albatros', site.url, silent);
});
afterAll(() => site?.close());

async function release(
  tag: string,
  files: Readonly<Record<string, string>>,
  name = 'albatros',
): Promise<void> {
  const tree = await writeTree(await mkdtemp(path.join(temporary.path, 'df-')), files);
  await publishFiles(storage, tag, await readFiles(tree), name);
}

interface Ran {
  readonly code: number;
  readonly said: string;
  readonly home: string;
}

/** Runs the script as `curl … | sh -s -- …` does, for somebody who is not root, on the machine that is named. */
async function install(
  shell: string,
  args: readonly string[],
  more: { name?: string; machine?: string; home?: string; tools?: string; script?: Buffer; mv?: string } = {},
): Promise<Ran> {
  const home = more.home ?? (await mkdtemp(path.join(temporary.path, 'home-')));
  const [system = 'Linux', machine = 'x86_64'] = (more.machine ?? 'Linux x86_64').split(' ');
  const fakes = await mkdtemp(path.join(temporary.path, 'fakes-'));
  const fake = async (name: string, text: string): Promise<void> => {
    await writeFile(path.join(fakes, name), `#!/bin/sh\n${text}\n`);
    await chmod(path.join(fakes, name), 0o755);
  };
  await fake('uname', `case $1 in -s) echo ${system} ;; *) echo ${machine} ;; esac`);
  await fake('getconf', 'echo 64');
  if (more.mv) await fake('mv', more.mv);
  const script =
    more.script ?? (await readFile(path.join(root, 'df-dist-v1', more.name ?? 'albatros', 'install.sh')));
  const [program = '', ...own] = shell.split(' ');
  const env = { HOME: home, PATH: `${fakes}:${more.tools ?? process.env.PATH}`, TMPDIR: temporary.path };
  return new Promise((done) => {
    const child = execFile(
      findTool(program) ?? program,
      [...own, '-s', '--', '--prefix', path.join(home, '.local'), ...args],
      { env },
      (failure, out, err) => {
        done({ code: failure ? Number(failure.code ?? 1) : 0, said: out + err, home });
      },
    );
    child.stdin?.end(script);
  });
}

async function filesIn(folder: string): Promise<string[]> {
  const found = await readdir(folder, { recursive: true, withFileTypes: true });
  return found
    .filter((entry) => !entry.isDirectory())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)))
    .sort();
}

describe.each([
  ['dash', 'dash', undefined],
  ['busybox', 'busybox sh', 'busybox'],
  ['bash', 'bash --posix', undefined],
])('install.sh in %s', (tool, shell, applets) => {
  describeWith([tool, ...(applets ? [] : ['curl'])], `${tool} with its own tools`, () => {
    let tools: string | undefined;
    beforeAll(async () => {
      if (!applets) return;
      tools = path.join(temporary.path, 'applets');
      await mkdir(tools, { recursive: true });
      execFileSync(findTool('busybox') ?? 'busybox', ['--install', '-s', tools]);
    });
    const run: typeof install = (sh, args, more = {}) =>
      install(sh, args, { ...(tools && { tools }), ...more });

    it('installs the newest release for this machine, and again', async () => {
      const first = await run(shell, []);
      expect(first).toMatchObject({ code: 0 });
      expect(first.said).toContain(`albatros 0.10 (linux/amd64): ${first.home}/.local/bin/albatros`);
      expect(first.said).toContain('.local/bin is not in PATH');
      const program = path.join(first.home, '.local/bin/albatros');
      expect(await readFile(program, 'utf8')).toBe('#!amd64 of 0.10');
      expect((await lstat(program)).mode & 0o777).toBe(0o755);
      expect(await run(shell, [], { home: first.home })).toMatchObject({ code: 0 });
      expect(await filesIn(first.home)).toEqual(['.local/bin/albatros']);
    });

    it('installs the tag that is named, and another over it', async () => {
      const { home } = await run(shell, ['0.9']);
      expect(await readFile(path.join(home, '.local/bin/albatros'), 'utf8')).toBe('#!amd64');
      await run(shell, ['0.10'], { home });
      expect(await readFile(path.join(home, '.local/bin/albatros'), 'utf8')).toBe('#!amd64 of 0.10');
    });

    it('puts a tree as a whole into lib, and the programs of another release into its place', async () => {
      const { home, said, code } = await run(shell, [], { name: 'whole' });
      expect({ code, said }).toMatchObject({ code: 0 });
      const all = ['.installed-by-install.sh', 'bin/a b #1?%41 é', 'bin/albatros', 'share/doc/it.txt'];
      const links = ['.local/bin/a b #1?%41 é', '.local/bin/albatros'];
      expect(await filesIn(home)).toEqual(
        [...links, ...all.map((file) => `.local/lib/whole/${file}`)].sort(),
      );
      expect(await readFile(path.join(home, links[0] ?? ''), 'utf8')).toBe('#!whatever');
      expect((await lstat(path.join(home, '.local/lib/whole/share/doc/it.txt'))).mode & 0o777).toBe(0o644);
      expect(await run(shell, [], { name: 'whole', home })).toMatchObject({ code: 0 });
      expect(await filesIn(home)).toHaveLength(6);
    });

    it('has links that lead to their programs from a prefix below the working directory', async () => {
      const folder = path.relative('.', await mkdtemp(path.join(temporary.path, 'relative-')));
      const { code, home } = await run(shell, ['--prefix', folder], { name: 'whole' });
      expect(code).toBe(0);
      expect(await readFile(path.join(folder, 'bin/albatros'), 'utf8')).toBe('#!albatros');
      expect(await filesIn(home)).toEqual([]);
    });

    it('leaves a folder alone that has its place in lib and is not of an earlier run', async () => {
      const home = await mkdtemp(path.join(temporary.path, 'home-'));
      const theirs = path.join(home, '.local/lib/whole');
      await mkdir(theirs, { recursive: true });
      await writeFile(path.join(theirs, 'of-others'), 'theirs');
      const { code, said } = await run(shell, [], { name: 'whole', home });
      expect(said).toContain('.local/lib/whole is there, and no earlier run has made it');
      expect(code).toBe(1);
      expect(await filesIn(home)).toEqual(['.local/lib/whole/of-others']);
    });

    // busybox takes its own applets before what PATH has.
    if (!applets) {
      it('puts a folder back that was out of its place when the run was ended', async () => {
        const { home } = await run(shell, [], { name: 'whole' });
        const before = await filesIn(home);
        // The signal comes between the two renames.
        const mv = `${findTool('mv')} "$@"; case $2 in *.old) kill -TERM $PPID ;; esac`;
        expect(await run(shell, [], { name: 'whole', home, mv })).toMatchObject({ code: 143 });
        expect(await filesIn(home)).toEqual(before);
        expect(await run(shell, [], { name: 'whole', home })).toMatchObject({ code: 0 });
        expect(await filesIn(home)).toEqual(before);
      });
    }

    it('removes what a newer release has no more, and nothing of others', async () => {
      const name = `less-${tool}`;
      const whole = {
        'linux/amd64/bin/one': '#!one',
        'linux/amd64/bin/two': '#!two',
        'linux/amd64/text': 'text',
      };
      const { 'linux/amd64/bin/two': _, ...less } = whole;
      await release('1.0', whole, name);
      await release('2.0', less, name);
      await release('3.0', { 'linux/amd64/one': '#!one alone' }, name);
      await publishInstaller(storage, name, site.url, silent);
      const { home } = await run(shell, ['1.0'], { name });
      await symlink('nowhere', path.join(home, '.local/bin/mine'));
      await run(shell, ['2.0'], { name, home });
      const lib = ['.installed-by-install.sh', 'bin/one', 'text'].map((file) => `.local/lib/${name}/${file}`);
      expect(await filesIn(home)).toEqual(['.local/bin/mine', '.local/bin/one', ...lib]);
      await run(shell, ['3.0'], { name, home });
      expect(await filesIn(home)).toEqual(['.local/bin/mine', '.local/bin/one']);
      expect(await readFile(path.join(home, '.local/bin/one'), 'utf8')).toBe('#!one alone');
    });

    it('puts all files into a folder that is named', async () => {
      const to = path.join(await mkdtemp(path.join(temporary.path, 'to-')), 'a folder');
      expect(await run(shell, ['--to', to], { name: 'whole' })).toMatchObject({ code: 0 });
      expect(await filesIn(to)).toEqual(['bin/a b #1?%41 é', 'bin/albatros', 'share/doc/it.txt']);
    });

    // busybox takes its own applets before what PATH has.
    if (!applets)
      it.each([
        ['Linux armv7l', '#!arm/v7'],
        ['Linux armv6l', '#!arm'],
        ['Linux aarch64', undefined],
        ['Darwin x86_64', '#!intel'],
        ['Darwin arm64', '#!intel'],
      ])('knows what runs on %s', async (machine, content) => {
        const { home, code, said } = await run(shell, [], { machine });
        if (content === undefined) {
          expect({ code, said }).toEqual({
            code: 1,
            said: 'install.sh: albatros 0.10 has nothing for linux/arm64/v8 linux/arm64; it is there for: darwin/amd64 linux/amd64 linux/arm windows/amd64\n',
          });
        } else expect(await readFile(path.join(home, '.local/bin/albatros'), 'utf8')).toBe(content);
      });

    it.each([
      [['7.7'], 'there is no 7.7 of albatros at'],
      [['../x'], '"../x" is no tag'],
      [['--to'], '--to needs a value'],
      [['--too', 'x'], 'there is no option --too'],
      [['--platform', 'plan9/amd64'], 'has nothing for plan9/amd64'],
      [['--platform', 'linux/amd64|/x'], 'is no platform'],
    ])('refuses %s', async (args, why) => {
      const { code, said, home } = await run(shell, args);
      expect(said).toContain(why);
      expect(code).toBe(1);
      expect(await filesIn(home)).toEqual([]);
    });

    it('tells a release that is not there from a server that refuses or cannot be reached', async () => {
      const forbidding = createServer((_, response) => response.writeHead(403).end());
      forbidding.listen(0, '127.0.0.1');
      await once(forbidding, 'listening');
      const { port } = forbidding.address() as AddressInfo;
      const from = `http://127.0.0.1:${port}`;
      const refused = await run(shell, ['--from', from]);
      forbidding.close();
      await once(forbidding, 'close');
      const gone = await run(shell, ['--from', from]);
      const missing = await run(shell, ['7.7']);
      expect(refused.said).toMatch(/install\.sh: http:\S+ answered 403 for 0\.10 of albatros/);
      expect(gone.said).toContain(`install.sh: ${from} cannot be reached`);
      expect(missing.said).toContain('install.sh: there is no 7.7 of albatros at');
      expect(missing.said).not.toContain('cannot be reached');
    });

    it('says where the last release is gone', async () => {
      const name = `gone-${tool}`;
      await release('1.0', { 'linux/amd64/one': '#!one' }, name);
      await publishInstaller(storage, name, site.url, silent);
      await publishPage(storage, name, site.url, silent);
      const { releases } = await readHoldings(storage, name);
      await removeReleases(storage, name, releases, [], silent);
      const { code, said } = await run(shell, [], { name });
      expect(said).toContain(`install.sh: ${name} has no release at`);
      expect(code).toBe(1);
      expect((await run(shell, ['--help'], { name })).said).not.toContain('1.0');
      const page = await readFile(path.join(root, 'df-dist-v1', name, 'index.html'), 'utf8');
      expect(page).not.toContain('install.sh');
      await release('2.0', { 'linux/amd64/one': '#!two' }, name);
      await refreshInstaller(storage, name, silent);
      expect(await run(shell, [], { name })).toMatchObject({ code: 0 });
    });

    it('installs nothing of which one file is not what its checksum says', async () => {
      const tree = { 'linux/amd64/one': '#!one', 'linux/amd64/two': '#!two' };
      await release(`spoilt-${tool}`, tree, 'spoilt');
      await publishInstaller(storage, 'spoilt', site.url, silent);
      await writeFile(path.join(root, `df-dist-v1/spoilt/spoilt-${tool}/linux/amd64/two`), '#!tow');
      const { code, said, home } = await run(shell, [`spoilt-${tool}`], { name: 'spoilt' });
      expect(said).toContain('/linux/amd64/two is not what SHA256SUMS says; nothing was installed');
      expect(code).toBe(1);
      expect(await filesIn(home)).toEqual([]);
    });

    it.each(['../../evil', '/etc/evil', 'a/../../evil', './x'])('refuses the path %s', async (bad) => {
      const folder = path.join(root, 'df-dist-v1/hostile', tool);
      await mkdir(folder, { recursive: true });
      await writeFile(path.join(folder, 'SHA256SUMS'), `${'0'.repeat(64)}  linux/amd64/${bad}\n`);
      const from = `${site.url}/df-dist-v1/hostile`;
      const { code, said, home } = await run(shell, ['--from', from, tool]);
      expect(said).toContain(`refused as a path: ${bad}`);
      expect(code).toBe(1);
      expect(await filesIn(home)).toEqual([]);
    });

    it('does nothing where the script has not come whole', async () => {
      const whole = await readFile(path.join(root, 'df-dist-v1/albatros/install.sh'));
      const { home } = await run(shell, [], { script: whole.subarray(0, whole.length - 12) });
      expect(await filesIn(home)).toEqual([]);
    });

    it('leaves no temporary folder', async () => {
      await run(shell, []);
      expect((await readdir(temporary.path)).filter((name) => name.startsWith('tmp'))).toEqual([]);
    });
  });
});

describe('the installer of a name', () => {
  it('follows the newest release, and the page shows its line', async () => {
    await release('1.0.0', albatros, 'followed');
    await publishInstaller(storage, 'followed', 'https://download.example.org', silent);
    await release('2.0.0', albatros, 'followed');
    await refreshInstaller(storage, 'followed', silent);
    const read = () => readFile(path.join(root, 'df-dist-v1/followed/install.sh'), 'utf8');
    expect(await read()).toContain('\nnewest=2.0.0\n');
    await publishPage(storage, 'followed', undefined, silent);
    const page = await readFile(path.join(root, 'df-dist-v1/followed/index.html'), 'utf8');
    expect(page).toContain(
      '<code>curl -fsSL https://download.example.org/df-dist-v1/followed/install.sh | sh</code>'.replace(
        'https://',
        'https://',
      ),
    );
    const { releases } = await readHoldings(storage, 'followed');
    await removeReleases(
      storage,
      'followed',
      releases.filter(({ tag }) => tag === '2.0.0'),
      [],
      silent,
    );
    expect(await read()).toContain('\nnewest=1.0.0\n');
  });

  it('never takes the place of a script of somebody else', async () => {
    await release('1.0.0', albatros, 'theirs');
    const file = path.join(root, 'df-dist-v1/theirs/install.sh');
    await writeFile(file, '#!/bin/sh\necho theirs\n');
    await refreshInstaller(storage, 'theirs', silent);
    await expect(publishInstaller(storage, 'theirs', 'https://x.example', silent)).rejects.toThrow(
      /theirs\/install\.sh is a script of somebody else's/,
    );
    expect(await readFile(file, 'utf8')).toContain('echo theirs');
  });
});
