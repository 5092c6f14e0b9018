import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import process from 'node:process';
import * as v from 'valibot';
import { beforeAll, describe, expect, it } from 'vitest';
import { containerPullResult } from '../../../src/commands/container/pull-result.ts';
import { digestOf } from '../../../src/oci/digest.ts';
import { formatPlatform } from '../../../src/oci/platform.ts';
import { ownPlatform } from '../../../src/pull/choose-platforms.ts';
import { dockerArchive } from '../../fixtures/docker-archive.ts';
import { listTar } from '../../fixtures/published.ts';
import { imageOf, listFolder, usualLayers } from '../../fixtures/pullable.ts';
import { useTemporary } from '../../fixtures/temporary.ts';
import { type Ended, runAction, runAlba } from '../../support/alba.ts';

const temporary = useTemporary();
const at = (...names: string[]) => join(temporary.path, ...names);
const own = ownPlatform({ arch: process.arch });
const other = { os: 'linux', architecture: own.architecture === 'riscv64' ? 's390x' : 'riscv64' };
const files = [
  'app/',
  'app/current -> run',
  'app/run 755 run 1',
  'base.bin 644 ',
  'etc/',
  'etc/release 644 base',
];
/** Without the noise. */
const list = async (name: string) =>
  (await listFolder(at(name))).map((line) => (line.startsWith('base.bin') ? 'base.bin 644 ' : line));

const alba = (...words: string[]): Promise<Ended> => runAlba(words, { cwd: temporary.path });
const pull = (...words: string[]): Promise<Ended> => alba('container', 'pull', ...words);
async function pulled(...words: string[]) {
  const ended = await pull('--json', ...words);
  expect(ended, ended.stderr).toMatchObject({ code: 0 });
  return v.parse(containerPullResult, JSON.parse(ended.stdout));
}
const source = 'file://./site#app:1.0';

beforeAll(async () => {
  const images = [imageOf(own, ...usualLayers('1')), imageOf(other, ...usualLayers('1 elsewhere'))];
  await mkdir(at('build'));
  await temporary.write('build/own.tar', dockerArchive(images[0] ?? []));
  await temporary.write('build/other.tar', dockerArchive(images[1] ?? []));
  const pushed = await alba('container', 'push', '--no-cache', '-t', 'app:1.0', 'build', 'file://./site');
  expect(pushed, pushed.stderr).toMatchObject({ code: 0 });
});

describe('an image of a directory', () => {
  it('fills a folder with the files for this machine, and tells of them', async () => {
    const result = await pulled(source, './usual');
    expect(await list('usual')).toEqual(files);
    const digest = digestOf(await readFile(at('site/v2/app/manifests/1.0')));
    expect(result).toMatchObject({
      digest,
      path: 'usual',
      files: 3,
      skippedBytes: 0,
      unchanged: false,
      images: [{ platform: formatPlatform(own), path: 'usual', files: 3 }],
    });
    expect(result.pulledBytes).toBeGreaterThan(30_000);
    expect(await readdir(temporary.path)).toContain('.usual.alba.json');
  });

  it('is unchanged in a second pull, where everything counts as skipped', async () => {
    const first = await pulled(source, './again');
    const second = await pulled(source, './again');
    expect(second).toMatchObject({
      unchanged: true,
      pulledBytes: 0,
      skippedBytes: first.pulledBytes,
      files: 3,
      images: first.images.map((image) => ({ ...image, unchanged: true })),
    });
  });

  it('is put right where it was changed, added to or taken from, by name', async () => {
    await pulled(source, './changed');
    await writeFile(at('changed/app/run'), 'another');
    await writeFile(at('changed/more'), '');
    await rm(at('changed/etc/release'));
    const ended = await pull('--json', source, './changed');
    const { images } = v.parse(containerPullResult, JSON.parse(ended.stdout));
    expect(images.flatMap(({ restored }) => restored)).toEqual(
      expect.arrayContaining(['app/run', 'etc/release', 'more']),
    );
    expect(ended.stderr).toContain('app/run');
    expect(await list('changed')).toEqual(files);
  });

  it('comes anew where something else is asked for', async () => {
    await pulled(source, './part');
    const result = await pulled(source, './part', '--path', '/app');
    expect(result.unchanged).toBe(false);
    expect(await list('part')).toEqual(['current -> run', 'run 755 run 1']);
  });

  it('comes by its digest', async () => {
    const { digest } = await pulled(source, './tagged');
    expect(await pulled(`file://./site#app@${digest}`, './by-digest')).toMatchObject({ digest });
    expect(await list('by-digest')).toEqual(files);
  });

  it('is told and not written in a dry run', async () => {
    const result = await pulled(source, './dry', '--dry-run');
    expect(result).toMatchObject({ dryRun: true, pulledBytes: 0 });
    expect(result.missingBytes).toBeGreaterThan(30_000);
    expect(result.files).toBeUndefined();
    expect(await readdir(temporary.path)).not.toContain('dry');
  });

  it('gives a folder to each of several platforms, which can be published as they are', async () => {
    const names = [own, other].map((platform) => formatPlatform(platform).replaceAll('/', '-')).sort();
    for (const [folder, platforms] of [
      ['./all', 'all'],
      ['./named', `${formatPlatform(own)},${formatPlatform(other)}`],
    ] as const) {
      const result = await pulled(source, folder, '--platform', platforms);
      expect(result.images.map(({ path }) => path).sort()).toEqual(names.map((name) => join(folder, name)));
      expect((await pulled(source, folder, '--platform', platforms)).unchanged).toBe(true);
    }
    const back = await alba(
      ...['container', 'push', '--json', '--no-cache', '--from-files', './all'],
      ...['-t', 'back:1', 'file://./back'],
    );
    expect(back, back.stderr).toMatchObject({ code: 0 });
    expect(Object.keys(JSON.parse(back.stdout).platforms).sort()).toEqual(
      [own, other].map(formatPlatform).sort(),
    );
  });
});

