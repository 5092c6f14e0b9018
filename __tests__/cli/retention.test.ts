import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openStatic } from '../../src/repository/static/static.ts';
import { FilesystemStorage } from '../../src/storage/filesystem.ts';
import { writeFiles } from '../fixtures/binaries.ts';
import { useTemporary } from '../fixtures/temporary.ts';
import { makeReleases, pushReleases } from '../retention/releases.ts';
import { runAction, runAlba } from '../support/alba.ts';
import { registryTool, startRegistry } from '../support/servers/registry.ts';
import { describeWith } from '../support/tools.ts';

const releases = makeReleases(4);
const temporary = useTemporary();
let count = 0;

/** A directory with `1.0.0` to `1.3.0` of `app`, and tags that follow the newest. */
async function site(): Promise<{ folder: string; url: string; tags: () => Promise<string[]> }> {
  count += 1;
  const folder = join(temporary.path, `site-${count}`);
  const storage = new FilesystemStorage(folder);
  await pushReleases(openStatic(storage, 'app'), releases);
  return { folder, url: `file://${folder}`, tags: () => openStatic(storage, 'app').tags() };
}

const alba = (...words: string[]) => runAlba(['container', ...words], { cwd: temporary.path });

describe('container ls', () => {
  it('lists names, the tags of one newest first, and more of each when asked', async () => {
    const { url } = await site();
    expect((await alba('ls', url)).stdout).toBe('app\n');
    expect((await alba('ls', '-t', 'app', url)).stdout.split('\n').slice(0, 5)).toEqual([
      '1.3.0',
      '1.3',
      '1.2.0',
      '1.1.0',
      '1.0.0',
    ]);
    expect((await alba('ls', `${url}#app`)).stdout).toBe((await alba('ls', '-t', 'app', url)).stdout);
    const { repositories } = JSON.parse((await alba('ls', '--long', '--json', `${url}#app`)).stdout);
    const [newest] = repositories[0].tags;
    expect(newest).toMatchObject({
      tag: '1.3.0',
      platforms: ['linux/amd64', 'linux/arm64'],
      timeFrom: 'stored',
    });
    expect(newest.uniqueBytes).toBeGreaterThan(0);
    expect(newest.uniqueBytes).toBeLessThan(newest.size);
    expect((await alba('ls', '-l', `${url}#app`)).stdout).toMatch(/^1\.3\.0 +[0-9a-f]{12} +\d{4}-/);
  }, 30_000);

  it('fails for a name that is not there', async () => {
    const { url } = await site();
    const { code, stderr } = await alba('ls', '-l', `${url}#nobody`);
    expect(stderr).toContain('nobody holds nothing: is there a repository of this name?');
    expect(code).toBe(1);
  });
});

describe('what is not there', () => {
  it('is told by ls of a name, a layout, an archive or a directory, while what is empty is an empty list', async () => {
    const { url } = await site();
    const files = (...words: string[]) => runAlba(['static', ...words], { cwd: temporary.path });
    await writeFiles(join(temporary.path, 'df'), { 'linux/amd64/app': 'x' });
    await mkdir(join(temporary.path, 'empty'));
    for (const words of [[`${url}#nobody`], ['oci:./none'], ['oci:./empty'], ['oci-archive:./none.tar']]) {
      const { code, stderr } = await alba('ls', ...words);
      expect(stderr).toContain('holds nothing: is there a repository of this name?');
      expect(code).toBe(1);
    }
    for (const list of [alba, files]) {
      const { code, stderr } = await list('ls', 'file://./none');
      expect(stderr).toContain(`cannot read ${join(temporary.path, 'none')}: no such file or directory`);
      expect(code).toBe(1);
      expect(await list('ls', 'file://./empty')).toEqual({ code: 0, stdout: '', stderr: '' });
    }
    await files('push', '-t', 'tool:1', 'df', url);
    await files('rm', '--force', '-t', 'tool:1', url);
    await alba('gc', '--force', '--grace', '0s', '--keep', '0', `${url}#app`);
    for (const long of [[], ['--long']]) {
      expect(await files('ls', ...long, `${url}#tool`)).toEqual({ code: 0, stdout: '', stderr: '' });
      expect(await alba('ls', ...long, `${url}#app`)).toEqual({ code: 0, stdout: '', stderr: '' });
      expect((await files('ls', ...long, `${url}#nobody`)).code).toBe(1);
    }
  }, 60_000);

  describeWith([registryTool[2]], 'on a registry', () => {
    it('is told by ls', async () => {
      const registry = await startRegistry();
      try {
        const { code, stderr } = await alba('ls', `docker://${registry.host}/org/nobody`);
        expect(stderr).toContain('org/nobody holds nothing: is there a repository of this name?');
        expect(code).toBe(1);
      } finally {
        await registry.stop();
      }
    }, 60_000);
  });
});

