import { execFileSync } from 'node:child_process';
import { mkdir, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import process from 'node:process';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { digestOf } from '../../../src/oci/digest.ts';
import { formatPlatform } from '../../../src/oci/platform.ts';
import { ownPlatform } from '../../../src/pull/choose-platforms.ts';
import { dockerArchive } from '../../fixtures/docker-archive.ts';
import { imageOf, listFolder, usualLayers } from '../../fixtures/pullable.ts';
import { useTemporary } from '../../fixtures/temporary.ts';
import { runAction, runAlba } from '../../support/alba.ts';
import { type CountingRegistry, startCountingRegistry } from '../../support/servers/counting-registry.ts';

const temporary = useTemporary();
const at = (...names: string[]) => join(temporary.path, ...names);
const platform = ownPlatform({ arch: process.arch });
const absent = digestOf(Buffer.from('nothing'));
let registry: CountingRegistry;
let large = '';

beforeAll(async () => {
  await temporary.write('image.tar', dockerArchive(imageOf(platform, ...usualLayers('1', 6_000_000))));
  const words = ['container', 'push', '--no-cache', '-t', 'app:1.0', 'image.tar', 'file://./site'];
  const pushed = await runAlba(words, { cwd: temporary.path });
  expect(pushed, pushed.stderr).toMatchObject({ code: 0 });
  const sizes = new Map<string, number>();
  for (const name of await readdir(at('site/v2/app/blobs'))) {
    sizes.set(name, (await readFile(at('site/v2/app/blobs', name))).length);
  }
  large = [...sizes].sort(([, a], [, b]) => b - a)[0]?.[0] ?? '';
  registry = await startCountingRegistry(at('site'));
  await temporary.write('a-file', '');
  await mkdir(at('full'));
  await temporary.write('full/mine', 'mine');
});
afterAll(() => registry[Symbol.asyncDispose]());
beforeEach(() => registry.reset());

/** What is said in the end; nothing else may come of it. */
async function said(source: string, destination: string, ...more: string[]): Promise<string> {
  const words = ['container', 'pull', source, destination, ...more];
  const ended = await runAlba(words, { cwd: temporary.path });
  expect(ended).toMatchObject({ code: 1, stdout: '' });
  return (
    ended.stderr
      .trimEnd()
      .split('\n')
      .at(-1)
      ?.replace(/^alba: /, '') ?? ''
  );
}

const from = (reference = ':1.0') => `docker://${registry.host}/app${reference}`;

describe('a pull that cannot be tells in one sentence what to do about it:', () => {
  it('no such tag', async () => {
    expect(await said(from(':1.1'), './x')).toBe(
      `${from(':1.1')} is not there: is 1.0 meant; it has 1 tag: 1.0`.replace('docker://', ''),
    );
  });

  it('no such platform', async () => {
    const there = `it has ${formatPlatform(platform)}; name one in "platform"`;
    expect(await said(from(), './x', '--platform', 'plan9/386')).toBe(
      `${from()} has no image for plan9/386: ${there}`.replace('docker://', ''),
    );
  });

  it('a destination that is a file', async () => {
    expect(await said(from(), './a-file')).toBe(
      'a-file is a file, expected a folder, or nothing: files are pulled into one',
    );
  });

  it('a destination that is not empty and has no record', async () => {
    expect(await said(from(), './full')).toBe(
      'full is not empty, and no pull wrote it: give replace to have all of it replaced, or name another folder',
    );
    expect(await readdir(at('full'))).toEqual(['mine']);
  });

  it('a wrong digest', async () => {
    expect(await said(from(`@${absent}`), './x')).toBe(
      `${from(`@${absent}`)} is not there: was it published, and not cleaned up since?`.replace(
        'docker://',
        '',
      ),
    );
    registry.fault = (path) => (path.endsWith(large) ? { flipAt: 5 } : undefined);
    const told = await said(from(), './x');
    expect(told).toContain(large);
    expect(told).toMatch(/ is damaged: its digest is sha256:[0-9a-f]{64}, expected sha256:[0-9a-f]{64}$/);
  });

  it('a connection that is interrupted for good', async () => {
    registry.fault = (path, attempt) =>
      path.endsWith(large) ? (attempt % 2 === 1 ? { breakAfter: 700_000 } : { status: 403 }) : undefined;
    const told = await said(from(), './x');
    expect(told).toContain(`GET http://${registry.host}/v2/app/blobs/${large}`);
    expect(told).toContain('403');
  });

  const isRoot = process.platform === 'linux' && process.getuid?.() === 0;

  it.skipIf(!isRoot)('a destination that is not writable, as root a disk that is read-only', async () => {
    await using _ = await mounted('read-only', 'ro');
    for (const [destination, named] of [
      ['./read-only/app', './read-only/app'],
      ['oci:./read-only/layout', at('read-only/layout')],
      ['docker-archive:./read-only/app.tar', at('read-only')],
    ] as const) {
      expect(await said(from(), destination)).toBe(`cannot write ${named}: the file system is read-only`);
    }
  });

  it.skipIf(!isRoot)('a full disk', async () => {
    await using _ = await mounted('small', 'size=2m');
    const limit = await said(from(), './small/app');
    expect(limit).toMatch(
      /layer sha256:\w+: the files in its layers come to more than max-size, 1\.9 MB \(\d+ bytes\), which is nine tenths of what is free there, and at most 64 GB, unless it is given$/,
    );
    const full = 'the disk is full: free some space, or name another place';
    expect(await said(from(), './small/app', '--max-size', '1GB')).toMatch(
      new RegExp(`^cannot write below ${at('small')}/\\.app\\.alba-new-\\w+/sha256-\\w+: ${full}$`),
    );
    expect(await said(from(), 'docker-archive:./small/app.tar')).toBe(
      `cannot write ${at('small/app.tar')}: ${full}`,
    );
    expect(await said(from(), 'oci:./small/layout')).toMatch(/^cannot write .*: the disk is full$/);
    expect(await readdir(at('small'))).toEqual(['layout']);
    expect((await listFolder(at('small/layout'))).filter((name) => name.includes('.alba-'))).toEqual([]);
  });

  it('in a step of a workflow, too, which fails and has no outputs', async () => {
    const inputs = { command: 'container pull', source: from(':1.1'), destination: './x' };
    const step = await runAction(inputs, { cwd: temporary.path });
    expect(step).toMatchObject({ code: 1, outputs: {} });
    expect(step.stdout).toContain('::error::');
    expect(step.stdout).toContain('is not there: is 1.0 meant; it has 1 tag: 1.0');
  });

  it('and nothing is left of any of them', async () => {
    expect((await readdir(temporary.path)).sort()).toEqual(
      ['a-file', 'full', 'image.tar', ...(isRoot ? ['read-only', 'small'] : []), 'site'].sort(),
    );
  });
});

/** A file system of its own, unmounted at the end. */
async function mounted(name: string, options: string): Promise<AsyncDisposable> {
  await mkdir(at(name));
  execFileSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', at(name)]);
  return {
    async [Symbol.asyncDispose]() {
      execFileSync('umount', [at(name)]);
    },
  };
}