describe('one layer', () => {
  it('is chosen by its number from either end, its diffID or its digest', async () => {
    const [base = '', top = ''] = imageOf(own, ...usualLayers('1')).layers.map((layer) => digestOf(layer));
    for (const layer of ['1', '-1', top]) {
      const ended = await pull(source, `./layer${layer.slice(0, 9)}`, '--layer', layer);
      expect(ended.stderr).toContain('1 whiteout left out');
      expect(await list(`layer${layer.slice(0, 9)}`)).toEqual([
        'app/',
        'app/current -> run',
        'app/run 755 run 1',
      ]);
    }
    await pulled(source, './base-layer', '--layer', base);
    expect(await list('base-layer')).toEqual([
      'base.bin 644 ',
      'etc/',
      'etc/old 644 old',
      'etc/release 644 base',
    ]);
    const missing = await pull(source, './no-layer', '--layer', '2');
    expect(missing).toMatchObject({ code: 1 });
    expect(missing.stderr).toMatch(/has no layer 2: it has 2 layers; 0 is sha256:[0-9a-f]{64}, 1 is sha256:/);
  });

  it('is its own tar on standard output, byte for byte', async () => {
    const [layer] = imageOf(own, ...usualLayers('1')).layers.slice(-1);
    const script = `"$0" "$1" container pull ${JSON.stringify(source)} - --layer -1 > layer.tar`;
    const ended = await shell(script);
    expect(ended, ended.stderr).toMatchObject({ code: 0 });
    expect(digestOf(await readFile(at('layer.tar')))).toBe(digestOf(layer ?? Buffer.alloc(0)));
  });
});

describe('a tar on standard output', () => {
  it('has the merged tree, while everything that is told goes to stderr', async () => {
    const ended = await shell(`"$0" "$1" container pull --json ${JSON.stringify(source)} - > tree.tar`);
    expect(ended, ended.stderr).toMatchObject({ code: 0 });
    const entries = await listTar(await readFile(at('tree.tar')));
    expect(entries.map((entry) => entry.replace(/ = .*/, '')).sort()).toEqual(
      [
        '644 0:0 base.bin',
        '644 0:0 etc/release',
        '755 0:0 app/',
        '755 0:0 app/run',
        '755 0:0 etc/',
        'app/current -> run',
      ].sort(),
    );
    expect(JSON.parse(ended.stderr.trim().split('\n').at(-1) ?? '')).toMatchObject({ path: '-', files: 3 });
  });

  it('ends in peace when who reads has enough', async () => {
    const ended = await shell(
      `set -o pipefail; "$0" "$1" container pull ${JSON.stringify(source)} - | head -c 1 > /dev/null`,
    );
    expect(ended, ended.stderr).toMatchObject({ code: 0, stderr: '' });
  });

  it('is refused in a step of a workflow, whose standard output is its log', async () => {
    const ended = await runAction(
      { command: 'container pull', source, destination: '-' },
      { cwd: temporary.path },
    );
    expect(ended.code).toBe(1);
    expect(ended.stdout).toContain('- is standard output, which is the log of a step here');
  });
});

describe('an archive or a layout', () => {
  it('is unpacked by its path, from a folder of one, and piped in', async () => {
    const digest = digestOf(imageOf(own, ...usualLayers('1')).config);
    expect(await pulled('build/own.tar', './unpacked')).toMatchObject({ digest, source: 'build/own.tar' });
    expect(await list('unpacked')).toEqual(files);
    expect(await pulled('build/own.tar', './unpacked')).toMatchObject({ unchanged: true });
    const piped = await runAlba(['container', 'pull', '-', './piped'], {
      cwd: temporary.path,
      input: await readFile(at('build/own.tar')),
    });
    expect(piped, piped.stderr).toMatchObject({ code: 0, stdout: 'piped\n' });
    expect(await list('piped')).toEqual(files);
  });
});

describe('the action', () => {
  it('has outputs and a summary', async () => {
    const ended = await runAction(
      { command: 'container pull', source, destination: './action' },
      { cwd: temporary.path },
    );
    expect(ended, ended.stdout).toMatchObject({ code: 0 });
    expect(await list('action')).toEqual(files);
    expect(ended.outputs).toMatchObject({ path: 'action', files: '3', 'skipped-bytes': '0' });
    expect(ended.outputs.digest).toMatch(/^sha256:/);
    expect(Number(ended.outputs['pulled-bytes'])).toBeGreaterThan(30_000);
    expect(v.parse(containerPullResult, JSON.parse(ended.outputs.metadata ?? ''))).toMatchObject({
      files: 3,
    });
    expect(ended.summary).toContain('Pulled');
  });
});

/** Runs a script that has Node and alba as its first arguments. */
async function shell(script: string): Promise<Ended> {
  const { node, program } = await import('../../support/alba.ts');
  const { execFile } = await import('node:child_process');
  return new Promise((resolve) => {
    const options = { cwd: temporary.path, encoding: 'utf8' as const };
    execFile('bash', ['-c', script, node, program], options, (failure, stdout, stderr) => {
      resolve({ code: failure ? Number(failure.code) : 0, stdout, stderr });
    });
  });
}
