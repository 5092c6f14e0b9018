import { randomUUID } from 'node:crypto';
import {
  chmodSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openDestination, seeDestination } from '../../src/pull/destination/open.ts';
import { useTemporary } from '../fixtures/temporary.ts';
import { startPull } from './start-pull.ts';
import { compareTo, listen, optionsOf, pullTree, readTreeOf, type Tree, writeTreeOf } from './trees.ts';

const temporary = useTemporary();
const one: Tree = { 'bin/tool': 'one', 'share/a/b': 'b', link: '->bin/tool' };
const two: Tree = { 'bin/tool': 'two', new: 'n' };
const isRoot = process.getuid?.() === 0;

/** A working directory of its own, and what lies in it. */
function workplace() {
  const directory = mkdtempSync(join(temporary.path, 'at-'));
  return { directory, at: (...names: string[]) => join(directory, ...names) };
}

describe('a destination', () => {
  it('is made with the folders above it, replaced as a whole, and has nothing but its record beside it', async () => {
    const { directory, at } = workplace();
    await pullTree('srv/app', 'one', one, { directory });
    expect(readTreeOf(at('srv/app'))).toEqual(one);
    await pullTree('srv/app', 'two', two, { directory });
    expect(readTreeOf(at('srv/app'))).toEqual(two);
    expect(readdirSync(at('srv'))).toEqual(['.app.alba.json', 'app']);
  });

  it('keeps what was there, and nothing else, when a pull fails before it takes its place', async () => {
    const { directory, at } = workplace();
    await pullTree('app', 'one', one, { directory });
    {
      await using destination = await openDestination('app', optionsOf({ directory }));
      writeTreeOf(two, await destination.stage());
      writeTreeOf(two, await destination.scratch());
    }
    expect(readTreeOf(at('app'))).toEqual(one);
    expect(readdirSync(directory)).toEqual(['.app.alba.json', 'app']);
  });

  it('is emptied of folders that may be neither read nor written', async () => {
    const { directory, at } = workplace();
    const closed = { bin: 0, 'share/a': 0o500, share: 0o500, '': 0o555 };
    await pullTree('app', 'one', one, { directory }, closed);
    await pullTree('app', 'two', two, { directory });
    expect(readdirSync(directory)).toEqual(['.app.alba.json', 'app']);
    await pullTree('now', 'one', one, { directory, current: true }, closed);
    await pullTree('now', 'two', two, { directory, current: true });
    await pullTree('now', 'three', two, { directory, current: true });
    expect(readdirSync(at('.now.alba'))).toEqual(['three', 'two']);
  });

  it('is swept of what a dead pull left, but of nothing of another destination', async () => {
    const { directory } = workplace();
    const left = ['.app.alba-new-0123456789ab', '.app.alba-new-00', '.app2.alba-new-0123456789ab'];
    for (const name of left) writeTreeOf(one, join(directory, name));
    // What a process makes for an instant that removes the lock of a dead one.
    writeFileSync(join(directory, `.app.alba.lock-${randomUUID()}`), '');
    await pullTree('app', 'one', one, { directory });
    expect(readdirSync(directory).sort()).toEqual([
      '.app.alba-new-00',
      '.app.alba.json',
      '.app2.alba-new-0123456789ab',
      'app',
    ]);
  });

  it.each([false, true])(
    'is swept by a pull that finds nothing to do, but not by one that only asks; current: %s',
    async (current) => {
      const { directory, at } = workplace();
      for (const digest of ['zero', 'one']) await pullTree('app', digest, one, { directory, current });
      const clean = [...readdirSync(directory), ...(current ? readdirSync(at('.app.alba')) : [])];
      const order = { path: 'app', directory, digest: 'two', tree: two, current };
      const killed = startPull({ ...order, holds: true });
      await killed.hears('staged');
      killed.child.kill('SIGKILL');
      await killed.ended;
      const names = () => [...readdirSync(directory), ...(current ? readdirSync(at('.app.alba')) : [])];
      const left = names();
      expect(left.length).toBe(clean.length + 2);
      for (const dryRun of [true, false]) {
        const seen = await seeDestination('app', { ...optionsOf({ directory, current }), dryRun });
        expect(await seen.compare({ digest: 'one', options: {} })).toMatchObject({ kind: 'same' });
        if (dryRun) expect(names()).toEqual(left);
      }
      expect(names().length).toBe(clean.length);
      expect(readTreeOf(realpathSync(at('app')))).toEqual(one);
    },
  );

  it('that is the working directory is replaced entry by entry, and stays the same folder', async () => {
    const { directory, at } = workplace();
    const { ino } = statSync(directory);
    const { lines, progress } = listen();
    await pullTree('.', 'one', one, { directory, progress });
    await pullTree('.', 'two', two, { directory, progress });
    expect(readTreeOf(directory)).toEqual(two);
    expect(statSync(directory).ino).toBe(ino);
    expect(lines).toEqual(
      Array(2).fill(expect.stringContaining('is replaced entry by entry, as it is the working directory')),
    );
    expect(readdirSync(at('.alba'))).toEqual(['pull.json']);
    // By any name, and from elsewhere.
    expect(await compareTo(directory, 'two', { directory: temporary.path })).toMatchObject({ kind: 'same' });
    await pullTree(`../${directory.split('/').at(-1)}`, 'one', one, { directory });
    expect(readTreeOf(directory)).toEqual(one);
  });

  it('that was pulled from elsewhere is known from within', async () => {
    const { directory, at } = workplace();
    await pullTree('app', 'one', one, { directory });
    expect(await compareTo('.', 'one', { directory: at('app') })).toMatchObject({ kind: 'same' });
    await pullTree('.', 'two', two, { directory: at('app') });
    expect(readdirSync(directory)).toEqual(['app']);
    expect(await compareTo('app', 'two', { directory })).toMatchObject({ kind: 'same' });
  });

  it('that is swapped entry by entry takes no tree that has the name of its record', async () => {
    const { directory, at } = workplace();
    await pullTree('.', 'one', one, { directory });
    await expect(pullTree('.', 'two', { '.alba/x': '' }, { directory })).rejects.toThrow(
      'keeps its record in .alba',
    );
    expect(readTreeOf(directory)).toEqual(one);
    expect(readdirSync(at('.alba'))).toEqual(['pull.json']);
  });

  it('is a symbolic link with current, to a tree named by digest, and keeps the one before', async () => {
    const { directory, at } = workplace();
    const pull = (digest: string) => pullTree('app', digest, { is: digest }, { directory, current: true });
    await pull(`sha256:${'a1'.repeat(32)}`);
    expect(readlinkSync(at('app'))).toBe('.app.alba/a1a1a1a1a1a1');
    await pull(`sha256:${'b2'.repeat(32)}`);
    await pull(`sha256:${'b2'.repeat(32)}`);
    expect(readlinkSync(at('app'))).toBe('.app.alba/b2b2b2b2b2b2-2');
    await pull(`sha256:${'c3'.repeat(32)}`);
    expect(readdirSync(at('.app.alba'))).toEqual(['b2b2b2b2b2b2-2', 'c3c3c3c3c3c3']);
    expect(await compareTo('app', `sha256:${'c3'.repeat(32)}`, { directory, current: true })).toMatchObject({
      kind: 'same',
    });
  });

  it('keeps the tree that somebody went back from by hand, and the one gone back to, until the pull after the next', async () => {
    const { directory, at } = workplace();
    const pull = (digest: string) => pullTree('app', digest, { is: digest }, { directory, current: true });
    const trees = () => readdirSync(at('.app.alba')).sort();
    await pull('one');
    await pull('two');
    rmSync(at('app'));
    symlinkSync('.app.alba/one', at('app'));
    {
      await using _ = await openDestination('app', optionsOf({ directory, current: true }));
    }
    expect(trees()).toEqual(['one', 'two']);
    await pull('three');
    expect(trees()).toEqual(['one', 'three', 'two']);
    await pull('four');
    expect(trees()).toEqual(['four', 'three']);
  });
});

