import { writeFileSync } from 'node:fs';
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { staticPush } from '../../../src/commands/static/push.ts';
import type { StaticPushRequest } from '../../../src/commands/static/push-request.ts';
import type { StaticPushResult } from '../../../src/commands/static/push-result.ts';
import type { Progress } from '../../../src/progress/progress.ts';
import { dockerArchive } from '../../fixtures/docker-archive.ts';
import { makeConfig } from '../../fixtures/image.ts';
import { silent } from '../../fixtures/silent.ts';
import { tar } from '../../fixtures/tar.ts';
import { useTemporary } from '../../fixtures/temporary.ts';
import { albatros, writeTree } from '../../release/support.ts';
import type { Said } from '../given.ts';
import { requestOf as requestIn } from './request.ts';

const temporary = useTemporary();
let made = 0;
const fresh = (): string => {
  made += 1;
  return path.join(temporary.path, `${made}`);
};
const requestOf = (directory: string, said: Said = {}): Promise<StaticPushRequest> =>
  requestIn(
    { artifacts: ['df'], targets: ['file://./out'], tags: ['albatros:0.9'], ...said },
    directory,
    temporary.path,
  );
const push = (directory: string, input: Said = {}, progress: Progress = silent): Promise<StaticPushResult> =>
  requestOf(directory, input).then((request) => staticPush(request, progress));

