import { once } from 'node:events';
import { cp, mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createServer, request as forward } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import process from 'node:process';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { digestOf } from '../../../src/oci/digest.ts';
import { ownSystem } from '../../../src/pull/static/choose-files.ts';
import { readFiles, writeFiles } from '../../fixtures/binaries.ts';
import { noise } from '../../fixtures/image.ts';
import { listTar } from '../../fixtures/published.ts';
import { useTemporary } from '../../fixtures/temporary.ts';
import { type Ended, runAction, runAlba } from '../../support/alba.ts';
import { type CountingRegistry, startCountingRegistry } from '../../support/servers/counting-registry.ts';

const temporary = useTemporary();
const at = (...names: string[]) => join(temporary.path, ...names);
const { os, architecture } = ownSystem({ platform: process.platform, arch: process.arch });
const own = `${os}/${architecture}`;
const large = noise('large', 3_000_000);

let served: CountingRegistry;

const alba = (...words: string[]): Promise<Ended> => runAlba(words, { cwd: temporary.path });
async function push(tag: string, files: Parameters<typeof writeFiles>[1], ...more: string[]): Promise<void> {
  await rm(at('df'), { recursive: true, force: true });
  await writeFiles(at('df'), files);
  const ended = await alba('static', 'push', '--no-cache', '-t', tag, ...more, 'df', 'file://./site');
  expect(ended, ended.stderr).toMatchObject({ code: 0 });
}
const source = () => `http://${served.host}`;
const pull = (...words: string[]): Promise<Ended> => alba('static', 'pull', '--json', ...words);
async function pulled(...words: string[]) {
  const ended = await pull(...words);
  expect(ended, ended.stderr).toMatchObject({ code: 0 });
  return JSON.parse(ended.stdout);
}
async function refused(...words: string[]): Promise<string> {
  const ended = await pull(...words);
  expect(ended).toMatchObject({ stdout: '' });
  expect(ended.code).not.toBe(0);
  return ended.stderr;
}

const program = (text: string) => `#!/bin/sh\necho ${text}\n`;
const release = (version: string) => ({
  [`${own}/bin/tool`]: program(version),
  [`${own}/large`]: large,
  [`${own}/README`]: 'read me',
  'linux/arm/v6/tool': program(`${version} v6`),
  'plan9/386/tool': program(`${version} plan9`),
});

beforeAll(async () => {
  await push('tool:0.9', release('0.9'));
  await push('tool:0.10', release('0.10'));
  await push('tool:1.0', release('1.0'));
  await push('tool:1.1-rc.1', release('1.1-rc.1'));
  await push('tool:nightly', release('nightly'));
  served = await startCountingRegistry(at('site'));
});
afterAll(() => served[Symbol.asyncDispose]());
beforeEach(() => served.reset());

