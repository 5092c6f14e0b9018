import { execFileSync } from 'node:child_process';
import { chmodSync, globSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { notesOf, versionOf } from '../scripts/release-notes.ts';
import { bundled, sbomOf } from '../scripts/sbom.ts';
import { useTemporary } from './fixtures/temporary.ts';
import { bareEnvironment, node } from './support/alba.ts';

const root = join(import.meta.dirname, '..');
const read = (path: string): string => readFileSync(join(root, path), 'utf8');
const manifest = JSON.parse(read('package.json'));
const temporary = useTemporary();

describe('the notes of a release', () => {
  const changelog = '# Changelog\n\n## 1.1.0 - 2026-11-28\n\n- new\n\n## 1.0.0\n\n- old\n\n## 0.9.0\n\n';

  it('are what the changelog says of its version', () => {
    expect(notesOf('1.1.0', changelog)).toBe('- new');
    expect(notesOf('1.0.0', changelog)).toBe('- old');
  });

  it.each(['1.1', '2.0.0', '0.9.0'])('are an error where it says nothing of %s', (version) => {
    expect(() => notesOf(version, changelog)).toThrow(`CHANGELOG.md says nothing under "## ${version}"`);
  });

  it('are an error where the tag is another version than that of the package', () => {
    expect(versionOf(`v${manifest.version}`, read('package.json'))).toBe(manifest.version);
    expect(() => versionOf('v9.9.9', read('package.json'))).toThrow(
      'the tag is v9.9.9, and package.json has',
    );
  });
});

describe('the SBOM of dist', () => {
  const made = (): string => execFileSync(node, ['scripts/sbom.ts'], { cwd: root, encoding: 'utf8' });

  it('names every package that the bundle holds, in the version that is locked, and is the same every time', () => {
    const sbom = JSON.parse(made());
    const names = new Set(sbom.packages.map(({ name }: { name: string }) => name));
    const imported = globSync('src/**/*.ts', { cwd: root }).flatMap((path) =>
      [...read(path).matchAll(/(?:from |import\()'((?:@[\w-]+\/)?[\w-]+)/g)].map(([, name = '']) => name),
    );
    expect(imported.length).toBeGreaterThan(50);
    expect(imported.filter((name) => name !== 'node' && !names.has(name))).toEqual([]);
    expect(sbom.packages.length).toBe(
      new Set(sbom.packages.map(({ SPDXID }: { SPDXID: string }) => SPDXID)).size,
    );
    expect(sbom.packages[1].externalRefs[0].referenceLocator).toMatch(
      /^pkg:npm\/%40actions\/cache@\d+\.\d+\.\d+$/,
    );
    expect(made()).toBe(made());
  });

  it('is an error where something is bundled that is not locked', () => {
    const lock = { packages: { '': { name: 'own', version: '1.0.0', license: 'MIT' } } };
    expect(() => sbomOf(bundled('own\nMIT\ntext\n\nother\nISC\ntext'), lock, '')).toThrow(
      'other is in dist and not in package-lock.json',
    );
  });
});

describe('the package', () => {
  it('takes the program, the action and its licence along, and nothing that has to be installed', () => {
    const [packed] = JSON.parse(
      execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
        cwd: root,
        encoding: 'utf8',
        shell: process.platform === 'win32',
        stdio: ['ignore', 'pipe', 'ignore'],
      }),
    );
    const paths = packed.files.map(({ path }: { path: string }) => path);
    expect(paths).toEqual(expect.arrayContaining(['dist/index.js', 'action.yml', 'LICENSE', 'README.md']));
    const outside = /^(dist\/|docs\/alba\.1$|action\.yml$|LICENSE$|README\.md$|package\.json$)/;
    expect(paths.filter((path: string) => !outside.test(path))).toEqual([]);
    expect(manifest.dependencies).toBeUndefined();
    expect(manifest.private).toBeUndefined();
  });
});

it('has what GitHub Marketplace asks of an action, within its limits', () => {
  const text = read('action.yml');
  const field = (name: string): string => new RegExp(`^${name}: (.*)$`, 'm').exec(text)?.[1] ?? '';
  expect(field('name')).toMatch(/^.{1,60}$/);
  expect(field('description')).toMatch(/^.{1,125}$/);
  expect(text).toMatch(
    /^ {2}icon: [a-z-]+\n {2}color: (white|black|yellow|blue|green|orange|red|purple|gray-dark)$/m,
  );
});

/** The scripts of the job that publishes a release, by the names of their steps, in order. */
function releaseScripts(): [name: string, script: string][] {
  const [, job = ''] = read('.github/workflows/release.yml').split('\n  publish:\n');
  return [
    ...job.matchAll(/^ {6}- name: (.*)\n(?: {8}if:.*\n)? {8}run: (.*(?:\n {10}.*|\n(?=\n| {10}))*)/gm),
  ].map(([, name = '', script = '']) => [name, script.replace(/^\|\n/, '').replace(/^ {10}/gm, '')]);
}

const nowhere = { npm_config_registry: 'http://127.0.0.1:9/', npm_config_fetch_retries: '0' };

/**
 * Runs those scripts for a version in a clone, with git, npm and node as they are. npm publishes nothing (`npm_config_dry_run`), and
 * what is said to gh is written down, as there is no GitHub.
 */
function release(version: string) {
  const at = (...names: string[]): string => join(temporary.path, version, ...names);
  const run = (tool: string, words: readonly string[], cwd: string, env = {}): string =>
    execFileSync(tool, words, {
      ...{ cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] },
      env: { ...bareEnvironment(at()), ...env },
    });
  for (const folder of ['bin', 'runner']) mkdirSync(at(folder), { recursive: true });
  writeFileSync(at('bin', 'gh'), '#!/bin/sh\necho "$@" >>"$RUNNER_TEMP/gh"\n');
  chmodSync(at('bin', 'gh'), 0o755);
  run('git', ['clone', '--quiet', '--bare', root, 'origin.git'], at());
  run('git', ['clone', '--quiet', 'origin.git', 'work'], at());
  const edit = (name: string, from: RegExp, to: string): void =>
    writeFileSync(at('work', name), readFileSync(at('work', name), 'utf8').replace(from, to));
  edit('package.json', /"version": ".*"/, `"version": "${version}"`);
  edit('package-lock.json', /("name": "alba-action",\n\s*"version": ")[^"]*/g, `$1${version}`);
  edit('CHANGELOG.md', /^## .*/m, `## ${version} - 2026-11-28\n\nFirst words.\n\n## 0.0.1`);
  const author = ['-c', 'user.name=author', '-c', 'user.email=author@example.org'];
  run('git', [...author, 'commit', '--quiet', '--all', '--message', version], at('work'));
  run('git', ['tag', `v${version}`], at('work'));
  run('git', ['push', '--quiet', 'origin', `v${version}`], at('work'));
  const env = {
    ...{ TAG: `v${version}`, RUNNER_TEMP: at('runner') },
    PATH: [at('bin'), dirname(node), process.env.PATH].join(delimiter),
  };
  const said = releaseScripts().map(([name, script]) => {
    if (/^v1 /.test(name) && version.includes('-')) return '';
    const dry = name.startsWith('npm')
      ? { npm_config_dry_run: 'true', npm_config_json: 'true', ...nowhere }
      : {};
    return run('bash', ['-e', '-c', script], at('work'), { ...env, ...dry });
  });
  return { at, run, said, commands: readFileSync(at('runner', 'gh'), 'utf8') };
}

describe.skipIf(process.platform === 'win32')('the workflow of a release', { timeout: 120_000 }, () => {
  it('has these steps, of which the last two change what others get', () => {
    expect(releaseScripts().map(([name]) => name.split(/[ ,]/)[0])).toEqual(['The', 'The', 'A', 'npm', 'v1']);
  });

  it('makes a draft with all files, publishes it, the package and v1, each from its commit', () => {
    const { at, run, said, commands } = release('9.8.7');
    const files = ['SHA256SUMS', 'alba-action-9.8.7.spdx.json', 'alba-action-9.8.7.tgz'];
    expect(readdirSync(at('work', 'release')).sort()).toEqual(files);
    run('sha256sum', ['--check', '--strict', 'SHA256SUMS'], at('work', 'release'));
    expect(readFileSync(at('runner', 'notes.md'), 'utf8')).toBe('First words.\n');
    expect(JSON.parse(readFileSync(at('work', 'release', files[1] ?? ''), 'utf8')).name).toBe(
      'alba-action-9.8.7',
    );
    const [create = '', publish = ''] = commands.split('\n');
    expect(create).toMatch(/^release create v9\.8\.7 --draft --verify-tag --title v9\.8\.7 --notes-file /);
    for (const file of files) expect(create).toContain(` release/${file}`);
    expect(publish).toBe('release edit v9.8.7 --draft=false');
    expect(said[3]).toContain('"alba-action@9.8.7"');
    const tags = run('git', ['ls-remote', '--tags', 'origin'], at('work')).trim().split('\n');
    expect(new Set(tags.map((line) => line.split('\t')[0])).size).toBe(1);
    expect(tags.map((line) => line.split('\t')[1])).toEqual(['refs/tags/v9', 'refs/tags/v9.8.7']);
  });

  it('calls a pre-release one, and leaves the newest version what it is', () => {
    const { at, run, said, commands } = release('9.9.0-rc.1');
    expect(commands).toContain(' --prerelease release/');
    expect(said[3]).toContain('"alba-action@9.9.0-rc.1"');
    expect(run('git', ['ls-remote', '--tags', 'origin'], at('work'))).toMatch(
      /^\S+\trefs\/tags\/v9\.9\.0-rc\.1\n$/,
    );
  });
});