it.each([[['ls', '-l']], [['gc', '--keep', '1', '--dry-run']], [['gc', '--keep', '1']]])(
  'tells what can be told of an archive, and what to do for more: %j',
  async (words) => {
    const { code, stderr } = await alba(...words, 'oci-archive:app.tar');
    expect(stderr).toContain(
      'of an archive the tags alone are told (ls without --long), and nothing is deleted in one: unpack it, and name the layout',
    );
    expect(code).toBe(2);
  },
  30_000,
);

describe('container rm', () => {
  it('deletes a tag, be it named in the URL or beside it, and what nothing else leads to', async () => {
    const { url, tags } = await site();
    const ended = await alba('rm', '--grace', '0s', '--json', `${url}#app:1.0.0`);
    expect(JSON.parse(ended.stdout)).toMatchObject({ deleted: [`${url}/app:1.0.0`], dryRun: false });
    const other = await alba('rm', '-t', 'app:1.1.0', '-t', 'app:1', url);
    expect(other.stderr + other.code).toMatch(/0$/);
    expect(await tags()).toEqual(['1.2.0', '1.3', '1.3.0', 'latest']);
  }, 30_000);

  it('leaves other tags of the same digest, and what they name', async () => {
    const { url, tags } = await site();
    const ended = await alba('rm', '--grace', '0s', '--json', `${url}#app:1.3.0`);
    const { repositories } = JSON.parse(ended.stdout);
    expect(repositories[0]).toMatchObject({ deletedManifests: 0, deletedBlobs: 0 });
    expect(await tags()).toContain('latest');
  }, 30_000);

  it.each([
    [['#app'], 'what of it is to go? Name a tag or a digest'],
    [['#app:9.9'], 'has no 9.9: nothing was deleted'],
    [[''], 'holds repositories by name: give "tag", such as -t app, or add #app'],
    [[`#app@${releases[3]?.root.descriptor.digest}`], 'name that, too, if it is to go; nothing was deleted'],
    [['#app:1.0.0', '-t', 'other:1.0'], '"other:1.0" names none of the targets: write it as name:tag'],
  ])(
    'refuses %j',
    async ([end, ...words], message) => {
      const { url, tags } = await site();
      const { code, stderr } = await alba('rm', ...words, `${url}${end}`);
      expect(stderr).toContain(message);
      expect(code).not.toBe(0);
      expect((await tags()).length).toBe(7);
    },
    30_000,
  );
});

