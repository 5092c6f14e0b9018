import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { makeArtifacts } from '../../demo/artifacts.js';
import { useTemporary } from '../fixtures/temporary.ts';
import { pseudoTerminal, runInTerminal, type Screen, type TerminalOptions } from '../support/terminal.ts';
import { describeWith } from '../support/tools.ts';

const digest = 'sha256:[0-9a-f]{64}';
const settings: readonly (readonly [name: string, env: Record<string, string>])[] = [
  ['as usual', {}],
  ['with NO_COLOR', { NO_COLOR: '1' }],
  ['with TERM=dumb', { TERM: 'dumb' }],
  ['with CI', { CI: 'true' }],
];
const widths = [80, 40];
const cases = settings.flatMap(([name, env]) => widths.map((columns) => ({ name, env, columns })));

describeWith([pseudoTerminal], 'a terminal after a run', () => {
  const temporary = useTemporary();
  beforeAll(async () => {
    makeArtifacts(join(temporary.path, 'docker'));
    await mkdir(join(temporary.path, 'df/linux/amd64'), { recursive: true });
    await writeFile(join(temporary.path, 'df/linux/amd64/albatros'), '#!/bin/sh\n'.repeat(100_000));
  });

  let count = 0;
  const runs = (words: readonly string[], options: Omit<TerminalOptions, 'cwd'>): Promise<Screen> =>
    runInTerminal(words, { cwd: temporary.path, ...options });
  const push = (target: string, ...more: string[]): string[] => {
    return [
      'container',
      'push',
      '-t',
      'albatros:0.9',
      ...more,
      '--no-cache',
      'docker/',
      `file://./${target}`,
    ];
  };
  const fresh = (): string => {
    count += 1;
    return `site-${count}`;
  };

  it.each(cases)(
    '$name, $columns columns: every line stands whole, then the result once, then the prompt',
    async ({ env, columns }) => {
      const target = fresh();
      const { lines, isReady } = await runs(push(target), { env, columns });
      expect(lines[0]).toBe('$ alba');
      expect(lines[1]).toBe('-- Read artifacts --');
      expect(lines.slice(2, 6).toSorted()).toEqual([
        'docker/linux.386.tar.gz -> linux/386, 2 layers',
        'docker/linux.amd64.tar.gz -> linux/amd64, 2 layers',
        'docker/linux.arm.v7.tar.gz -> linux/arm/v7, 2 layers',
        'docker/linux.arm64.tar.gz -> linux/arm64, 2 layers',
      ]);
      expect(lines[6]).toBe('-- Publish --');
      const site = `file://${join(temporary.path, target)}`;
      const sent = new RegExp(`^\\[[a-z0-9/ ]+\\] ${digest} \\([0-9.]+ k?B\\) -> ${site}: sent$`);
      const published = lines.slice(7, -3);
      expect(published).toHaveLength(14);
      for (const line of published) expect(line).toMatch(sent);
      expect(lines.at(-3)).toBe(`[tag] 0.9 -> ${site}/albatros`);
      expect(lines.at(-2)).toMatch(new RegExp(`^file://\\./${target}#albatros:0\\.9@${digest}$`));
      expect(lines.at(-1)).toBe('$');
      expect(isReady).toBe(true);
    },
  );

  it.each(cases)(
    '$name, $columns columns: an error stands whole below what was told, then the prompt',
    async ({ env, columns }) => {
      const { lines, isReady } = await runs(push(fresh(), '--platforms', 'linux/s390x'), { env, columns });
      expect(lines.slice(0, 2)).toEqual(['$ alba', '-- Read artifacts --']);
      expect(lines.slice(2, 6)).toEqual(Array(4).fill(expect.stringMatching(/^docker\/.* -> .*, 2 layers$/)));
      expect(lines.slice(6, -1).length).toBeGreaterThan(0);
      for (const line of lines.slice(6, -1)) expect(line).toMatch(/^alba: .*[^ ]$/);
      expect(lines.slice(6, -1).join('\n')).toContain('linux/s390x');
      expect(lines.at(-1)).toBe('$');
      expect(isReady).toBe(true);
    },
  );

  it("with stdout in a pipe the log is on the terminal, and the result is the pipe's", async () => {
    const { lines, isReady } = await runs(push(fresh()), { columns: 80, redirect: '> result' });
    expect(lines).toContain('-- Publish --');
    expect(lines.at(-2)).toMatch(/^\[tag\] 0\.9 -> /);
    expect(isReady).toBe(true);
    const result = await readFile(join(temporary.path, 'result'), 'utf8');
    expect(result).toMatch(new RegExp(`^file://.*#albatros:0\\.9@${digest}\n$`));
  });

  it.each([
    ['with stderr in a file', [], '2> log'],
    ['with --quiet', ['--quiet'], ''],
  ])('%s the result alone is on the terminal, without a sign of a bar', async (_, more, redirect) => {
    const { lines, bytes } = await runs(push(fresh(), ...more), { columns: 80, redirect });
    expect(lines).toEqual(['$ alba', expect.stringMatching(/albatros:0\.9@sha256/), '$']);
    expect(bytes).not.toContain('\u001b');
  });

  it('shows how much of the bytes is done while it is at it, and nothing of that afterwards', async () => {
    const { bytes, lines } = await runs(push(fresh()), { columns: 80 });
    expect(bytes).toMatch(/█+░* \d+% of [0-9.]+ kB/);
    expect(lines.join('\n')).not.toMatch(/[█░]/);
  });

  it.each([
    ['as usual', {}, true],
    ['with NO_COLOR', { NO_COLOR: '1' }, false],
    ['with CI', { CI: 'true' }, false],
  ])('%s bold titles are there: %j -> %s', async (_, env, isBold) => {
    const { bytes } = await runs(push(fresh()), { columns: 80, env });
    expect(bytes.includes('\u001b[1m-- Publish --')).toBe(isBold);
  });

  it('static push ends in the address of its tag, told once', async () => {
    const words = ['static', 'push', '-t', 'albatros:0.9', 'df/', `file://./${fresh()}`];
    const { lines, isReady } = await runs(words, { columns: 40 });
    const url = `file://${join(temporary.path, `site-${count}`)}/df-dist-v1/albatros/0.9`;
    expect(lines.filter((line) => line.includes(url))).toEqual([url]);
    expect(lines.at(-2)).toBe(url);
    expect(isReady).toBe(true);
  });

  it('is not moved, cleared or told anything else by the names of files', async () => {
    const hostile = 'a\u001b[2J\u001b[H\r\u009b1A\u202e.txt';
    await mkdir(join(temporary.path, 'hostile/linux/amd64'), { recursive: true });
    await writeFile(join(temporary.path, 'hostile/linux/amd64', hostile), 'text');
    const words = ['static', 'push', '-t', 'albatros:0.9', 'hostile/', `file://./${fresh()}`];
    const { lines, isReady, bytes } = await runs(words, { columns: 80 });
    expect(lines.slice(0, 2)).toEqual(['$ alba', '-- Read files --']);
    expect(lines.join('\n')).toContain('a\\u001b[2J\\u001b[H\\r\\u009b1A\\u202e.txt');
    expect(bytes).not.toContain('\u001b[2J');
    expect(isReady).toBe(true);
  });

  it('shows the cursor again when it is ended by Ctrl-C', async () => {
    await using silent = await startSilentServer();
    const words = ['container', 'push', '--no-cache', 'docker/', `docker://${silent.host}/albatros:0.9`];
    const interrupt = { when: silent.isAsked, keys: '\u0003' };
    const { bytes } = await runs(words, { columns: 80, interrupt });
    expect(bytes.lastIndexOf('\u001b[?25h')).toBeGreaterThan(bytes.lastIndexOf('\u001b[?25l'));
    expect(bytes).toContain('\u001b[?25l');
  });
});

/** Takes requests, and answers none. */
async function startSilentServer() {
  const server = createServer();
  const isAsked = new Promise<void>((resolve) => server.once('request', () => resolve()));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    host: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    isAsked,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
