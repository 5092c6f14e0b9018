import { execFileSync } from 'node:child_process';
import { cp, mkdir, readdir, readFile, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { makeArtifacts } from '../demo/artifacts.js';
import { useTemporary } from './fixtures/temporary.ts';
import { writeTree } from './release/support.ts';
import { node, runAlba } from './support/alba.ts';

const root = join(import.meta.dirname, '..');
const temporary = useTemporary();

describe('documents', () => {
  it('say what the commands say', () => {
    expect(execFileSync(node, ['scripts/document.js', '--check'], { cwd: root, encoding: 'utf8' })).toBe('');
  });

  it('and doors have a new input after one edit', async () => {
    const copy = join(temporary.path, 'copy');
    for (const path of ['src', 'scripts', 'action.yml', 'package.json', 'docs']) {
      await cp(join(root, path), join(copy, path), { recursive: true });
    }
    await symlink(join(root, 'node_modules'), join(copy, 'node_modules'), 'junction');
    const path = join(copy, 'src/commands/static/push-command.ts');
    const text = await readFile(path, 'utf8');
    const edited = text.replace('  connection,\n', "  connection,\n  'in-silence': flag('tell nobody'),\n");
    expect(edited).not.toBe(text);
    await writeFile(path, edited);

    const run = (...words: string[]): string =>
      execFileSync(node, words, { cwd: copy, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
    expect(() => run('scripts/document.js', '--check')).toThrow();
    run('scripts/document.js');
    run('scripts/document.js', '--check');
    expect(await readFile(join(copy, 'action.yml'), 'utf8')).toContain(
      '  in-silence:\n    description: "With `static push`: tell nobody"\n    default: "false"\n',
    );
    expect(await readFile(join(copy, 'docs/reference.md'), 'utf8')).toContain(
      '| `in-silence` | Tell nobody | `false` |',
    );
    const program = join(copy, 'src/main.ts');
    expect(run(program, 'static', 'push', '--help')).toMatch(/--in-silence +tell nobody/);
    for (const shell of ['bash', 'zsh', 'fish']) {
      expect(run(program, 'completion', shell)).toContain('in-silence');
    }
    const refused = await runAlba(['container', 'push', '--in-silence', 'x', 'oci:x:1'], { program });
    expect(refused.stderr).toContain('in-silence means nothing to "container push"');
  });
});

describe('pictures', () => {
  it('show what runs leave today', { timeout: 240_000 }, () => {
    execFileSync(node, ['scripts/pictures.ts', '--check'], { cwd: root, encoding: 'utf8' });
  });

  it('are small, and every one that the README shows is there, by day and by night', async () => {
    const folder = join(root, 'docs/pictures');
    const there = (await readdir(folder)).filter((name) => name.endsWith('.png'));
    for (const name of there) expect((await stat(join(folder, name))).size, name).toBeLessThan(100_000);
    const readme = await readFile(join(root, 'README.md'), 'utf8');
    const shown = [...readme.matchAll(/docs\/pictures\/([\w-]+\.png)/g)].map(([, name]) => name);
    expect(shown.sort()).toEqual(
      ['page', 'summary'].flatMap((name) => [`${name}-dark.png`, `${name}-light.png`]),
    );
    expect(there).toEqual(expect.arrayContaining(shown));
  });
});

describe('what --json prints', () => {
  const isValid = async (name: string, json: string): Promise<string> => {
    const ajv = new Ajv({ strict: true });
    const schema = JSON.parse(await readFile(join(root, `docs/schema/${name}.json`), 'utf8'));
    ajv.validate(schema, JSON.parse(json));
    return ajv.errorsText();
  };

  it.each([
    ['a push', []],
    ['a dry run', ['--dry-run']],
  ])('of %s of containers is as its schema says, and of nothing else', async (_, words) => {
    makeArtifacts(join(temporary.path, 'docker'));
    const push = ['container', 'push', '--json', '-t', 'app:1.2.3', '--floating', ...words];
    const ended = await runAlba([...push, 'docker/', 'oci:./layout', 'file://./site'], {
      cwd: temporary.path,
    });
    expect(await isValid('container-push', ended.stdout)).toBe('No errors');
    const more = JSON.stringify({ ...JSON.parse(ended.stdout), more: true });
    expect(await isValid('container-push', more)).not.toBe('No errors');
  });

  it.each([
    ['a push', []],
    ['a dry run', ['--dry-run']],
    ['a push that is served', ['--public-url', 'https://download.example.org']],
  ])('of %s of plain files is as its schema says', async (_, words) => {
    await mkdir(join(temporary.path, 'df'), { recursive: true });
    await writeTree(join(temporary.path, 'df'), { 'linux/amd64/app': 'x', 'linux/arm/app': 'yy' });
    const push = ['static', 'push', '--json', '-t', 'app:1', ...words];
    const ended = await runAlba([...push, 'df/', 'file://./files'], { cwd: temporary.path });
    expect(await isValid('static-push', ended.stdout)).toBe('No errors');
  });
});
