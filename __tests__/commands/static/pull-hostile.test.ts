import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { digestOf } from '../../../src/oci/digest.ts';
import { readFiles, writeFiles } from '../../fixtures/binaries.ts';
import { useTemporary } from '../../fixtures/temporary.ts';
import { runAlba } from '../../support/alba.ts';
import { startNginx } from '../../support/servers/nginx.ts';
import { itWith } from '../../support/tools.ts';

const temporary = useTemporary();
const at = (...names: string[]) => join(temporary.path, ...names);
const content = Buffer.from('content');
const file = (path: string, more: object = {}) => ({
  path,
  size: content.length,
  digest: digestOf(content),
  ...more,
});
const linux = { os: 'linux', architecture: 'amd64' };

let before: Record<string, string>;

/** Publishes a document of somebody's, with the files that it may mean. */
async function publish(document: unknown, files: Readonly<Record<string, Buffer>> = {}): Promise<void> {
  await rm(at('site'), { recursive: true, force: true });
  const root = at('site/df-dist-v1/tool');
  await mkdir(join(root, '1'), { recursive: true });
  await writeFile(join(root, '_self.json'), '{"name":"tool","tags":["1"]}');
  await writeFile(
    join(root, '1/_self.json'),
    typeof document === 'string' ? document : JSON.stringify(document),
  );
  for (const [path, bytes] of Object.entries({ 'linux/amd64/a': content, ...files })) {
    await mkdir(dirname(join(root, '1', path)), { recursive: true });
    await writeFile(join(root, '1', path), bytes);
  }
}
const pull = (...words: string[]) =>
  runAlba(
    ['static', 'pull', '-t', 'tool:1', '--platform', 'linux/amd64', ...words, 'file://./site', './out'],
    {
      cwd: temporary.path,
    },
  );

async function expectRefusal(message: string, ...words: string[]): Promise<void> {
  const ended = await pull(...words);
  expect(ended.code, ended.stderr).toBe(1);
  expect(ended.stderr).toContain(message);
  expect(await readFiles(at('out'))).toEqual(before);
  expect((await readdir(temporary.path)).sort()).toEqual(['.out.alba.json', 'out', 'site']);
}

beforeAll(async () => {
  await publish({ flavors: [{ platform: linux, resources: [file('a')] }] });
  const ended = await pull();
  expect(ended, ended.stderr).toMatchObject({ code: 0 });
  before = await readFiles(at('out'));
});

describe('a document', () => {
  it.each([
    ['..', 'leads out of its folder'],
    ['../../../../../x', 'leads out of its folder'],
    ['a/../../x', 'leads out of its folder'],
    ['/etc/passwd', 'is no path of names between single slashes'],
    ['a//b', 'is no path of names between single slashes'],
    ['./a', 'is no path of names between single slashes'],
    ['', 'is no path of names between single slashes'],
    ['a\0b', 'has a control character in its name'],
    ['a\nb', 'has a control character in its name'],
    ['.wh.a', 'has a name that begins with .wh.'],
    ['x'.repeat(256), 'has a name of more than 255 bytes'],
    [Array(1500).fill('dir').join('/'), 'has a name of more than 4096 characters'],
  ])('with a name that no file may have is refused: %j', async (path, message) => {
    await publish({ flavors: [{ platform: linux, resources: [file('a'), file(path)] }] });
    await expectRefusal(message);
  });

  it.each([
    [[file('a'), file('a')], 'is named twice'],
    [[file('a'), file('a/b')], 'is a file, and has a/b in it'],
  ])('with two files in one place is refused', async (resources, message) => {
    await publish({ flavors: [{ platform: linux, resources }] });
    await expectRefusal(message);
  });

  it('with a platform that is a path is refused', async () => {
    for (const os of ['..', 'a/b', '']) {
      await publish({ flavors: [{ platform: { os, architecture: 'amd64' }, resources: [file('a')] }] });
      await expectRefusal('names a platform that is none');
    }
  });

  it.each([
    ['<html></html>', 'where the manifest of a tag belongs, is not JSON'],
    ['{"name":"tool","tags":["1"]}', 'belongs to another document'],
    [
      '{"flavors":[{"platform":{"os":"linux"},"resources":[]}]}',
      'is malformed at flavors.0.platform.architecture',
    ],
    [
      `{"flavors":[{"platform":{"os":"linux","architecture":"amd64"},"resources":[{"path":"a","size":-1}]}]}`,
      'size',
    ],
    [
      `{"flavors":[{"platform":{"os":"linux","architecture":"amd64"},"resources":[{"path":"a","size":1e300}]}]}`,
      'size',
    ],
    ['['.repeat(100_000), 'is not JSON'],
  ])('of another format is refused: %s', async (document, message) => {
    await publish(document);
    await expectRefusal(message);
  });

  it('with more than may be pulled is refused before anything is fetched', async () => {
    await publish({ flavors: [{ platform: linux, resources: [file('a', { size: 2 ** 50 })] }] });
    await expectRefusal('come to more than max-size');
    await publish({ flavors: [{ platform: linux, resources: [file('a', { size: 2000 })] }] });
    await expectRefusal('come to more than max-size', '--max-size', '1kB');
  });

  it('that says less, more or other than its files are is refused', async () => {
    const resources = [file('b', { digest: digestOf(Buffer.from('another')) })];
    const flavors = [{ platform: linux, resources }];
    await publish({ flavors }, { 'linux/amd64/b': Buffer.from('content and more') });
    await expectRefusal('it has more than the 7 bytes expected');
    await publish({ flavors }, { 'linux/amd64/b': Buffer.from('cont') });
    await expectRefusal('it has 4 bytes, expected 7');
    await publish({ flavors }, { 'linux/amd64/b': Buffer.from('CONTENT') });
    await expectRefusal('its digest is');
    await publish({ flavors });
    await expectRefusal('is not there, though its tag names it');
  });
});

