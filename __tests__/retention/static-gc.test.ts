import { mkdir, mkdtemp, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { parseFilesTarget } from '../../src/place/target.ts';
import { readBytes } from '../../src/storage/bytes.ts';
import type { Storage } from '../../src/storage/storage.ts';
import { useTemporary } from '../fixtures/temporary.ts';
import { unattended } from '../fixtures/unattended.ts';
import { runAlba } from '../support/alba.ts';
import { startGarage } from '../support/servers/garage.ts';
import { type S3Access, s3Environment, s3Url, startMinio, startS3 } from '../support/servers/s3.ts';
import { describeWith } from '../support/tools.ts';

const temporary = useTemporary();
const tags = ['0.8', '0.9', '0.10', '0.11'];
beforeAll(async () => {
  for (const tag of tags) {
    const folder = join(temporary.path, tag, 'linux', 'amd64');
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, 'albatros'), `albatros ${tag}`);
    await writeFile(join(folder, 'readme'), 'the same in all');
  }
});

/** Below `df-dist-v1/`, by their keys; documents that lie in folders count as where they are found. */
async function keysOf(storage: Storage): Promise<string[]> {
  const keys: string[] = [];
  for await (const { key } of storage.list('df-dist-v1/')) keys.push(key.replace(/\/_self\.json$/, ''));
  return keys.sort();
}

/** All that is of a release, by the layout of df-dist-v1. */
const filesOf = (tag: string) =>
  ['', '/SHA256SUMS', '/linux/amd64/albatros', '/linux/amd64/readme'].map(
    (end) => `df-dist-v1/albatros/${tag}${end}`,
  );

/** `hidesNested`: MinIO lists nothing below a key that is an object. */
async function liveAndDie(
  url: string,
  env: Readonly<Record<string, string>>,
  hidesNested = false,
): Promise<void> {
  const alba = (...words: string[]) => runAlba(['static', ...words], { env, cwd: temporary.path });
  Object.assign(process.env, env);
  const storage = await parseFilesTarget(url).openStorage({ directory: '/' }, unattended);
  for (const tag of tags) {
    const pushed = await alba('push', '-t', `albatros:${tag}`, '--page', tag, url);
    expect(pushed.stderr + pushed.code).toMatch(/0$/);
  }
  expect((await alba('push', '-t', 'albatros/more:1', '0.8', url)).code).toBe(0);
  expect((await alba('ls', url)).stdout).toBe(hidesNested ? 'albatros\n' : 'albatros\nalbatros/more\n');
  expect((await alba('ls', '-t', 'albatros', url)).stdout).toBe('0.11\n0.10\n0.9\n0.8\n');
  const long = JSON.parse((await alba('ls', '-l', '--json', `${url}#albatros`)).stdout);
  expect(long.repositories[0].tags[0]).toMatchObject({ tag: '0.11', platforms: ['linux/amd64'] });

  const before = await keysOf(storage);
  const dry = JSON.parse(
    (await alba('gc', '-t', 'albatros', '--keep', '1', '--dry-run', '--json', url)).stdout,
  );
  expect(dry.repositories[0].deleted.sort()).toEqual(['0.10', '0.8', '0.9']);
  expect(await keysOf(storage)).toEqual(before);

  const removed = await alba('rm', '-t', 'albatros:0.8', url);
  expect(removed.stderr + removed.code).toMatch(/0$/);
  const kept = await alba('gc', '-t', 'albatros', '--keep', '2', url);
  expect(kept.stdout).toContain('1 tag, ');
  const list = JSON.parse(String(await readList(storage)));
  expect(list).toEqual({ name: 'albatros', tags: ['0.11', '0.10'] });
  const page = String(await readBytes(storage, 'df-dist-v1/albatros/index.html'));
  expect(page).toContain('0.11');
  expect(page).not.toMatch(/0\.[89]\b/);
  const wanted = [
    'df-dist-v1/albatros',
    'df-dist-v1/albatros/index.html',
    ...['0.10', '0.11'].flatMap(filesOf),
    ...before.filter((key) => key.startsWith('df-dist-v1/albatros/more')),
  ];
  const isThere = async (key: string) =>
    (await storage.head(key)) !== undefined ||
    (await storage.head(`${key}/_self.json`).catch(() => undefined)) !== undefined;
  for (const key of ['0.10', '0.11'].flatMap(filesOf)) expect(await isThere(key), key).toBe(true);
  for (const key of ['0.8', '0.9'].flatMap(filesOf)) expect(await isThere(key), key).toBe(false);
  for (const key of await keysOf(storage)) expect(wanted).toContain(key);
  expect((await alba('ls', '-t', 'albatros/more', url)).stdout).toBe('1\n');
  expect((await alba('gc', '-t', 'albatros', '--keep', '2', url)).stdout).toContain('nothing to delete');
  await storage.close();
}

/** Where it is, by either layout. */
async function readList(storage: Storage): Promise<Buffer | undefined> {
  const inFolder = storage.keyProblem?.('_self.json')
    ? undefined
    : await readBytes(storage, 'df-dist-v1/albatros/_self.json');
  return inFolder ?? readBytes(storage, 'df-dist-v1/albatros');
}

