import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync } from 'node:fs';
import { mkdir, rm, statfs, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import process from 'node:process';
import { dockerArchive } from '../../__tests__/fixtures/docker-archive.ts';
import { makeImage } from '../../__tests__/fixtures/image.ts';
import { type Site, type SiteKind, siteKinds } from '../../__tests__/retention/sites.ts';
import { findTool } from '../../__tests__/support/tools.ts';
import { measureRun } from './measured-run.ts';
import { readTag } from './read-tag.ts';
import { standOn } from './stand.ts';
import { type Order, type Outcome, Tally, type Torture } from './torture.ts';

/** A disk that is full in the middle, for each thing that is written: told in one sentence that names it, and no tag has moved. */
export const fullDisk: Torture['places'][string] = {
  tools: [],
  async run({ folder }: Order): Promise<Outcome> {
    const tally = new Tally();
    const small = join(folder, 'small');
    mkdirSync(small);
    try {
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=6m', 'tmpfs', small], { stdio: 'ignore' });
    } catch {
      tally.count('left out, as nothing can be mounted');
      return tally;
    }
    try {
      await fillEach(folder, small, tally);
      for (const kind of [siteKinds.distribution3, siteKinds.distribution2, siteKinds.versitygw])
        if (kind.tools.every(findTool)) await tally.check(1, () => fillServer(kind, folder, small, tally));
    } finally {
      execFileSync('umount', ['-l', small]);
    }
    return tally;
  },
};

/** What is done on a full disk; `before` and `site` where a tag stands that has to stay. */
interface Case {
  readonly words: readonly string[];
  readonly env?: object;
  readonly before?: readonly string[];
  readonly site?: string;
}

function push(archive: string, ...targets: string[]): string[] {
  return ['container', 'push', '--no-cache', '-t', 'app:1', archive, ...targets];
}

async function fillEach(folder: string, small: string, tally: Tally): Promise<void> {
  const write = (name: string, seed: string, size: number) =>
    writeFile(
      join(folder, name),
      dockerArchive([makeImage({ os: 'linux', architecture: 'amd64' }, { seed, layers: [size, size] })]),
    );
  await write('old.tar', 'old', 1000);
  await write('new.tar', 'new', 12_000_000);
  await mkdir(join(folder, 'tree/linux/amd64'), { recursive: true });
  for (const name of ['a', 'b', 'c'])
    await writeFile(join(folder, 'tree/linux/amd64', name), Buffer.alloc(4_000_000, name));
  const cases: Readonly<Record<string, Case>> = {
    spool: {
      words: push('new.tar', 'file://./out', 'oci:./layout:1'),
      env: { TMPDIR: small },
      before: push('old.tar', 'file://./out'),
      site: 'out',
    },
    directory: {
      words: push('new.tar', 'file://./small/out'),
      before: push('old.tar', 'file://./small/out'),
      site: 'small/out',
    },
    layout: { words: push('new.tar', 'oci:./small/layout:1') },
    archive: { words: push('new.tar', 'oci-archive:./small/app.tar:1') },
    tree: {
      words: ['container', 'pull', 'file://./whole#app:1', './small/tree'],
      before: push('new.tar', 'file://./whole'),
    },
    store: { words: ['container', 'pull', '--store', './small/store', 'file://./whole#app:1', './pulled'] },
    'static files': { words: ['static', 'push', '-t', 'files:1', 'tree', 'file://./small/out'] },
  };
  for (const [name, one] of Object.entries(cases)) {
    await tally.check(1, async () => {
      await empty(small);
      tally.count(name);
      await failsOnIt(name, one, folder);
    });
  }
  await tally.check(1, () => doWithoutCache(folder, small, tally));
}

async function failsOnIt(name: string, { words, env, before, site }: Case, folder: string): Promise<void> {
  const prepared = before && (await measureRun(before, folder));
  if (prepared && prepared.code !== 0) throw new Error(`${name}: before: ${prepared.stderr}`);
  const standing = () =>
    site === undefined ? undefined : tagIn({ target: `file://${join(folder, site)}`, env: {} });
  const tag = await standing();
  const { code, stderr } = await measureRun(words, folder, env);
  if (code === 0) throw new Error(`${name}: it did not notice`);
  if (!/disk|space|full|free/i.test(stderr) || /ENOSPC|\n +at /.test(stderr))
    throw new Error(`${name}: it says ${stderr.slice(-400)}`);
  if ((await standing()) !== tag) throw new Error(`${name}: the tag has moved`);
}

/** A cache is a help: a push goes well without. */
async function doWithoutCache(folder: string, small: string, tally: Tally): Promise<void> {
  await empty(small);
  const { bavail, bsize } = await statfs(small);
  await writeFile(join(small, 'filler'), Buffer.alloc(bavail * bsize - bsize));
  for (const cache of ['/proc/alba', './small/cache']) {
    const words = ['container', 'push', '--cache-dir', cache, '-t', 'app:1', 'old.tar', 'file://./cached'];
    const { code, stderr } = await measureRun(words, folder);
    tally.count('cache that cannot be written');
    if (code !== 0) tally.findings.push(`the cache ${cache} ends a push with ${code}: ${stderr}`);
    if (/ENOSPC|\n +at /.test(stderr)) tally.findings.push(`of the cache ${cache} it says ${stderr}`);
  }
}

/** The disk is the server's. */
async function fillServer(kind: SiteKind, folder: string, small: string, tally: Tally): Promise<void> {
  await empty(small);
  const { TMPDIR } = process.env;
  process.env.TMPDIR = small;
  const opened = kind.open(join(folder, 'unused'));
  await opened.finally(() => {
    process.env.TMPDIR = TMPDIR;
    if (TMPDIR === undefined) delete process.env.TMPDIR;
  });
  await using site = await opened;
  const { target, tag } = standOn(site).tagged('app', '1');
  const to = [...(tag === undefined ? [] : ['-t', tag]), target];
  const pushTo = (archive: string) =>
    measureRun(['container', 'push', '--no-cache', archive, ...to], folder, site.env);
  const { code: begun, stderr: why } = await pushTo('old.tar');
  if (begun !== 0) throw new Error(`${kind.name}: before: ${why}`);
  const before = await tagIn(site);
  const { code, stderr, seconds } = await pushTo('new.tar');
  tally.count(kind.name);
  tally.count(`s until ${kind.name} is given up`, Math.round(seconds));
  if (code === 0) throw new Error(`${kind.name}: it did not notice`);
  if (/\n +at /.test(stderr)) throw new Error(`${kind.name}: it says ${stderr}`);
  if ((await tagIn(site)) !== before) throw new Error(`${kind.name}: the tag has moved`);
}

/** The digest of `app:1`, all of which is read. */
function tagIn(site: Pick<Site, 'target' | 'env'>): Promise<string | undefined> {
  return readTag(standOn(site).get('app'), '1');
}

async function empty(small: string): Promise<void> {
  for (const left of readdirSync(small)) await rm(join(small, left), { recursive: true, force: true });
}
