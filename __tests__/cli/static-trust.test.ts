import { mkdir, readdir, readFile, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import process from 'node:process';
import { GetObjectCommand, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { digestOf } from '../../src/oci/digest.ts';
import { useTemporary } from '../fixtures/temporary.ts';
import { writeLink, writeTree } from '../release/support.ts';
import { type Ended, runAlba } from '../support/alba.ts';
import { type S3Server, s3Client, s3Environment, s3Url, startMinio, startS3 } from '../support/servers/s3.ts';
import { describeWith } from '../support/tools.ts';

const temporary = useTemporary();
let made = 0;
const fresh = async (): Promise<string> => {
  made += 1;
  const folder = join(temporary.path, `${made}`);
  await mkdir(folder);
  return folder;
};

/** Of one size. */
const [old, wanted, evil] = ['#!old', '#!new', '#!bad'];
const root = 'df-dist-v1/tool';

/** A place that has others who write in it. */
interface Place {
  readonly url: string;
  readonly env: Record<string, string>;
  read(key: string): Promise<string>;
  /** Writes as somebody who may write there does. */
  write(key: string, content: string): Promise<void>;
  /** Has a file look older than the document that names it. */
  backdate(key: string, before: string): Promise<void>;
}

async function push(place: Place, tag: string, content: string): Promise<Ended> {
  const tree = await writeTree(await fresh(), { 'linux/amd64/tool': content });
  const ended = await runAlba(['static', 'push', '-t', `tool:${tag}`, tree, place.url], { env: place.env });
  expect(ended.code, ended.stderr).toBe(0);
  return ended;
}

async function directory(): Promise<Place> {
  const folder = await fresh();
  const at = async (key: string): Promise<string> => {
    const self = join(folder, key, '_self.json');
    return readFile(self).then(
      () => self,
      () => join(folder, key),
    );
  };
  return {
    url: `file://${folder}`,
    env: {},
    read: async (key) => readFile(await at(key), 'utf8'),
    write: async (key, content) => writeFile(await at(key), content),
    backdate: async (key) => utimes(await at(key), 0, 0),
  };
}

/** What somebody does who may write in the target, and what has to come of the next push. */
function holdsAgainstOtherWriters(open: () => Promise<Place>): void {
  let place: Place;
  beforeEach(async () => {
    place = await open();
  });

  it('is never given the bytes of an older release on the word of its document', async () => {
    await push(place, '1.0', old);
    await place.write(`${root}/1.0/linux/amd64/tool`, evil);
    const document = await place.read(`${root}/1.0`);
    const lie = document.replace(digestOf(Buffer.from(old)), digestOf(Buffer.from(wanted)));
    expect(lie).not.toBe(document);
    await place.write(`${root}/1.0`, lie);
    await push(place, '1.1', wanted);
    expect(await place.read(`${root}/1.1/linux/amd64/tool`)).toBe(wanted);
  });

  it('gets a file back that somebody replaced in a release, though the size and all documents are the same', async () => {
    await push(place, '1.0', wanted);
    await place.write(`${root}/1.0/linux/amd64/tool`, evil);
    await place.backdate(`${root}/1.0/linux/amd64/tool`, `${root}/1.0`);
    await push(place, '1.0', wanted);
    expect(await place.read(`${root}/1.0/linux/amd64/tool`)).toBe(wanted);
  });
}

describe('a directory in which others may write', () => holdsAgainstOtherWriters(directory));

for (const [tool, start] of [
  ['minio', startMinio],
  ['versitygw', startS3],
] as const) {
  describeWith([tool], `a bucket of ${tool} in which others may write`, () => {
    let server: S3Server;
    let client: S3Client;
    beforeAll(async () => {
      server = await start();
      client = s3Client(server);
    });
    afterAll(async () => {
      client?.destroy();
      await server?.stop();
    });

    holdsAgainstOtherWriters(async () => {
      made += 1;
      const Bucket = `bucket-${made}`;
      await server.createBucket(Bucket);
      const keyOf = (key: string): string =>
        tool === 'versitygw' && !/linux|SUMS/.test(key) ? `${key}/_self.json` : key;
      const read = async (key: string): Promise<string> => {
        const { Body } = await client.send(new GetObjectCommand({ Bucket, Key: keyOf(key) }));
        return (await Body?.transformToString()) ?? '';
      };
      const write = async (key: string, content: string): Promise<void> => {
        await client.send(new PutObjectCommand({ Bucket, Key: keyOf(key), Body: content }));
      };
      return {
        url: s3Url(server, Bucket),
        env: s3Environment(server),
        read,
        write,
        // Of objects only the younger can be made younger.
        backdate: async (_, before) => write(before, await read(before)),
      };
    });
  });
}

describe.skipIf(process.platform === 'win32')('a tree with symbolic links', () => {
  /** A folder with a tree and, beside it, what nobody wants to publish. */
  async function withSecret(links: Readonly<Record<string, string>>): Promise<string> {
    const folder = await fresh();
    await writeTree(folder, {
      'df/linux/amd64/app': '#!app',
      'df/linux/amd64/lib/x': 'x',
      'secret/config.json': 'SECRET',
      'secret/linux/amd64/config.json': 'SECRET',
      'shared/notes.txt': 'shared',
    });
    for (const [name, target] of Object.entries(links)) await writeLink(folder, name, target);
    return folder;
  }
  const pushIn = (cwd: string, ...args: string[]): Promise<Ended> =>
    runAlba(['static', 'push', '-t', 'tool:1.0', '--json', ...args, 'file://./site'], { cwd });
  const published = ({ stdout }: Ended): string[] =>
    (JSON.parse(stdout) as { files: { path: string }[] }).files.map(({ path }) => path);

  it.each<[string, Record<string, string>, string]>([
    ['a file', { 'df/linux/amd64/notes.txt': '../../../secret/config.json' }, 'notes.txt'],
    ['a folder', { 'df/linux/amd64/notes': '../../../secret' }, 'notes'],
    ['a platform', { 'df/linux/arm64': '../../secret' }, 'arm64'],
    ['an operating system', { 'df/darwin': '../secret/linux' }, 'darwin'],
    [
      'a link',
      {
        'df/linux/amd64/notes.txt': 'lib/next',
        'df/linux/amd64/lib/next': '../../../../between',
        between: 'secret/config.json',
      },
      'notes.txt',
    ],
    [
      'a path through a link',
      { 'df/linux/amd64/notes.txt': 'up/config.json', 'df/linux/amd64/up': '../../../secret' },
      'notes.txt',
    ],
    ['the root of this machine', { 'df/linux/amd64/etc': '/etc' }, 'etc'],
    [
      'a folder whose name begins as that of the tree',
      { 'df/linux/amd64/n': '../../../df-secret', 'df-secret': 'secret' },
      'n',
    ],
  ])('is not published where one leads out of it, to %s', async (_, links, name) => {
    const folder = await withSecret(links);
    const { code, stderr } = await pushIn(folder, 'df');
    expect(code).toBe(1);
    expect(stderr).toMatch(
      new RegExp(`${name}: is a symbolic link that leads out of the tree, to /.*follow`),
    );
    await expect(stat(join(folder, 'site'))).rejects.toThrow('ENOENT');
  });

  it('is published with links within it, each of which is told', async () => {
    const folder = await withSecret({
      'df/linux/amd64/also': 'app',
      'df/linux/arm64': 'amd64',
      tree: 'df',
    });
    const ended = await pushIn(folder, 'tree');
    expect(published(ended)).toEqual([
      'linux/amd64/also',
      'linux/amd64/app',
      'linux/amd64/lib/x',
      'linux/arm64/also',
      'linux/arm64/app',
      'linux/arm64/lib/x',
    ]);
    expect(ended.stderr).toMatch(/amd64\/also is a symbolic link, followed to .*\/df\/linux\/amd64\/app/);
    expect(ended.stderr).toMatch(/linux\/arm64 is a symbolic link, followed to .*\/df\/linux\/amd64/);
  });

  it('is published with links into the folders that follow names, and no others', async () => {
    const links = { 'df/linux/amd64/notes.txt': '../../../shared/notes.txt' };
    const folder = await withSecret(links);
    const ended = await pushIn(folder, '--follow', 'shared', '--follow', 'df', 'df');
    expect(published(ended)).toContain('linux/amd64/notes.txt');
    await writeLink(folder, 'shared/more', '../secret');
    await writeLink(folder, 'df/linux/amd64/all', '../../../shared');
    expect((await pushIn(folder, '--follow', 'shared', 'df')).stderr).toMatch(
      /all\/more: is a symbolic link that leads out of the tree/,
    );
    const missing = await pushIn(folder, '--follow', 'nowhere', 'df');
    expect(missing.stderr).toMatch(/follow names nowhere, which is not there/);
  });

  it('tells many links in one line', async () => {
    const many = Object.fromEntries(
      Array.from({ length: 30 }, (_, index) => [`df/linux/amd64/link-${index}`, 'app']),
    );
    const { stderr } = await pushIn(await withSecret(many), 'df');
    expect(stderr.match(/followed/g)).toHaveLength(1);
    expect(stderr).toMatch(/30 symbolic links are followed, such as .*link-\d+ to .*app/);
  });

  it('is written to no other folder where a link in the target leads to one', async () => {
    const folder = await withSecret({ 'site/df-dist-v1/tool/1.0/linux/amd64': '../../../../../secret' });
    const { code, stderr } = await pushIn(folder, 'df');
    expect(stderr).toMatch(
      /is behind a symbolic link that leads out of .*site, to .*secret: nothing is written/,
    );
    expect(code).toBe(1);
    expect((await readdir(join(folder, 'secret'))).sort()).toEqual(['config.json', 'linux']);
  });

  it('is told where the folder that is named is a link', async () => {
    const folder = await withSecret({ tree: 'df' });
    expect((await pushIn(folder, 'tree')).stderr).toMatch(/tree is a symbolic link, followed to .*\/df\n/);
  });

  it.each<[string, Record<string, string>, string]>([
    ['an architecture', { 'out/linux/amd64': '../../secret/linux/amd64' }, 'out/linux/amd64'],
    ['an operating system', { 'out/linux': '../secret/linux' }, 'out/linux'],
    ['an architecture in one', { 'out/linux': '../secret/linux' }, 'out/linux/amd64'],
    ['both in one', { 'out/linux-amd64': '../secret/linux/amd64' }, 'out/linux-amd64'],
    [
      'what dotnet published',
      { 'out/linux-x64/publish': '../../secret/linux/amd64' },
      'out/linux-x64/publish',
    ],
  ])('is no part of a release where it is named as %s and a link took its place', async (_, links, named) => {
    const folder = await withSecret(links);
    const { code, stderr } = await pushIn(folder, named);
    expect(code).toBe(1);
    expect(stderr).toMatch(/out\/linux.* is behind a symbolic link that leads out of the tree, to .*secret/);
    await expect(stat(join(folder, 'site'))).rejects.toThrow('ENOENT');
    expect(published(await pushIn(folder, '--follow', 'secret', named))).toContain('linux/amd64/config.json');
  });

  it('is no tree where a glob finds it behind a link', async () => {
    const folder = await withSecret({
      'df/evil': '../secret',
      'trees/good': '../df',
      'trees/evil': '../secret',
    });
    for (const pattern of ['trees/*/linux', 'trees/*/linux/amd64']) {
      const { code, stderr } = await pushIn(folder, pattern);
      expect(code).toBe(1);
      expect(stderr).toMatch(/evil.* is behind a symbolic link that leads out of the tree, to .*secret/);
    }
    expect(published(await pushIn(folder, '--follow', 'df', 'trees/g*/linux'))).toHaveLength(2);
    expect(published(await pushIn(folder, '--follow', 'df', 'df/l*'))).toHaveLength(2);
  });
});
