import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import process from 'node:process';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { digestOf } from '../../../src/oci/digest.ts';
import { formatPlatform } from '../../../src/oci/platform.ts';
import { ownPlatform } from '../../../src/pull/choose-platforms.ts';
import { dockerArchive } from '../../fixtures/docker-archive.ts';
import { imageOf, listFolder, usualLayers } from '../../fixtures/pullable.ts';
import { useTemporary } from '../../fixtures/temporary.ts';
import { bareEnvironment, type Ended, node, program, runAlba } from '../../support/alba.ts';
import { type CountingRegistry, startCountingRegistry } from '../../support/servers/counting-registry.ts';

const temporary = useTemporary();
const at = (...names: string[]) => join(temporary.path, ...names);
const own = ownPlatform({ arch: process.arch });
const other = { os: 'linux', architecture: own.architecture === 'riscv64' ? 's390x' : 'riscv64' };

let registry: CountingRegistry;
/** The digest of the large layer, as it is stored. */
let base: string;

const alba = (...words: string[]): Promise<Ended> => runAlba(words, { cwd: temporary.path });
const from = (tag: string) => `docker://${registry.host}/app:${tag}`;
const pull = (tag: string, ...words: string[]): Promise<Ended> =>
  alba('container', 'pull', '--json', from(tag), ...words);
async function pulled(tag: string, ...words: string[]) {
  const ended = await pull(tag, ...words);
  expect(ended, ended.stderr).toMatchObject({ code: 0 });
  return JSON.parse(ended.stdout);
}
const blobs = () => registry.asked.filter(({ path }) => path.includes('/blobs/'));
const isBase = (path: string) => path.endsWith(base);

async function publish(tag: string, mine: string, theirs = 'other'): Promise<void> {
  await rm(at('build'), { recursive: true, force: true });
  await mkdir(at('build'));
  await temporary.write('build/own.tar', dockerArchive(imageOf(own, ...usualLayers(mine, 3_000_000))));
  await temporary.write('build/other.tar', dockerArchive(imageOf(other, ...usualLayers(theirs, 100))));
  const ended = await alba('container', 'push', '--no-cache', '-t', `app:${tag}`, 'build', 'file://./site');
  expect(ended, ended.stderr).toMatchObject({ code: 0 });
}

beforeAll(async () => {
  await publish('1.0', 'one');
  await publish('1.1', 'two');
  await publish('1.2', 'two', 'new');
  registry = await startCountingRegistry(at('site'));
  await pulled('1.0', './first');
  base =
    blobs()
      .toSorted((a, b) => b.sent - a.sent)[0]
      ?.path.split('/')
      .at(-1) ?? '';
});
afterAll(() => registry[Symbol.asyncDispose]());
beforeEach(() => registry.reset());

describe('requests', () => {
  it('are those for the wanted platform alone, the manifests and each blob once', async () => {
    await pulled('1.0', './requests');
    const asked = registry.asked.map(
      ({ method, path }) => `${method} ${path.replace(/sha256:.*/, 'digest')}`,
    );
    expect(asked.toSorted()).toEqual(
      [
        'HEAD /v2/app/manifests/1.0',
        'GET /v2/app/manifests/digest',
        'GET /v2/app/manifests/digest',
        'GET /v2/app/blobs/digest',
        'GET /v2/app/blobs/digest',
        'GET /v2/app/blobs/digest',
      ].toSorted(),
    );
  });

  it('are one for a tag that leads to what is there, and none for a digest', async () => {
    const { digest } = await pulled('1.0', './second');
    registry.reset();
    expect(await pulled('1.0', './second')).toMatchObject({ unchanged: true });
    expect(registry.asked.map(({ method }) => method)).toEqual(['HEAD']);
    registry.reset();
    const ended = await alba('container', 'pull', `docker://${registry.host}/app@${digest}`, './second');
    expect(ended, ended.stderr).toMatchObject({ code: 0 });
    expect(registry.asked).toEqual([]);
  });

  it('are for no blob but a config where an index changed for other platforms alone', async () => {
    await pulled('1.1', './other-platform');
    registry.reset();
    expect(await pulled('1.2', './other-platform')).toMatchObject({ unchanged: true, pulledBytes: 0 });
    expect(blobs().filter(({ sent }) => sent > 1000)).toEqual([]);
  });

  it('bring the changed layer alone after a small change, with a store', async () => {
    const first = await pulled('1.0', './kept', '--store', './store');
    registry.reset();
    const second = await pulled('1.1', './kept', '--store', './store');
    const wire = blobs().reduce((all, { sent }) => all + sent, 0);
    expect(blobs().some(({ path }) => isBase(path))).toBe(false);
    expect(wire).toBeLessThan(1500);
    expect(second.pulledBytes).toBeLessThan(500);
    expect(second.skippedBytes).toBeGreaterThan(first.pulledBytes - 500);
    expect(await listFolder(at('kept'))).toContain('app/run 755 run two');
    registry.reset();
    expect((await pulled('1.0', './elsewhere', '--store', './store')).pulledBytes).toBe(0);
    expect(blobs().filter(({ sent }) => sent > 1000)).toEqual([]);
  });
});