describe('a document of the older tool, which tells of no digest', () => {
  const flavors = [{ platform: linux, resources: [{ path: 'run' }, { path: 'lib' }] }];
  const files = { 'linux/amd64/run': Buffer.from('#!/bin/sh\n'), 'linux/amd64/lib': Buffer.from('lib') };

  it('is pulled with a warning, programs told by their content', async () => {
    await publish({ flavors }, files);
    const words = [
      'static',
      'pull',
      '--json',
      '-t',
      'tool:1',
      '--platform',
      'linux/amd64',
      'file://./site',
      './old',
    ];
    const ended = await runAlba(words, { cwd: temporary.path });
    expect(ended, ended.stderr).toMatchObject({ code: 0 });
    expect(ended.stderr).toContain('tells no digests of files');
    expect(await readFiles(at('old'))).toEqual({ lib: '644 lib', run: '755 #!/bin/sh\n' });
    await rm(at('old'), { recursive: true });
    await rm(at('.old.alba.json'));
  });
});

describe('a tree behind a web server', () => {
  itWith(
    ['nginx'],
    'that has a folder where a directory has a document in it is read all the same',
    async () => {
      await writeFiles(at('web-df'), { 'linux/amd64/tool': '#!/bin/sh\n' });
      const push = ['static', 'push', '--page', '-t', 'tool:1.0', 'web-df', 'file://./web-site'];
      expect((await runAlba(push, { cwd: temporary.path })).code).toBe(0);
      await using nginx = await startNginx({ root: at('web-site') });
      const words = ['static', 'pull', '-t', 'tool', '--platform', 'linux/amd64', nginx.url, './web'];
      const ended = await runAlba(words, { cwd: temporary.path });
      expect(ended, ended.stderr).toMatchObject({ code: 0 });
      expect((await readFile(at('web/tool'))).toString()).toBe('#!/bin/sh\n');
    },
  );

  itWith(['nginx'], 'that has a web page for every name is told', async () => {
    await mkdir(at('pages'));
    await writeFile(at('pages/index.html'), '<!doctype html><title>Welcome</title>');
    await using nginx = await startNginx({
      root: at('pages'),
      more: 'include /etc/nginx/mime.types; location / { try_files $uri /index.html; }',
    });
    const ended = await runAlba(['static', 'pull', '-t', 'tool', nginx.url, './none'], {
      cwd: temporary.path,
    });
    expect(ended.code).toBe(1);
    expect(ended.stderr).toContain(`${nginx.url} answers any name with a web page`);
    expect(ended.stderr).toContain('has no files of "tool"');
    const image = await runAlba(['container', 'pull', `${nginx.url}/app:1`, './none'], {
      cwd: temporary.path,
    });
    expect(image.stderr).toContain('answers any name with a web page');
    expect(image.stderr).toContain('/app:1 is not there');
  });
});
