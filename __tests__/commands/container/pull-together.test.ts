import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import process from 'node:process';
import { beforeAll, describe, expect, it } from 'vitest';
import { ownPlatform } from '../../../src/pull/choose-platforms.ts';
import { ownSystem } from '../../../src/pull/static/choose-files.ts';
import { writeFiles } from '../../fixtures/binaries.ts';
import { dockerArchive } from '../../fixtures/docker-archive.ts';
import { imageOf, listFolder, usualLayers } from '../../fixtures/pullable.ts';
import { useTemporary } from '../../fixtures/temporary.ts';
import { runAction, runAlba } from '../../support/alba.ts';

const temporary = useTemporary();
const at = (...names: string[]) => join(temporary.path, ...names);
const { os, architecture } = ownSystem({ platform: process.platform, arch: process.arch });

async function done(...words: string[]) {
  const ended = await runAlba(words, { cwd: temporary.path });
  expect(ended, ended.stderr).toMatchObject({ code: 0 });
  return { ...ended, result: ended.stdout.startsWith('{') ? JSON.parse(ended.stdout) : undefined };
}
const pull = (version: string, ...words: string[]) =>
  done('container', 'pull', '--json', `file://./site#app:${version}`, ...words);
async function step(inputs: Readonly<Record<string, string>>) {
  const ended = await runAction(inputs, { cwd: temporary.path });
  expect(ended, ended.stdout).toMatchObject({ code: 0 });
  return ended.outputs;
}

beforeAll(async () => {
  for (const version of ['1.0', '2.0']) {
    const image = imageOf(ownPlatform({ arch: process.arch }), ...usualLayers(version, 4_000_000));
    await writeFile(at(`${version}.tar`), dockerArchive(image));
    await done(
      ...['container', 'push', '--no-cache', '-t', `app:${version}`],
      ...[`${version}.tar`, 'file://./site'],
    );
    await mkdir(at(version));
    const files = { tool: `#!/bin/sh\n${version}`, large: 'same'.repeat(1000) };
    const named = Object.entries(files).map(([name, text]) => [`${os}/${architecture}/${name}`, text]);
    await writeFiles(at(version), Object.fromEntries(named));
    await done('static', 'push', '--no-cache', '-t', `tool:${version}`, version, 'file://./site');
    await pull(version, `./expected-${version}`);
  }
});

describe('two whole pulls at once', () => {
  it('into one store fetch each layer once between them, and leave nothing but layers', async () => {
    const both = await Promise.all(['one', 'two'].map((name) => pull('1.0', name, '--store', './store')));
    const [first, second] = both.map(({ result }) => result);
    expect(first.pulledBytes + second.pulledBytes).toBe(first.pulledBytes + first.skippedBytes);
    expect(first.pulledBytes + first.skippedBytes).toBe(second.pulledBytes + second.skippedBytes);
    for (const name of ['one', 'two']) {
      expect(await listFolder(at(name))).toEqual(await listFolder(at('expected-1.0')));
    }
    for (const name of ['leases', 'locks', 'temporary', 'turns']) {
      expect(await readdir(at('store', name))).toEqual([]);
    }
    expect((await pull('1.0', './three', '--store', './store')).result.pulledBytes).toBe(0);
  });

  it.each([
    ['a folder', './app', [], 'app', ['.app.alba.json', 'app']],
    ['a link', './now', ['--current'], 'now', ['.now.alba', '.now.alba.json', 'now']],
  ] as const)(
    'into one destination, %s, leave one of the two, whole',
    async (_, path, more, name, beside) => {
      await pull('1.0', path, ...more);
      await Promise.all(['2.0', '1.0', '2.0'].map((version) => pull(version, path, ...more)));
      const found = await listFolder(at(name, '.'));
      const all = [await listFolder(at('expected-1.0')), await listFolder(at('expected-2.0'))];
      expect(all).toContainEqual(found);
      expect((await readdir(temporary.path)).filter((one) => one.includes(name)).sort()).toEqual(beside);
      for (const version of ['1.0', '2.0']) await pull(version, path, ...more);
      expect(await listFolder(at(name, '.'))).toEqual(all[1]);
    },
  );
});

describe('what a pull brought and what was here', () => {
  it('is told by both doors, of an image that is there but for one layer', async () => {
    const source = 'file://./site#app:2.0';
    await pull('1.0', './warm', '--store', './layers');
    const { result } = await pull('2.0', './typed', '--store', './layers');
    expect(result.pulledBytes).toBeGreaterThan(0);
    expect(result.skippedBytes).toBeGreaterThan(result.pulledBytes);
    await pull('1.0', './warm-again', '--store', './others');
    const inputs = { command: 'container pull', source, destination: './step', store: './others' };
    const told = {
      digest: result.digest,
      path: 'step',
      files: `${result.files}`,
      'pulled-bytes': `${result.pulledBytes}`,
      'skipped-bytes': `${result.skippedBytes}`,
    };
    expect(await step(inputs)).toMatchObject(told);
    expect(await step(inputs)).toMatchObject({
      ...told,
      'pulled-bytes': '0',
      'skipped-bytes': `${result.pulledBytes + result.skippedBytes}`,
    });
  });

  it('is told of a layout, in which files are not counted', async () => {
    const inputs = {
      command: 'container pull',
      source: 'file://./site#app:1.0',
      destination: 'oci:./mirror',
    };
    const first = await step(inputs);
    expect(first).toMatchObject({ files: '', 'skipped-bytes': '0' });
    const second = await step({ ...inputs, source: 'file://./site#app:2.0' });
    expect(Number(second['pulled-bytes'])).toBeGreaterThan(0);
    expect(Number(second['skipped-bytes'])).toBeGreaterThan(Number(second['pulled-bytes']));
    const { result } = await pull('2.0', 'oci:./mirror');
    expect(result).toMatchObject({ pulledBytes: 0, digest: second.digest });
    expect(result.skippedBytes).toBeGreaterThan(0);
  });

  it('is told by both doors, of files of which one is new', async () => {
    const files = (version: string, destination: string) =>
      done('static', 'pull', '--json', '-t', `tool:${version}`, 'file://./site', destination);
    await files('1.0', './bin');
    const { result } = await files('2.0', './bin');
    expect(result).toMatchObject({ files: 2, path: 'bin', pulledBytes: 13, skippedBytes: 4000 });
    await files('1.0', './step-bin');
    const inputs = { command: 'static pull', source: 'file://./site', destination: './step-bin' };
    expect(await step({ ...inputs, tag: 'tool:2.0' })).toMatchObject({
      ...{ digest: result.digest, path: 'step-bin', files: '2' },
      ...{ 'pulled-bytes': '13', 'skipped-bytes': '4000' },
    });
  });
});