describe('container gc', () => {
  it.each([
    [[], 'no rule says which tags may go: give keep, such as 10 or v*=10, or older-than, such as 30d'],
    [['--keep', '0'], 'all 4 releases would go: give force if that is meant'],
    [['--keep', 'many'], 'keep "many" is neither a number nor pattern=number'],
    [['--older-than', '-3d'], 'older-than "-3d" is negative'],
    [
      ['--keep', '1', '--max-delete', '50%'],
      '3 of 4 releases would go, max-delete is 50%: nothing was deleted',
    ],
    [
      ['--keep', '1', '--max-delete', 'half'],
      'max-delete "half" is neither a number of releases nor a share',
    ],
    [['--keep', '1', '-t', 'app:1.0.0'], 'gc goes by rules, not by "1.0.0"'],
    [['--apply', 'nowhere.json'], 'nowhere.json'],
  ])(
    'refuses %j',
    async (words, message) => {
      const { url, tags } = await site();
      const { code, stderr } = await alba('gc', ...words, '-t', 'app', url);
      expect(stderr).toContain(message);
      expect(code).not.toBe(0);
      expect((await tags()).length).toBe(7);
    },
    30_000,
  );

  it('warns of a pattern that matches nothing', async () => {
    const { url } = await site();
    const { stderr, code } = await alba('gc', '--keep', 'v*=3', '--keep', '9', '--quiet', '-t', 'app', url);
    expect(stderr).toContain('no tag matches v*');
    expect(code).toBe(0);
  }, 30_000);

  it('stops where something cannot be read or is of an unknown kind, and deletes nothing', async () => {
    for (const [name, content] of [
      [`sha256:${'0'.repeat(64)}`, '{}'],
      ['stray?', 'x'],
    ] as const) {
      const { folder, url, tags } = await site();
      await writeFile(join(folder, 'v2/app/manifests', name), content);
      const { stderr, code } = await alba('gc', '--keep', '1', '-t', 'app', url);
      expect(stderr).toContain('nothing was deleted, as not all that is there can be told');
      expect(code).toBe(1);
      expect((await tags()).length).toBe(7);
    }
  }, 30_000);

  it('keeps what nothing refers to for a day, unless another time is given', async () => {
    const { url } = await site();
    const { repositories } = JSON.parse((await alba('gc', '--keep', '1', '--json', '-t', 'app', url)).stdout);
    expect(repositories[0]).toMatchObject({
      deleted: ['1.0.0', '1.1.0', '1.2.0'],
      deletedManifests: 0,
      deletedBlobs: 0,
    });
    const later = JSON.parse(
      (await alba('gc', '--keep', '1', '--grace', '0s', '--json', '-t', 'app', url)).stdout,
    );
    expect(later.repositories[0].deletedManifests).toBeGreaterThan(8);
    expect(later.freedBytes).toBeGreaterThan(0);
  }, 30_000);

  it('saves a plan, and carries it out as it was saved', async () => {
    const { url, tags } = await site();
    const plan = join(temporary.path, 'plan.json');
    await alba('gc', '--keep', '2', '--grace', '0s', '--save-plan', 'plan.json', '-t', 'app', url);
    expect((await tags()).length).toBe(7);
    expect(JSON.parse(await readFile(plan, 'utf8')).plans[0].tags[0]).toHaveProperty('why');
    const ended = await alba('gc', '--apply', 'plan.json', '--json', '-t', 'app', url);
    expect(ended.code).toBe(0);
    expect(JSON.parse(ended.stdout).deleted).toEqual([`${url}/app:1.0.0`, `${url}/app:1.1.0`]);
    expect(await tags()).toEqual(['1', '1.2.0', '1.3', '1.3.0', 'latest']);
  }, 30_000);

  it('refuses a plan of another target, one that is too old, and one whose tags have moved', async () => {
    const [one, other] = [await site(), await site()];
    const save = join(temporary.path, 'kept.json');
    await alba('gc', '--keep', '2', '--grace', '0s', '--save-plan', save, '-t', 'app', one.url);
    const apply = async (path: string, url: string) =>
      (await alba('gc', '--apply', path, '-t', 'app', url)).stderr;
    expect(await apply(save, other.url)).toContain('kept.json is no plan of');
    const saved = JSON.parse(await readFile(save, 'utf8'));
    const old = join(temporary.path, 'old.json');
    await writeFile(old, JSON.stringify({ ...saved, made: '2020-01-01T00:00:00.000Z' }));
    expect(await apply(old, one.url)).toContain('a plan is good for seven days; make a new one');
    const [, second] = releases;
    if (second) await openStatic(new FilesystemStorage(one.folder), 'app').tag(second.root, ['1.0.0']);
    expect(await apply(save, one.url)).toContain('is not as the plan found it: 1.0.0 names');
    expect((await one.tags()).length).toBe(7);
  }, 60_000);

  it('holds a saved plan to the rules that are given beside it, and to what needs force', async () => {
    const { url, tags } = await site();
    const save = join(temporary.path, 'held.json');
    const gc = (...words: string[]) => alba('gc', ...words, '-t', 'app', url);
    await gc('--keep', '2', '--grace', '0s', '--save-plan', save);
    const saved = JSON.parse(await readFile(save, 'utf8'));
    const changed = join(temporary.path, 'changed.json');
    const change = async (isChosen: (tag: string) => boolean) => {
      const [plan] = saved.plans;
      const all = plan.tags.map((row: { tag: string }) =>
        isChosen(row.tag) ? { ...row, fate: 'goes' } : row,
      );
      await writeFile(changed, JSON.stringify({ ...saved, plans: [{ ...plan, tags: all }] }));
    };
    await change(() => true);
    expect((await gc('--apply', changed)).stderr).toContain('all 4 releases would go: give force');
    await change((tag) => tag === '1.2.0');
    expect((await gc('--apply', changed, '--keep', '2')).stderr).toMatch(
      /app: the plan lets 1\.2\.0 go, which the rules beside it do not \(kept by 2\); nothing was deleted/,
    );
    expect((await gc('--apply', changed, '--max-delete', '2')).stderr).toContain('3 of 4 releases would go');
    expect((await gc('--apply', save, '--keep-matching', '1.0.*')).stderr).toContain(
      'the plan lets 1.0.0 go, which the rules beside it do not (protected by keep-matching 1.0.*)',
    );
    expect((await gc('--apply', save, '--grace', '1h')).stderr).toContain('by now (younger than 1h)');
    expect((await tags()).length).toBe(7);
    const ended = await gc('--apply', save, '--keep', '2', '--max-delete', '2', '--json');
    expect(JSON.parse(ended.stdout).deleted).toEqual([`${url}/app:1.0.0`, `${url}/app:1.1.0`]);
  }, 60_000);

  it('is an action whose outputs and page tell what went', async () => {
    const { url } = await site();
    const ended = await runAction({ command: 'container gc', target: `${url}#app`, keep: '3', grace: '0s' });
    expect(ended.stdout + ended.code).toMatch(/0$/);
    expect(ended.outputs.deleted).toBe(`${url}/app:1.0.0`);
    expect(ended.outputs.kept?.split('\n').length).toBe(6);
    expect(Number(ended.outputs['freed-bytes'])).toBeGreaterThan(0);
    expect(JSON.parse(ended.outputs.plan ?? '')[`${url}/app`][0]).toHaveProperty('why');
    expect(ended.summary).toContain('beyond&nbsp;3');
  }, 30_000);
});

describe('an archive of a layout', () => {
  it.each([[['ls', '--long']], [['rm']], [['gc', '--keep', '1']]])(
    'is not deleted in: %j says what to do, and leaves it as it is',
    async (words) => {
      const path = join(temporary.path, 'archive.tar');
      await writeFile(path, 'what it holds does not matter');
      const end = words[0] === 'rm' ? ':1.0' : '';
      const { code, stderr } = await alba(...words, `oci-archive:${path}${end}`);
      expect(stderr).toContain('unpack it, and name the layout as oci:./directory');
      expect(code).not.toBe(0);
      expect(String(await readFile(path))).toBe('what it holds does not matter');
    },
    30_000,
  );
});