describe('a connection that breaks', () => {
  it('is taken up where it broke, and no byte comes twice', async () => {
    registry.fault = (path, attempt) => (isBase(path) && attempt === 1 ? { breakAfter: 700_000 } : undefined);
    const ended = await pull('1.0', './broken');
    expect(ended, ended.stderr).toMatchObject({ code: 0 });
    expect(ended.stderr).toContain('retry 1 of 5');
    const [first, second] = blobs().filter(({ path }) => isBase(path));
    expect(second?.range).toMatch(/^bytes=[1-9]\d*-$/);
    const size = JSON.parse(ended.stdout).pulledBytes;
    expect((first?.sent ?? 0) + (second?.sent ?? 0)).toBeLessThan(size + 300_000);
    expect(await listFolder(at('broken'))).toEqual(await listFolder(at('first')));
  });

  it('is taken up where the registry knows of no ranges', async () => {
    registry.fault = (path, attempt) =>
      isBase(path) ? (attempt === 1 ? { breakAfter: 700_000 } : { withoutRanges: true }) : undefined;
    await pulled('1.0', './without-ranges');
    expect(await listFolder(at('without-ranges'))).toEqual(await listFolder(at('first')));
  });

  it('leaves the folder as it was where it cannot be taken up', async () => {
    await pulled('1.1', './stays');
    const before = await listFolder(at('stays'));
    registry.fault = (path, attempt) =>
      isBase(path) ? (attempt === 1 ? { breakAfter: 700_000 } : { status: 403 }) : undefined;
    expect(await pull('1.0', './stays')).toMatchObject({ code: 1, stdout: '' });
    await expectAsItWas('stays', before);
  });
});

describe('a static registry that any web server serves', () => {
  const web = () => `http://${registry.host}/app:1.0`;

  it('is pulled from, with one request where nothing is new', async () => {
    const ended = await alba('container', 'pull', web(), './web');
    expect(ended, ended.stderr).toMatchObject({ code: 0 });
    expect(await listFolder(at('web'))).toEqual(await listFolder(at('first')));
    registry.reset();
    const again = await alba('container', 'pull', '--json', web(), './web');
    expect(JSON.parse(again.stdout)).toMatchObject({ unchanged: true });
    expect(registry.asked.map(({ method, path }) => `${method} ${path}`)).toEqual([
      'GET /v2/app/manifests/1.0',
    ]);
  });

  it('is taken up where its connection broke', async () => {
    registry.fault = (path, attempt) => (isBase(path) && attempt === 1 ? { breakAfter: 700_000 } : undefined);
    const ended = await alba('container', 'pull', web(), './web-broken');
    expect(ended, ended.stderr).toMatchObject({ code: 0 });
    expect(blobs().find(({ range }) => range !== undefined)?.path).toContain(base);
    expect(await listFolder(at('web-broken'))).toEqual(await listFolder(at('first')));
  });
});

describe('bytes that are not what they should be', () => {
  it.each([
    // The time in the header of gzip: all else is as it should be.
    ['a layer', (path: string) => isBase(path), 5, 'is damaged: its digest is'],
    ['a manifest', (path: string) => path.includes('/manifests/sha256:'), 20, 'is damaged'],
  ])('of %s leave the folder as it was', async (_, isWrong, flipAt, says) => {
    const name = `wrong-${says.length}`;
    await pulled('1.1', `./${name}`);
    const before = await listFolder(at(name));
    registry.fault = (path) => (isWrong(path) ? { flipAt } : undefined);
    const ended = await pull('1.0', `./${name}`);
    expect(ended).toMatchObject({ code: 1, stdout: '' });
    expect(ended.stderr).toContain(says);
    await expectAsItWas(name, before);
  });
});