describe('static push', () => {
  it('tells what went where, as the first trace did', async () => {
    const directory = fresh();
    await writeTree(path.join(directory, 'df'), albatros);
    const lines: string[] = [];
    const result = await push(directory, {}, { ...silent, line: (text) => lines.push(text) });
    expect(lines).toContain(
      'df/linux/386/albatros -> df-dist-v1/albatros/0.9/linux/386/albatros'.replace(
        /^[^ ]+/,
        path.join('df', 'linux', '386', 'albatros'),
      ),
    );
    expect(lines.slice(-2)).toEqual(['tag -> df-dist-v1/albatros/0.9', 'tag list -> df-dist-v1/albatros']);
    expect(result).toMatchObject({
      name: 'albatros',
      tag: '0.9',
      digest: expect.stringMatching(/^sha256:/),
      pushedBytes: 24,
      skippedBytes: 0,
      dryRun: false,
    });
    expect(Object.keys(result.platforms)).toEqual(['linux/386', 'linux/amd64', 'linux/arm', 'linux/arm64']);
    expect(await push(directory)).toMatchObject({ digest: result.digest, pushedBytes: 0, skippedBytes: 24 });
  });

  it('publishes several trees to several targets, with links where they are served', async () => {
    const directory = fresh();
    await writeTree(path.join(directory, 'build-1'), { 'linux/amd64/my app': 'x' });
    await writeTree(path.join(directory, 'build-2'), { 'darwin/arm64/app': 'yy' });
    const result = await push(directory, {
      artifacts: ['build-*'],
      targets: ['file://./a', 'file://./b'],
      publicUrl: 'https://download.example.org/',
      page: 'true',
    });
    expect(result.url).toBe('https://download.example.org/df-dist-v1/albatros/0.9');
    expect(result.files.map(({ url }) => url)).toEqual([
      'https://download.example.org/df-dist-v1/albatros/0.9/darwin/arm64/app',
      'https://download.example.org/df-dist-v1/albatros/0.9/linux/amd64/my%20app',
    ]);
    expect(result.targets).toHaveLength(2);
    expect(result.pushedBytes).toBe(6);
    const [a, b] = ['a', 'b'].map((name) =>
      path.join(directory, name, 'df-dist-v1', 'albatros', 'index.html'),
    );
    expect(await readFile(a ?? '', 'utf8')).toBe(await readFile(b ?? '', 'utf8'));
  });

  it('writes an installer where it is told to, and keeps it up to date', async () => {
    const directory = fresh();
    await writeTree(path.join(directory, 'df'), albatros);
    await expect(push(directory, { installer: 'true' })).rejects.toThrow('"installer" needs "public-url"');
    await push(directory, { installer: 'true', publicUrl: 'https://example.org/a' });
    await push(directory, { tag: 'albatros:9.0' });
    const installer = await readFile(path.join(directory, 'out/df-dist-v1/albatros/install.sh'), 'utf8');
    expect(installer).toContain('newest=9.0\nfrom=https://example.org/a/df-dist-v1/albatros\n');
    await expect(push(directory, { tag: 'albatros:install.sh' })).rejects.toThrow(
      'is taken by the installer',
    );
  });

  it('keeps a page that is there up to date, as it is served, and leaves one of somebody else alone', async () => {
    const directory = fresh();
    await writeTree(path.join(directory, 'df'), albatros);
    const page = path.join(directory, 'out/df-dist-v1/albatros/index.html');
    await push(directory);
    await expect(readFile(page)).rejects.toThrow('ENOENT');
    await push(directory, { page: 'true', publicUrl: 'https://example.org/a' });
    await push(directory, { tags: ['albatros:1.0'] });
    const refreshed = await readFile(page, 'utf8');
    expect(refreshed).toContain('<h2 id="newest"><bdi>1.0</bdi></h2>');
    expect(refreshed).toContain('https://example.org/a/df-dist-v1/albatros/1.0/linux/386/albatros');
    await push(directory, { page: 'true' });
    expect(await readFile(page, 'utf8')).not.toContain('https:');
    await writeFile(page, '<h1>by hand</h1>');
    await push(directory, { tags: ['albatros:1.1'] });
    expect(await readFile(page, 'utf8')).toBe('<h1>by hand</h1>');
  });

  it('tells when a tag gets other files, and refuses where it is immutable', async () => {
    const directory = fresh();
    await writeTree(path.join(directory, 'df'), albatros);
    const told = async (input: Said = {}): Promise<string[]> => {
      const lines: string[] = [];
      await push(directory, input, { ...silent, line: (text) => lines.push(text) });
      return lines.filter((line) => /replaced$/.test(line));
    };
    const tag = path.join(directory, 'out/df-dist-v1/albatros/0.9/_self.json');
    expect(await told({ immutable: 'true' })).toEqual([]);
    expect(await told({ immutable: 'true' })).toEqual([]);
    await writeTree(path.join(directory, 'df'), { 'linux/386/albatros': 'other' });
    const before = await readFile(tag, 'utf8');
    for (const dryRun of ['true', 'false']) {
      await expect(told({ immutable: 'true', dryRun })).rejects.toThrow(
        /df-dist-v1\/albatros\/0\.9 has other files and, as "immutable" asks, stays so: give/,
      );
    }
    expect(
      await readFile(path.join(directory, 'out/df-dist-v1/albatros/0.9/linux/386/albatros'), 'utf8'),
    ).toBe(albatros['linux/386/albatros']);
    const there = expect.stringMatching(/^file:.*: df-dist-v1\/albatros\/0\.9 is there with other files: /);
    expect(await told({ dryRun: 'true' })).toEqual([there]);
    expect(await readFile(tag, 'utf8')).toBe(before);
    expect(await told()).toEqual([there]);
    expect(await told()).toEqual([]);
    await rm(path.join(directory, 'df/linux/386'), { recursive: true });
    expect(await told()).toEqual([there]);
  });

  it('writes nothing in a dry run', async () => {
    const directory = fresh();
    await writeTree(path.join(directory, 'df'), albatros);
    const lines: string[] = [];
    const result = await push(directory, { dryRun: 'true' }, { ...silent, line: (text) => lines.push(text) });
    expect(result).toMatchObject({ pushedBytes: 0, missingBytes: 24, dryRun: true });
    expect(lines.filter((line) => line.endsWith(': to send'))).toHaveLength(4);
    expect(await readdir(directory)).toEqual(['df']);
  });

  it('refuses names that a directory keeps for itself, all of them, in a dry run already', async () => {
    const directory = fresh();
    await writeTree(path.join(directory, 'df'), {
      ...albatros,
      'linux/386/_self.json': '{}',
      'linux/arm/.alba-1/notes': 'x',
    });
    for (const dryRun of ['true', 'false']) {
      const message = await push(directory, { dryRun }).catch(String);
      expect(message).toMatch(
        /_self\.json cannot be kept in file:.*\/out: the name "_self.json" is alba's own/,
      );
      expect(message).toMatch(/notes cannot be kept in .*: the name "\.alba-1" is alba's own/);
      expect(await readdir(directory)).toEqual(['df']);
    }
  });

  it('says which tags may be missing when it fails while it replaces them', async () => {
    const directory = fresh();
    await writeTree(path.join(directory, 'df'), albatros);
    await push(directory);
    await writeTree(path.join(directory, 'df'), { 'linux/386/albatros': 'other' });
    const warnings: string[] = [];
    const failing = push(
      directory,
      {},
      {
        ...silent,
        warn: (text) => warnings.push(text),
        line: (text) => {
          if (/replaced$/.test(text)) writeFileSync(path.join(directory, 'df/linux/386/albatros'), 'later');
        },
      },
    );
    await expect(failing).rejects.toThrow('changed while it was published');
    expect(warnings).toEqual([
      expect.stringMatching(/albatros\/0\.9 was being replaced, and may be missing until it is published/),
    ]);
    await expect(readFile(path.join(directory, 'out/df-dist-v1/albatros/0.9/_self.json'))).rejects.toThrow();
  });

  it('ships what was built in containers', async () => {
    const directory = fresh();
    for (const architecture of ['amd64', 'arm64']) {
      const layer = tar([{ name: 'app/out/albatros', content: architecture, mode: 0o755 }]);
      const platform = { os: 'linux', architecture };
      const image = { platform, config: makeConfig(platform, [layer]), layers: [layer] };
      await writeTree(path.join(directory, 'docker'), {});
      await writeTree(directory, { 'docker/keep': '' });
      await writeFile(path.join(directory, 'docker', `${architecture}.tar`), dockerArchive(image));
    }
    const before = await readdir(temporary.path);
    const result = await push(directory, { artifacts: ['docker/*.tar'], extract: '/app/out' });
    expect(result.files.map((file) => [file.path, file.size, file.executable])).toEqual([
      ['linux/amd64/albatros', 5, true],
      ['linux/arm64/albatros', 5, true],
    ]);
    for (const architecture of ['amd64', 'arm64']) {
      const file = path.join(directory, `out/df-dist-v1/albatros/0.9/linux/${architecture}/albatros`);
      expect(await readFile(file, 'utf8')).toBe(architecture);
    }
    expect(await readdir(temporary.path)).toEqual(before);
  });

  it('touches no target when any input is wrong, and tells all of it', async () => {
    const directory = fresh();
    await writeTree(path.join(directory, 'df'), { ...albatros, README: 'x', 'linux/x86/app': 'x' });
    await writeTree(path.join(directory, 'more'), {
      'linux/arm/albatros': 'another',
      'linux/386/albatros/x': 'x',
    });
    const failing = push(directory, { artifacts: ['df', 'more', 'missing', 'none-*'] });
    const message = await failing.then(String, (error: Error) => error.message);
    expect(message).toMatch(/README: lies outside a platform/);
    expect(message).toMatch(/did you mean "386"/);
    expect(message).toMatch(/are both linux\/arm\/albatros: publish one of them/);
    expect(message).toMatch(/is a file where .* needs a folder/);
    expect(message).toMatch(/missing: .*there is no such folder/);
    expect(message).toMatch(/none-\* names no folder/);
    expect(await readdir(directory)).toEqual(['df', 'more']);
  });

  it('refuses what it cannot ask for, all of it at once', async () => {
    const message = await requestOf('/', {
      artifacts: [],
      targets: ['./site', 'docker://example.org', 's3://u:secret@bucket', 's3://bucket?colour=red'],
      tags: ['UP_:x y'],
      extract: 'app/out',
      page: 'maybe',
      publicUrl: 'ftp://example.org',
      contentDisposition: 'inline',
      concurrency: '0',
    }).catch(String);
    for (const part of [
      /no artifacts/,
      /"\.\/site" is of no known kind: did you mean file:\/\/\.\/site\?/,
      /docker:\/\/example.org names no repository/,
      /credentials/,
      /"?colour"?/,
      /"UP_" is not a repository name/,
      /extract "app\/out" is not a path/,
      /page "maybe" is neither true nor false/,
      /public-url must be/,
      /content-disposition "inline" is unknown/,
      /concurrency "0"/,
    ]) {
      expect(message).toMatch(part);
    }
    expect(message).not.toContain('secret');
  });

  it.each([
    ['albatros:index.html', /taken by the page/],
    ['albatros:Index.HTML', /taken by the page/],
    ['org/index.html:1.0', /what pages are called|that pages are called/],
    ['albatros', /has no tag/],
    ['albatros:a b', /is not a tag/],
  ])('refuses the tag %s', async (tag, reason) => {
    await expect(requestOf('/', { tags: [tag] })).rejects.toThrow(reason);
  });
});