describe('static ls, rm and gc', () => {
  it('tell of and delete releases in a directory, document, checksums, list and page with them', async () => {
    await liveAndDie(`file://${join(temporary.path, 'site')}`, {});
  }, 120_000);

  it.each([
    [['gc', '-t', 'albatros'], 'no rule says which tags may go'],
    [['gc', '-t', 'albatros', '--keep', '0'], 'would go: give force if that is meant'],
    [['gc', '--keep', '1'], 'holds releases by name: give "tag", such as -t albatros'],
    [['gc', '-t', 'albatros:0.8', '--keep', '1'], 'gc goes by rules, not by "0.8"'],
    [['gc', '-t', 'nobody', '--keep', '1'], 'nobody holds nothing: is there a release of this name?'],
    [['rm', '-t', 'albatros'], 'albatros: what of it is to go? Name a tag, such as albatros:1.0'],
    [['rm', '-t', 'albatros:9.9'], 'has no 9.9: nothing was deleted'],
    [['rm', '-t', 'albatros:0.10', '-t', 'albatros:0.11'], 'all 2 releases would go'],
  ])('refuse %j', async (words, message) => {
    const url = `file://${join(temporary.path, 'site')}`;
    const { code, stderr } = await runAlba(['static', ...words, url]);
    expect(stderr).toContain(message);
    expect(code).not.toBe(0);
  });

  it('leave releases of other names that lie below a tag', async () => {
    const url = `file://${join(temporary.path, 'nested')}`;
    const alba = (...words: string[]) => runAlba(['static', ...words], { cwd: temporary.path });
    for (const name of ['org:app', 'org/app/cli:1.0', 'org/app/cli/extra:1.0', 'org:1.0']) {
      expect(await alba('push', '-t', name, '0.8', url)).toMatchObject({ code: 0 });
    }
    const ended = await alba('rm', '-t', 'org:app', '--json', url);
    expect(JSON.parse(ended.stdout).repositories[0].deleted).toEqual(['app']);
    for (const name of ['org/app/cli', 'org/app/cli/extra']) {
      expect((await alba('ls', '-t', name, url)).stdout).toBe('1.0\n');
      const out = join(temporary.path, name.replaceAll('/', '-'));
      const pulled = await alba('pull', '-t', `${name}:1.0`, '--platform', 'all', url, out);
      expect(pulled, pulled.stderr).toMatchObject({ code: 0 });
    }
    const left = await readdir(join(temporary.path, 'nested/df-dist-v1/org/app'));
    expect(left).toEqual(['cli']);
  }, 60_000);

  it.each([
    ['cannot be read', (list: string) => truncate(list, 20)],
    ['is not written yet', (list: string) => rm(list)],
  ])(
    'leave releases below a tag whose list of tags %s',
    async (_, damage) => {
      const directory = await mkdtemp(join(temporary.path, 'nested-'));
      const alba = (...words: string[]) => runAlba(['static', ...words], { cwd: temporary.path });
      for (const name of ['org:app', 'org:other', 'org/app/cli:1.0'])
        expect(await alba('push', '-t', name, '0.8', `file://${directory}`)).toMatchObject({ code: 0 });
      const cli = join(directory, 'df-dist-v1/org/app/cli');
      await damage(join(cli, '_self.json'));
      const before = await readdir(cli, { recursive: true });
      expect(await alba('rm', '-t', 'org:app', `file://${directory}`)).toMatchObject({ code: 0 });
      expect(await readdir(cli, { recursive: true })).toEqual(before);
    },
    60_000,
  );

  it('save a plan and carry it out, unless a tag has other files by then', async () => {
    const url = `file://${join(temporary.path, 'planned')}`;
    const alba = (...words: string[]) => runAlba(['static', ...words], { cwd: temporary.path });
    for (const tag of tags) await alba('push', '-t', `albatros:${tag}`, tag, url);
    await alba('gc', '-t', 'albatros', '--keep', '2', '--save-plan', 'plan.json', url);
    await alba('push', '-t', 'albatros:0.8', '0.9', url);
    const refused = await alba('gc', '-t', 'albatros', '--apply', 'plan.json', url);
    expect(refused.stderr).toContain('is not as the plan found it: 0.8 has other files by now');
    await alba('push', '-t', 'albatros:0.8', '0.8', url);
    const kept = await alba('gc', '-t', 'albatros', '--apply', 'plan.json', '--keep-matching', '0.8*', url);
    expect(kept.stderr).toContain('the plan lets 0.8 go, which the rules beside it do not');
    const all = (await readFile(join(temporary.path, 'plan.json'), 'utf8')).replaceAll('"stays"', '"goes"');
    await writeFile(join(temporary.path, 'all.json'), all);
    const emptied = await alba('gc', '-t', 'albatros', '--apply', 'all.json', url);
    expect(emptied.stderr).toContain('releases would go: give force if that is meant');
    const applied = await alba('gc', '-t', 'albatros', '--apply', 'plan.json', url);
    expect(applied.stderr + applied.code).toMatch(/0$/);
    expect((await alba('ls', '-t', 'albatros', url)).stdout).toBe('0.11\n0.10\n');
  }, 60_000);
});

async function inBucket(access: S3Access, hidesNested = false): Promise<void> {
  await liveAndDie(s3Url(access, 'bucket'), s3Environment(access), hidesNested);
}

for (const [tool, start] of [
  ['versitygw', startS3],
  ['minio', startMinio],
] as const) {
  describeWith([tool], `static ls, rm and gc in a bucket of ${tool}`, () => {
    it('tell of and delete releases', async () => {
      await using server = await start();
      await server.createBucket('bucket');
      await inBucket(server, tool === 'minio');
    }, 120_000);
  });
}

describeWith(['garage'], 'static ls, rm and gc in a bucket of Garage', () => {
  it('tell of and delete releases', async () => {
    await using garage = await startGarage('bucket');
    await inBucket(garage);
  }, 120_000);
});