describe('several platforms', () => {
  it.each([own, other])(
    'all stay as they were where a layer of one of them is damaged: $architecture',
    async (damaged) => {
      const name = `several-${damaged.architecture}`;
      const askedBy = async (tag: string, ...words: string[]): Promise<string[]> => {
        registry.reset();
        await pulled(tag, `./one-${damaged.architecture}`, '--platform', formatPlatform(damaged), ...words);
        return blobs().map(({ path }) => path);
      };
      const configs = await askedBy('1.2', '--dry-run');
      const layers = (await askedBy('1.2')).filter((path) => !configs.includes(path));
      await pulled('1.0', `./${name}`, '--platform', 'all');
      const before = await listFolder(at(name));
      registry.fault = (path) => (path === layers.at(-1) ? { flipAt: 5 } : undefined);
      const ended = await pull('1.2', `./${name}`, '--platform', 'all');
      expect(ended).toMatchObject({ code: 1, stdout: '' });
      expect(ended.stderr).toContain('is damaged');
      expect(await listFolder(at(name))).toEqual(before);
      registry.reset();
      await pulled('1.2', `./${name}`, '--platform', 'all');
      expect(await listFolder(at(name))).not.toEqual(before);
    },
  );
});

describe('an end that is asked for', () => {
  it.each(['SIGINT', 'SIGTERM'] as const)(
    'by %s comes within two seconds, and leaves nothing',
    async (signal) => {
      const name = `ended-${signal}`;
      await pulled('1.1', `./${name}`);
      const before = await listFolder(at(name));
      registry.fault = (path) => (isBase(path) ? { stallAfter: 700_000 } : undefined);
      const earlier = blobs().length;
      const child = spawn(node, [program, 'container', 'pull', from('1.0'), `./${name}`], {
        cwd: temporary.path,
        env: bareEnvironment(at()) as NodeJS.ProcessEnv,
        stdio: 'ignore',
      });
      const asked = () => blobs().slice(earlier);
      while ((asked().find(({ path }) => isBase(path))?.sent ?? 0) < 700_000) {
        await new Promise((resolve) => setImmediate(resolve));
      }
      const began = performance.now();
      child.kill(signal);
      expect(await once(child, 'close')).toEqual([signal === 'SIGINT' ? 130 : 143, null]);
      expect(performance.now() - began).toBeLessThan(2_000);
      await expectAsItWas(name, before);
    },
  );
});

describe('what is not there', () => {
  it('is told with the tags that there are', async () => {
    const ended = await pull('1.01', './no-tag');
    expect(ended).toMatchObject({ code: 1, stdout: '' });
    expect(ended.stderr).toMatch(/app:1\.01 is not there: is 1\.\d meant; it has 3 tags: 1\.2, 1\.1, 1\.0/);
    expect(await readdir(temporary.path)).not.toContain('no-tag');
    const without = await alba('container', 'pull', `docker://${registry.host}/app`, './no-tag');
    expect(without).toMatchObject({ code: 2 });
    expect(without.stderr).toContain('names neither a tag nor a digest: add one, such as :1.2');
  });

  it('is told with the platforms that there are', async () => {
    const ended = await pull('1.0', './no-platform', '--platform', 'plan9/386');
    expect(ended).toMatchObject({ code: 1, stdout: '' });
    expect(ended.stderr).toMatch(/has no image for plan9\/386: it has linux\/\w+, linux\/\w+/);
    expect(blobs()).toEqual([]);
    const absent = digestOf(Buffer.from('nothing'));
    const digest = await alba(
      'container',
      'pull',
      `docker://${registry.host}/app@${absent}`,
      './no-platform',
    );
    expect(digest).toMatchObject({ code: 1 });
    expect(digest.stderr).toContain(`${absent} is not there`);
    expect(await readdir(temporary.path)).not.toContain('no-platform');
  });
});

describe('a destination', () => {
  it('that is a file, or full of other things, is refused before anything is asked for', async () => {
    await writeFile(at('a-file'), '');
    await mkdir(at('full'));
    await writeFile(at('full/mine'), '');
    for (const [name, says] of [
      ['a-file', 'is a file'],
      ['full', 'give replace'],
    ] as const) {
      registry.reset();
      const ended = await pull('1.0', `./${name}`);
      expect(ended).toMatchObject({ code: 1 });
      expect(ended.stderr).toContain(says);
      expect(blobs()).toEqual([]);
    }
    expect(await readdir(at('full'))).toEqual(['mine']);
    await pulled('1.0', './full', '--replace');
    expect(await readdir(at('full'))).not.toContain('mine');
  });

  it('is left as it was where the files come to more than max-size', async () => {
    const ended = await pull('1.0', './bounded', '--max-size', '1MB');
    expect(ended).toMatchObject({ code: 1 });
    expect(ended.stderr).toContain('come to more than max-size, 1.0 MB');
    expect((await readdir(temporary.path)).filter((name) => name.includes('bounded'))).toEqual([]);
  });
});

/** Nothing of the pull stays, neither in the folder nor beside it. */
async function expectAsItWas(name: string, before: readonly string[]): Promise<void> {
  expect(await listFolder(at(name))).toEqual(before);
  const beside = (await readdir(temporary.path)).filter((one) => one.includes(name)).sort();
  expect(beside).toEqual([`.${name}.alba.json`, name]);
}
