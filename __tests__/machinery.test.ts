import { execFileSync } from 'node:child_process';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { notesOf, versionOf } from '../scripts/release-notes.ts';
import { bundled, sbomOf } from '../scripts/sbom.ts';
import { node } from './support/alba.ts';

const root = join(import.meta.dirname, '..');
const read = (path: string): string => readFileSync(join(root, path), 'utf8');
const manifest = JSON.parse(read('package.json'));

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