describe('a release', () => {
  it.each([
    ['tool', '1.0'],
    ['tool:0.9', '0.9'],
    ['tool:~0.9', '0.9'],
    ['tool:0.x', undefined],
    ['tool:<1', '0.10'],
    ['tool:>=1.1.0-0', '1.1-rc.1'],
    ['tool:nightly', 'nightly'],
    ['tool:^2', undefined],
  ])('is the one that is named, or the newest of those that are: %s', async (tag, chosen) => {
    const words = ['--dry-run', '-t', tag, source(), './chosen'];
    if (chosen === undefined)
      expect(await refused(...words)).toContain('it has 5 tags: 1.0, 0.10, 0.9, 1.1-rc.1');
    else expect(await pulled(...words)).toMatchObject({ tag: chosen, dryRun: true });
  });

  it('is the only name where one can be looked for, which a web server cannot', async () => {
    expect(await pulled('file://./site', './only')).toMatchObject({ tag: '1.0' });
    expect(await refused(source(), './only-web')).toContain('no tag: name the release to pull');
  });

  it('has to have the digest that is named, by which it is found, too', async () => {
    const digest = digestOf(await readFile(at('site/df-dist-v1/tool/0.9/_self.json')));
    expect(await pulled('-t', `tool@${digest}`, source(), './digest')).toMatchObject({ tag: '0.9', digest });
    expect(await refused('-t', `tool:1.0@${digest}`, source(), './digest')).toContain(`and not ${digest}`);
    const other = digestOf(Buffer.of(1));
    expect(await refused('-t', `tool@${other}`, source(), './x')).toContain(`no tag that leads to ${other}`);
  });

  it('that is withdrawn is passed over, and named an error', async () => {
    await cp(at('site'), at('withdrawn'), { recursive: true });
    await writeFile(at('withdrawn/df-dist-v1/tool/1.0/_self.json'), '{"flavors":[]}');
    await rm(at('withdrawn/df-dist-v1/tool/0.10/_self.json'));
    const ended = await pull('-t', 'tool', 'file://./withdrawn', './passed');
    expect(JSON.parse(ended.stdout)).toMatchObject({ tag: '0.9' });
    expect(ended.stderr).toContain('tool/1.0 is withdrawn, or being replaced: passed over');
    expect(await refused('-t', 'tool:1.0', 'file://./withdrawn', './x')).toContain('try again later');
  });

  it.each([
    ['tool:', 'after the colon comes a tag'],
    ['tool:not a range', 'after the colon comes a tag'],
    ['tool@sha256:12', '64 hexadecimal digits'],
    ['a:1,b:2', 'one release is pulled at a time'],
    ['To ol:1', 'is not a repository name'],
    ['missing', 'has no files of "missing"'],
    ['tool:1.00', 'is 1.0 meant'],
  ])('that is none or not there is told: %s', async (tag, message) => {
    expect(await refused('-t', tag, source(), './wrong')).toContain(message);
    expect(await readdir(temporary.path)).not.toContain('wrong');
  });
});

describe('what is pulled', () => {
  it("are the files of this machine's platform, programs as programs", async () => {
    expect(await pulled('-t', 'tool', source(), './own')).toMatchObject({
      files: 3,
      path: 'own',
      platforms: [{ platform: own, files: 3 }],
    });
    expect(await readFiles(at('own'))).toEqual({
      README: '644 read me',
      'bin/tool': `755 ${program('1.0').slice(0, 20)}`,
      large: `644 ${large.toString('latin1', 0, 20)}`,
    });
  });

  it('is of the nearest variant, and an error names what there is where nothing is near', async () => {
    await pulled('-t', 'tool', '--platform', 'linux/arm/v7', source(), './near');
    expect(await readFiles(at('near'))).toEqual({ tool: `755 ${program('1.0 v6').slice(0, 20)}` });
    const none = await refused('-t', 'tool', '--platform', 'linux/arm/v5', source(), './far');
    expect(none).toContain('has no files for linux/arm/v5: it has');
    expect(none).toContain('plan9/386');
  });

  it('goes into a folder for each platform where several are wanted, and is published again as it was', async () => {
    const { digest } = await pulled('-t', 'tool', '--platform', 'all', source(), './all');
    expect(Object.keys(await readFiles(at('all'))).sort()).toEqual(Object.keys(release('')).sort());
    const again = await alba(
      'static',
      'push',
      '--json',
      '--no-cache',
      '-t',
      'tool:1.0',
      'all',
      'file://./again',
    );
    expect(JSON.parse(again.stdout)).toMatchObject({ digest });
    expect(await readFile(at('again/df-dist-v1/tool/1.0/SHA256SUMS'))).toEqual(
      await readFile(at('site/df-dist-v1/tool/1.0/SHA256SUMS')),
    );
  });

  it('is what lies below the paths that are named', async () => {
    await pulled('-t', 'tool', '--path', 'bin', source(), './below');
    expect(Object.keys(await readFiles(at('below')))).toEqual(['tool']);
    expect(served.asked.map(({ path }) => path)).not.toContain(`/df-dist-v1/tool/1.0/${own}/large`);
  });

  it('may be a tar', async () => {
    const ended = await alba('static', 'pull', '-t', 'tool', '--path', 'bin', source(), '-');
    expect(ended, ended.stderr).toMatchObject({ code: 0 });
    expect(await listTar(Buffer.from(ended.stdout))).toEqual([
      `755 0:0 tool = ${program('1.0').slice(0, 10)}`,
    ]);
  });

  it('is told to a workflow', async () => {
    const { code, outputs, stdout, summary } = await runAction(
      { command: 'static pull', source: source(), destination: './action', tag: 'tool:^1' },
      { cwd: temporary.path },
    );
    expect(code, stdout).toBe(0);
    expect(outputs).toMatchObject({ path: 'action', files: '3', 'skipped-bytes': '0' });
    expect(outputs.digest).toMatch(/^sha256:/);
    expect(Number(outputs['pulled-bytes'])).toBeGreaterThan(large.length);
    expect(summary).toContain('Pulled');
  });
});