describe('a comparison', () => {
  it('finds nothing, the same, another pull', async () => {
    const { directory, at } = workplace();
    expect(await compareTo('app', 'one', { directory })).toEqual({ kind: 'new' });
    mkdirSync(at('app'));
    expect(await compareTo('app', 'one', { directory })).toEqual({ kind: 'new' });
    await pullTree('app', 'one', one, { directory });
    expect(await compareTo('app', 'one', { directory })).toMatchObject({ kind: 'same' });
    const pulled = { digest: 'one', options: {} };
    expect(await compareTo('app', 'two', { directory })).toEqual({ kind: 'other', pulled, paths: [] });
    await using destination = await openDestination('app', optionsOf({ directory }));
    const others = [{ platform: 'linux/amd64' }, { options: { path: ['/bin'] } }];
    for (const other of others) {
      expect(await destination.compare({ ...pulled, ...other })).toMatchObject({ kind: 'other' });
    }
  });

  it('names what was changed, added and taken away, and a folder for all that is in it', async () => {
    const { directory, at } = workplace();
    const many = { ...one, 'etc/a': 'a', 'etc/b': 'b', 'lib/c': 'c', 'var/d': 'd', 'opt/e': 'e' };
    await pullTree('app', 'one', many, { directory });
    writeFileSync(at('app/etc/a'), 'A');
    utimesSync(at('app/etc/a'), 1, 1);
    rmSync(at('app/share'), { recursive: true });
    writeTreeOf({ 'extra/x/y': '' }, at('app'));
    writeFileSync(at('app/lib/z'), '');
    chmodSync(at('app/var/d'), 0o600);
    chmodSync(at('app/opt'), 0o700);
    rmSync(at('app/link'));
    const paths = ['etc/a', 'extra', 'lib/z', 'link', 'opt', 'share', 'var/d'];
    // The root has another time, which goes without saying.
    expect(await compareTo('app', 'one', { directory })).toEqual({ kind: 'changed', paths });
    expect(await compareTo('app', 'two', { directory })).toMatchObject({ kind: 'other', paths });
  });

  it('sees a file that was written anew with the same size and time', async () => {
    const { directory, at } = workplace();
    await pullTree('app', 'one', one, { directory });
    const { atime, mtime } = statSync(at('app/bin/tool'));
    writeFileSync(at('app/other'), 'eno');
    utimesSync(at('app/other'), atime, mtime);
    rmSync(at('app/bin/tool'));
    await pullTree('elsewhere', 'x', {}, { directory });
    writeFileSync(at('app/bin/tool'), 'eno');
    utimesSync(at('app/bin/tool'), atime, mtime);
    expect(await compareTo('app', 'one', { directory })).toMatchObject({
      kind: 'changed',
      paths: ['bin/tool', 'other'],
    });
  });

  it('without writing a byte says the same', async () => {
    const { directory, at } = workplace();
    const seen = await seeDestination('not/there/app', optionsOf({ directory }));
    expect(await seen.compare({ digest: 'one', options: {} })).toEqual({ kind: 'new' });
    await pullTree('app', 'one', one, { directory });
    const same = await seeDestination('app', optionsOf({ directory }));
    expect(await same.compare({ digest: 'one', options: {} })).toMatchObject({ kind: 'same' });
    writeTreeOf(one, at('full'));
    await expect(seeDestination('full', optionsOf({ directory }))).rejects.toThrow('full is not empty');
    expect(readdirSync(directory)).toEqual(['.app.alba.json', 'app', 'full']);
  });

  it('tells entries apart whose names are no UTF-8', async () => {
    const { directory, at } = workplace();
    const name = (byte: number) => Buffer.concat([Buffer.from(`${at('app')}/x`), Buffer.of(byte)]);
    {
      await using destination = await openDestination('app', optionsOf({ directory }));
      const staged = await destination.stage();
      for (const byte of [0xe4, 0xf6])
        writeFileSync(Buffer.concat([Buffer.from(`${staged}/x`), Buffer.of(byte)]), 'x');
      await destination.take({ digest: 'one', options: {} });
    }
    expect(await compareTo('app', 'one', { directory })).toMatchObject({ kind: 'same' });
    rmSync(name(0xe4));
    expect(await compareTo('app', 'one', { directory })).toEqual({ kind: 'changed', paths: ['x\udce4'] });
    await pullTree('.', 'two', two, { directory: at('app') });
    expect(readTreeOf(at('app'))).toEqual(two);
  });

  it('holds a tree for doubtful that the machine may not have written before it was started anew', async () => {
    const { directory, at } = workplace();
    await pullTree('app', 'one', one, { directory });
    const record = JSON.parse(readFileSync(at('.app.alba.json'), 'utf8'));
    const since = (unsettled: object) =>
      writeFileSync(at('.app.alba.json'), JSON.stringify({ ...record, unsettled }));
    since({ boot: 'before', written: Date.now() });
    const { lines, progress } = listen();
    expect(await compareTo('app', 'one', { directory, progress })).toMatchObject({ kind: 'other' });
    expect(lines).toEqual([expect.stringContaining('app was written before this machine was last started')]);
  });

  it('takes a large tree for written once ten minutes have passed, but in a dry run', async () => {
    const { directory, at } = workplace();
    const large = Object.fromEntries(Array.from({ length: 600 }, (_, number) => [`${number}`, '']));
    await pullTree('app', 'one', large, { directory });
    const record = () => JSON.parse(readFileSync(at('.app.alba.json'), 'utf8'));
    const { boot, written } = record().unsettled;
    const see = async (dryRun: boolean) => {
      const seen = await seeDestination('app', { ...optionsOf({ directory }), dryRun });
      expect(await seen.compare({ digest: 'one', options: {} })).toMatchObject({ kind: 'same' });
    };
    await see(false);
    expect(record().unsettled).toEqual({ boot, written });
    const before = { ...record(), unsettled: { boot, written: written - 601_000 } };
    writeFileSync(at('.app.alba.json'), JSON.stringify(before));
    await see(true);
    expect(record()).toEqual(before);
    await see(false);
    expect(record()).toEqual({ ...before, unsettled: undefined });
    expect(readdirSync(directory)).toEqual(['.app.alba.json', 'app']);
  });

  it.each([
    ['no JSON', 'x'],
    ['a later version', JSON.stringify({ schemaVersion: 2, pulled: { digest: 'one' } })],
    ['no digest', JSON.stringify({ schemaVersion: 1, pulled: {} })],
    [
      'entries that are none',
      JSON.stringify({ schemaVersion: 1, pulled: { digest: 'one' }, entries: 'AAAA' }),
    ],
  ])('takes a record with %s for none', async (_, text) => {
    const { directory, at } = workplace();
    await pullTree('app', 'one', one, { directory });
    writeFileSync(at('.app.alba.json'), text);
    await expect(compareTo('app', 'one', { directory })).rejects.toThrow(
      'app is not empty, and no pull wrote it',
    );
    expect(await compareTo('app', 'one', { directory, replace: true })).toEqual({ kind: 'other', paths: [] });
    await pullTree('app', 'two', two, { directory, replace: true });
    expect(await compareTo('app', 'two', { directory })).toMatchObject({ kind: 'same' });
  });

  it('follows no link in the place of a record', async () => {
    const { directory, at } = workplace();
    await pullTree('app', 'one', one, { directory });
    await pullTree('other', 'one', one, { directory });
    rmSync(at('.app.alba.json'));
    symlinkSync('.other.alba.json', at('.app.alba.json'));
    await expect(compareTo('app', 'one', { directory })).rejects.toThrow('no pull wrote it');
    const before = readFileSync(at('.other.alba.json'), 'utf8');
    await pullTree('app', 'two', two, { directory, replace: true });
    expect(lstatSync(at('.app.alba.json')).isFile()).toBe(true);
    expect(readFileSync(at('.other.alba.json'), 'utf8')).toBe(before);
  });
});

