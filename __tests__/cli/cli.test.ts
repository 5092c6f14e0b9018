import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { get } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeArtifacts } from '../../demo/artifacts.js';
import { commands, overview } from '../../src/commands/all.ts';
import { runAlba } from '../support/alba.ts';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'alba-cli-'));
  makeArtifacts(join(folder, 'docker'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const push = (...words: string[]) => runAlba(['container', 'push', ...words], { cwd: folder });

describe('alba', () => {
  it('puts the result on stdout as JSON, all else on stderr', async () => {
    const ended = await push(
      '--json',
      '-t',
      'a:1',
      '-t',
      'a:2',
      'docker/',
      'file://./site',
      'oci:./layout:1',
    );
    expect(ended.code).toBe(0);
    const result = JSON.parse(ended.stdout);
    expect(result.tags).toEqual(['1', '2']);
    expect(result.targets).toHaveLength(2);
    expect(ended.stderr).toContain('-- Publish --');
    const list = await readFile(join(folder, 'site/v2/a/tags/list'), 'utf8');
    expect(JSON.parse(list)).toEqual({ name: 'a', tags: ['1', '2'] });
  });

  it('prints what to pull on stdout, one a line, and nothing else there', async () => {
    const ended = await push('-t', 'a:1', '-t', 'a:2', 'docker/', 'file://./lines', 'oci:./lines-layout');
    expect(ended.code).toBe(0);
    const [first = '', ...others] = ended.stdout.split('\n');
    const digest = /@sha256:[0-9a-f]{64}$/.exec(first)?.[0] ?? '';
    const [site, layout] = ['file://./lines#a', 'oci:./lines-layout'];
    expect([first, ...others]).toEqual([
      ...[`${site}:1`, `${site}:2`, `${layout}:1`, `${layout}:2`].map((reference) => reference + digest),
      '',
    ]);
    expect(ended.stderr).not.toContain(digest);
    expect(ended.stderr).toContain(`[tag] 1, 2 -> file://${join(folder, 'lines')}/a\n`);
  });

  it('prints the address of the tag at each target of static push', async () => {
    await mkdir(join(folder, 'df/linux/amd64'), { recursive: true });
    await writeFile(join(folder, 'df/linux/amd64/a'), '#!/bin/sh\n');
    const words = ['static', 'push', '-t', 'a:1', 'df/', 'file://./one', 'file://./two'];
    const ended = await runAlba([...words, '--quiet', '--public-url', 'https://download.example.org'], {
      cwd: folder,
    });
    const second = `file://${join(folder, 'two')}/df-dist-v1/a/1`;
    expect(ended).toEqual({
      code: 0,
      stdout: `https://download.example.org/df-dist-v1/a/1\n${second}\n`,
      stderr: '',
    });
  });

  it('tells of warnings and errors alone with --quiet', async () => {
    const quiet = await push('-q', '-t', 'a:1', '!docker/none*', 'docker/', 'oci:./quiet');
    expect(quiet.code).toBe(0);
    expect(quiet.stderr).toMatch(/^warning: !docker\/none\* leaves out nothing: .*\n$/);
    expect(quiet.stdout).toMatch(/^oci:.*:1@sha256:.*\n$/);
    const wrong = await push('--quiet', '-t', 'a:1', 'missing/', 'oci:./quiet');
    expect(wrong).toMatchObject({ code: 1, stdout: '' });
    expect(wrong.stderr).toMatch(/^alba: missing\/ does not exist.*\n$/);
    const both = await push('--quiet', '--verbose', '-t', 'a:1', 'docker/', 'oci:./quiet');
    expect(both).toMatchObject({ code: 2, stdout: '' });
    expect(both.stderr).toContain('--quiet and --verbose contradict each other');
  });

  it('takes a scheme in any case wherever an address is: as a target, with --from and with --cache-from', async () => {
    const first = await push('--json', '-t', 'a:1', 'docker/', 'FILE://./cases');
    expect(first.code).toBe(0);
    const { manifests, digest } = JSON.parse(first.stdout);
    expect(manifests[0].reference).toMatch(/^file:\/\/\.\/cases#a@sha256:/);
    const from = ['--from', 'File://./cases#a:1', '--cache-from', 'FILE://./cases#a:1'];
    const second = await push('--json', ...from, 'OCI:./cases-layout:1');
    expect(second.code).toBe(0);
    expect(JSON.parse(second.stdout)).toMatchObject({ digest });
  });

  it.each([
    [['--help'], 'container'],
    [['container', '--help'], 'push'],
    [['container', 'push', '--help'], '--dry-run'],
    [['serve', '--help'], '--port'],
    [['help', 'serve'], '--port'],
    [['help', 'container', 'push'], '--dry-run'],
    [['help'], 'container push'],
  ])('%j helps', async (words, text) => {
    const ended = await runAlba(words);
    expect(ended).toMatchObject({ code: 0, stderr: '' });
    expect(ended.stdout).toContain(text);
  });

  it('--help shows the common job and every command on a screen of 24 lines and 80 columns', async () => {
    const { stdout } = await runAlba(['--help']);
    const lines = stdout.trimEnd().split('\n');
    expect(lines.length).toBeLessThan(24);
    expect(lines.filter((line) => line.length > 80)).toEqual([]);
    expect(lines).toContain('  alba container push -t app:1.0 docker/ docker://ghcr.io/org/app');
    const told = overview.flatMap(([names]) => names);
    expect(told.toSorted()).toEqual([...commands.map(({ name }) => name), 'completion'].sort());
    const shown = lines.flatMap((line) => {
      const [, family = '', verbs = ''] = /^ {2}(?:([a-z]+) )?([a-z|]+) {2,}\S/.exec(line) ?? [];
      return verbs.split('|').map((verb) => `${family} ${verb}`.trim());
    });
    expect(shown.filter(Boolean).sort()).toEqual(told.toSorted());
  });

  it('help all tells of every command in a line', async () => {
    const { code, stdout } = await runAlba(['help', 'all']);
    expect(code).toBe(0);
    expect(commands.filter(({ name }) => !stdout.includes(`\n  ${name} `))).toEqual([]);
  });

  it.each([
    [['container', 'push'], /artifact/],
    [['--', 'container', 'push'], /artifact/],
    [['container', 'push', 'docker/'], /no target/],
    [['container', 'push', 'docker/', 'gopher://x'], /of no known kind/],
    [['container', 'push', '--compression-level', '0', 'docker/', 'oci:x'], /compression-level/],
    [
      ['container', 'push', '--format', 'docker', '--compression', 'zstd', 'docker/', 'oci:x:1'],
      /zstd has no media type in format docker that clients pull: give format oci/,
    ],
    [['container', 'push', '--no-such-option'], /alba: unknown option '--no-such-option'\n\(--help tells/],
    [
      ['container', 'push', '-t', 'a:1', 'docker/', '127.0.0.1:5000/a'],
      /mean docker:\/\/127.0.0.1:5000\/a by/,
    ],
    [['static', 'push', '-t', 'a:1', 'docker/', 'gh-release:'], /no target: did you mean github-release: by/],
    [['container', 'push', '-t', 'a:1', 'docker/', './site'], /no target: did you mean file:\/\/.\/site by/],
    [
      ['container', 'push', 'docker/', 'oci:x', 'ghcr.io/org/a'],
      /target: did you mean docker:\/\/ghcr.io\/org/,
    ],
    [
      ['container', 'push', '-t', 'a:1', 'docker/', 'docker:ghcr.io/a'],
      /did you mean docker:\/\/ghcr.io\/a\?/,
    ],
    [['container', 'push', 'docker://127.0.0.1:1/a:1', 'oci:x'], /no artifacts: .*--from/],
    [['push', 'docker/', 'oci:x'], /unknown command 'push'\n.*container push or static push/],
    [['container', 'push', '-t', '1.0', 'docker/', 'oci:x'], /name without a tag: write name:1.0/],
    [['container', 'push', '-t', 'a:1', 'docker://127.0.0.1:1/a', 'docker/'], /comes behind a target/],
    [['sell'], /unknown command/],
    [['serve', '.', '--port', 'http'], /port/],
    [['serve', '.', '--allowed-host', 'http://mirror.example'], /"http:\/\/mirror\.example" is no host/],
  ])('%j is wrong usage: 2', async (words, text) => {
    const ended = await runAlba(words, { cwd: folder });
    expect(ended.code).toBe(2);
    expect(ended.stderr).toMatch(text);
    expect(ended.stdout).toBe('');
  });

  it.each([['--password', 'hunter2'], ['--password=hunter2'], ['--password-hunter2']])(
    'takes no password from its arguments, and does not repeat it: %s',
    async (...words) => {
      const ended = await push('--username', 'me', ...words, '-t', 'a:1', 'docker/', 'oci:x');
      expect(ended.code).toBe(2);
      expect(ended.stderr).toContain('--password-stdin');
      expect(ended.stderr).not.toContain('hunter2');
    },
  );

  it('fails with 1, without a stack, and leaves the target alone', async () => {
    const ended = await push('-t', 'a:1', 'missing/', 'file://./never');
    expect(ended).toMatchObject({ code: 1, stdout: '' });
    expect(ended.stderr).toMatch(/^alba: missing\/ does not exist/m);
    expect(ended.stderr).not.toMatch(/^ +at /m);
    expect(await readdir(folder)).not.toContain('never');
  });

  it('tells the version of the package', async () => {
    const { version } = JSON.parse(await readFile(join(import.meta.dirname, '../../package.json'), 'utf8'));
    expect(await runAlba(['--version'])).toMatchObject({ code: 0, stdout: `${version}\n`, stderr: '' });
  });
});

it('alba serve answers for this machine, and for no name that a page of others leads here', async () => {
  const statuses: unknown[] = [];
  const ended = await runAlba(['serve', '.', '--allowed-host', 'mirror.example'], {
    cwd: folder,
    watch: (child) => {
      child.stderr?.setEncoding('utf8').once('data', async (text: string) => {
        const port = /127\.0\.0\.1:(\d+)/.exec(text)?.[1] ?? '';
        for (const host of ['localhost', 'mirror.example', 'evil.example']) {
          const [answer] = await once(
            get({ host: '127.0.0.1', port, path: '/v2/', headers: { host } }),
            'response',
          );
          answer.resume();
          statuses.push(answer.statusCode);
        }
        child.kill('SIGINT');
      });
    },
  });
  expect(ended).toMatchObject({ code: 0, stdout: '' });
  expect(statuses).toEqual([200, 200, 421]);
});