describe('a login', () => {
  const login = { username: 'me', password: 'hush' };

  it('is not shown to a server that the source of a step alone names, unless that is trusted', async () => {
    const seen: (string | undefined)[] = [];
    const server = createServer(({ headers, url }, response) => {
      seen.push(headers.authorization);
      if (headers.authorization === undefined) {
        return response.writeHead(401, { 'www-authenticate': 'Basic realm="members"' }).end();
      }
      return forward(`${source()}${url}`, (from) => {
        response.writeHead(from.statusCode ?? 502, from.headers);
        from.pipe(response);
      }).end();
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const inputs = { command: 'static pull', source: url, destination: './login', tag: 'tool:1.0', ...login };
    const ended = await runAction(inputs, { cwd: temporary.path });
    expect(ended.code).toBe(1);
    expect(ended.stdout).toContain('trusted-endpoints');
    expect(seen).toEqual([]);
    const trusted = await runAction({ ...inputs, 'trusted-endpoints': url }, { cwd: temporary.path });
    expect(trusted.code, trusted.stdout).toBe(0);
    expect(trusted.stdout.replace('::add-mask::hush', '')).not.toContain('hush');
    expect(new Set(seen)).toEqual(new Set([`Basic ${Buffer.from('me:hush').toString('base64')}`]));
    server.close();
    server.closeAllConnections();
  });
});

describe('a second pull', () => {
  const files = () => served.asked.filter(({ path }) => path.includes(`/${own}/`));

  it('with nothing new asks for one document, or two where the newest is to be found', async () => {
    await pulled('-t', 'tool:1.0', source(), './same');
    served.reset();
    expect(await pulled('-t', 'tool:1.0', source(), './same')).toMatchObject({
      unchanged: true,
      pulledBytes: 0,
    });
    expect(served.asked.map(({ path }) => path)).toEqual(['/df-dist-v1/tool/1.0']);
    await pulled('-t', 'tool', source(), './same');
    expect(served.asked.length).toBe(3);
  });

  it('fetches what is new alone, and leaves what is unchanged its time', async () => {
    await pulled('-t', 'tool:0.9', source(), './update');
    const before = await stat(at('update/large'));
    served.reset();
    expect(await pulled('-t', 'tool:0.10', source(), './update')).toMatchObject({
      pulledBytes: program('0.10').length,
      skippedBytes: large.length + 'read me'.length,
    });
    expect(files().map(({ path }) => path)).toEqual([`/df-dist-v1/tool/0.10/${own}/bin/tool`]);
    expect(Math.abs((await stat(at('update/large'))).mtimeMs - before.mtimeMs)).toBeLessThan(0.01);
  });

  it('finds each of many files of one size where it was, in the folders of platforms, too', async () => {
    const many = (changed: string) =>
      Object.fromEntries(
        ['linux/amd64', 'linux/arm64'].flatMap((platform) =>
          Array.from({ length: 30 }, (_, at) => [
            `${platform}/part/${at}`,
            at === 7 && platform === 'linux/arm64' ? changed : `${platform} ${at}`.padEnd(20),
          ]),
        ),
      );
    await push('many:1.0', many('one'.padEnd(20)));
    await push('many:1.1', many('two'.padEnd(20)));
    const words = ['--platform', 'all', source(), './many'];
    await pulled('-t', 'many:1.0', ...words);
    served.reset();
    expect(await pulled('-t', 'many:1.1', ...words)).toMatchObject({
      pulledBytes: 20,
      skippedBytes: 59 * 20,
    });
    expect(served.asked.map(({ path }) => path).filter((path) => path.includes('/part/'))).toEqual([
      '/df-dist-v1/many/1.1/linux/arm64/part/7',
    ]);
  });

  it('puts right what was changed, and says so', async () => {
    await pulled('-t', 'tool:0.9', source(), './changed');
    await writeFile(at('changed/README'), 'mine');
    await writeFile(at('changed/added'), 'mine');
    served.reset();
    expect(await pulled('-t', 'tool:0.9', source(), './changed')).toMatchObject({
      restored: ['README', 'added'],
    });
    expect(Object.keys(await readFiles(at('changed')))).toEqual(['README', 'bin/tool', 'large']);
    expect(files().length).toBe(1);
  });

  it('into a folder that no pull wrote is refused, unless it may be replaced', async () => {
    await mkdir(at('mine'));
    await writeFile(at('mine/precious'), 'mine');
    expect(await refused('-t', 'tool', source(), './mine')).toContain('is not empty, and no pull wrote it');
    expect(await readdir(at('mine'))).toEqual(['precious']);
    await pulled('--replace', '-t', 'tool', source(), './mine');
    expect(await readdir(at('mine'))).not.toContain('precious');
  });

  it('swaps a link where that is asked for', async () => {
    await pulled('--current', '-t', 'tool:0.9', source(), './current');
    served.reset();
    await pulled('--current', '-t', 'tool:0.10', source(), './current');
    expect((await readFile(at('current/bin/tool'))).toString()).toBe(program('0.10'));
    expect(files().length).toBe(1);
  });

  it('that only asks writes nothing', async () => {
    await pulled('-t', 'tool:0.9', source(), './asked');
    const told = await pulled('--dry-run', '-t', 'tool:0.10', source(), './asked');
    expect(told).toMatchObject({ pulledBytes: 0, missingBytes: program('0.10').length, dryRun: true });
    expect((await readFile(at('asked/bin/tool'))).toString()).toBe(program('0.9'));
  });
});

describe('a connection that breaks', () => {
  it('is taken up where it broke', async () => {
    served.fault = (path, attempt) =>
      path.endsWith('/large') && attempt === 1 ? { breakAfter: 700_000 } : undefined;
    await pulled('-t', 'tool:1.0', source(), './broken');
    expect(await readFile(at('broken/large'))).toEqual(large);
    const [first, second] = served.asked.filter(({ path }) => path.endsWith('/large'));
    expect(second?.range).toMatch(/^bytes=[1-9]\d*-$/);
    expect((first?.sent ?? 0) + (second?.sent ?? 0)).toBeLessThan(large.length + 300_000);
  });

  it('or brings other bytes leaves the folder as it was', async () => {
    await pulled('-t', 'tool:0.9', source(), './stays');
    const before = await readFiles(at('stays'));
    served.fault = (path) => (path.endsWith('/tool') ? { flipAt: 3 } : undefined);
    expect(await refused('-t', 'tool:1.0', source(), './stays')).toContain('is damaged: its digest is');
    expect(await readFiles(at('stays'))).toEqual(before);
    expect((await readdir(temporary.path)).filter((name) => name.startsWith('.stays.alba-new'))).toEqual([]);
  });

  it('to a release that is published anew meanwhile reads that', async () => {
    await cp(at('site'), at('moving'), { recursive: true });
    await using moving = await startCountingRegistry(at('moving'));
    await rm(at('df'), { recursive: true });
    await writeFiles(at('df'), { [`${own}/tool`]: program('new') });
    let isReplaced = false;
    const tag = at('moving/df-dist-v1/tool/1.0/_self.json');
    const old = await readFile(tag);
    await alba('static', 'push', '--no-cache', '-t', 'tool:1.0', 'df', 'file://./moving');
    const fresh = await readFile(tag);
    await writeFile(tag, old);
    await writeFile(at('moving/df-dist-v1/tool/1.0', own, 'bin/tool'), program('0.1'));
    moving.fault = (path) => {
      if (path.endsWith('/bin/tool') && !isReplaced) {
        isReplaced = true;
        void writeFile(tag, fresh);
      }
      return undefined;
    };
    const ended = await alba('static', 'pull', '-t', 'tool:1.0', `http://${moving.host}`, './moved');
    expect(ended, ended.stderr).toMatchObject({ code: 0 });
    expect(ended.stderr).toContain('was published anew meanwhile: read again');
    expect(Object.keys(await readFiles(at('moved')))).toEqual(['tool']);
  });
});