describe('a destination is refused', () => {
  const refused = (path: string, directory: string, settings: object = {}) =>
    expect(openDestination(path, optionsOf({ directory, ...settings }))).rejects;

  it('that is a file, or below one, and stays it', async () => {
    const { directory, at } = workplace();
    writeFileSync(at('file'), 'mine');
    await refused('file', directory, { replace: true }).toThrow('file is a file, expected a folder');
    await refused('file/app', directory).toThrow(
      'cannot write file/app: there is a file, expected a directory',
    );
    expect(readFileSync(at('file'), 'utf8')).toBe('mine');
    expect(readdirSync(directory)).toEqual(['file']);
  });

  it('that is not empty and that no pull wrote, unless it may be replaced', async () => {
    const { directory, at } = workplace();
    writeTreeOf(one, at('app'));
    for (const [path, from] of [
      ['app', directory],
      ['.', at('app')],
    ] as const) {
      await refused(path, from).toThrow('is not empty, and no pull wrote it: give replace');
    }
    expect(readTreeOf(at('app'))).toEqual(one);
    expect(readdirSync(directory)).toEqual(['app']);
    expect(readdirSync(at('app'))).not.toContain('.alba');
    await pullTree('app', 'two', two, { directory, replace: true });
    expect(readTreeOf(at('app'))).toEqual(two);
  });

  it('that is a symbolic link, by its target, unless it is one of ours', async () => {
    const { directory, at } = workplace();
    writeTreeOf(one, at('real'));
    symlinkSync('real', at('app'));
    await refused('app', directory, { replace: true }).toThrow(
      'app is a symbolic link to real: name the folder itself',
    );
    await refused('app', directory, { current: true }).toThrow(
      'app is a symbolic link to real that no pull made',
    );
    await pullTree('app', 'two', two, { directory, current: true, replace: true });
    expect(readTreeOf(at('real'))).toEqual(one);
    expect(readTreeOf(realpathSync(at('app')))).toEqual(two);
    await refused('app', directory).toThrow(
      'a pull with current made it: give current again, or remove the link',
    );
  });

  it('with current, where it cannot become a link', async () => {
    const { directory } = workplace();
    await refused('.', directory, { current: true }).toThrow(
      'cannot become a symbolic link: it is the working directory',
    );
    expect(readdirSync(directory)).toEqual([]);
  });

  it.skipIf(isRoot)(
    'that this user may not write, but one whose parent alone is closed is replaced entry by entry',
    async () => {
      const { directory, at } = workplace();
      mkdirSync(at('closed/app'), { recursive: true });
      chmodSync(at('closed/app'), 0o555);
      chmodSync(at('closed'), 0o555);
      onTestFinished(() => {
        for (const name of ['closed', 'closed/app']) chmodSync(at(name), 0o755);
      });
      await refused('closed/new', directory).toThrow('cannot write closed/new: no permission');
      await refused('closed/app', directory).toThrow('cannot write closed/app: no permission');
      chmodSync(at('closed/app'), 0o755);
      const { lines, progress } = listen();
      await pullTree('closed/app', 'one', one, { directory, progress });
      expect(readTreeOf(at('closed/app'))).toEqual(one);
      expect(lines).toEqual([
        'closed/app is replaced entry by entry, as the folder that it is in cannot be written',
      ]);
    },
  );
});

describe('two pulls into one destination', () => {
  const order = { path: 'app', digest: 'two', tree: two };

  it('come one after the other, and the second says that it waits', async () => {
    const { directory, at } = workplace();
    const first = startPull({ ...order, directory, digest: 'one', tree: one, holds: true });
    await first.hears('staged');
    const second = startPull({ ...order, directory });
    await second.hears(`app: waiting for another pull into it, of process ${first.child.pid}`);
    expect(readTreeOf(at('app'))).toBeUndefined();
    first.child.stdin.end();
    for (const { ended } of [first, second]) expect(await ended).toEqual({ signal: null, errors: '' });
    expect(readTreeOf(at('app'))).toEqual(two);
    expect(readdirSync(directory)).toEqual(['.app.alba.json', 'app']);
  });

  it('end in an error where the first takes too long', async () => {
    const { directory } = workplace();
    const first = startPull({ ...order, directory, holds: true });
    await first.hears('staged');
    const { progress } = listen();
    await expect(openDestination('app', optionsOf({ directory, progress, patience: 0 }))).rejects.toThrow(
      /app is being filled by another pull, of process \d+, which did not end in 0 ms: end it, or delete .*\.app\.alba\.lock if there is none/,
    );
    first.child.stdin.end();
    expect(await first.ended).toEqual({ signal: null, errors: '' });
  });

  it.each(['link', 'folder'])('need no patience where the lock is a %s, which no pull made', async (what) => {
    const { directory, at } = workplace();
    if (what === 'link') symlinkSync('/nowhere/lock', at('.app.alba.lock'));
    else mkdirSync(at('.app.alba.lock'));
    const { lines, progress } = listen();
    await pullTree('app', 'one', one, { directory, progress, patience: 0 });
    expect(lines).toEqual([]);
    expect(readdirSync(directory)).toEqual(['.app.alba.json', 'app']);
  });

  it('need no patience where the first was killed', async () => {
    const { directory, at } = workplace();
    const first = startPull({ ...order, directory, holds: true });
    await first.hears('staged');
    first.child.kill('SIGKILL');
    await first.ended;
    expect(readdirSync(directory)).toContain('.app.alba.lock');
    const { lines, progress } = listen();
    await pullTree('app', 'one', one, { directory, progress, patience: 0 });
    expect(lines).toEqual([]);
    expect(readTreeOf(at('app'))).toEqual(one);
    expect(readdirSync(directory)).toEqual(['.app.alba.json', 'app']);
  });
});
