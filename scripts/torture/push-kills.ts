import { readdir, utimes, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Said } from '../../__tests__/commands/given.ts';
import { dockerArchive } from '../../__tests__/fixtures/docker-archive.ts';
import { makeImage } from '../../__tests__/fixtures/image.ts';
import { type Site, siteKinds } from '../../__tests__/retention/sites.ts';
import { type Act, assertWell, doHere, doThere, temporaryIn } from './act.ts';
import { placesOf } from './places.ts';
import { readTag } from './read-tag.ts';
import { keyReader, standOn } from './stand.ts';
import { readStaticTag, writeTree } from './static-tag.ts';
import { type Order, Tally, type Torture } from './torture.ts';

const { directory, layout, versitygw, minio, garage, distribution3 } = siteKinds;

/** One of two versions, over and over, on a place. */
interface Publisher {
  readonly command: string;
  /** What is said to publish a version, 0 or 1. */
  said(version: number): Said;
  /** What the place has now, in a word; undefined where there is nothing. Throws where it is torn. */
  read(): Promise<string | undefined>;
  /** Whether there may be nothing while it is replaced. */
  readonly mayBeAbsent?: boolean;
}

/** `container push` killed at random moments over a tag that stands, and run again. */
export const pushKills: Torture = {
  about:
    'container push, killed at any moment, leaves its tag whole, old or new; the next run completes and sweeps',
  places: placesOf({ directory, layout, versitygw, minio, distribution3 }, killPush),
};

/** The same of `container copy` out of a directory. */
export const copyKills: Torture = {
  about:
    'container copy, killed at any moment, leaves its tag whole, old or new; the next run completes and sweeps',
  places: placesOf({ directory, layout, versitygw, minio, distribution3 }, killCopy),
};

/** The same of `static push`. */
export const staticPushKills: Torture = {
  about:
    'static push, killed at any moment, leaves its tag old, new or absent, never torn; the next run completes and sweeps',
  places: placesOf({ directory, versitygw, minio, garage }, killStaticPush),
};

const name = 'org/app';
const tag = '1';

async function killPush(site: Site, order: Order): Promise<Tally> {
  const stand = standOn(site);
  await writeArchives(order.folder);
  return killOver(site, order, {
    command: 'container push',
    said: (version) => ({ cache: 'false', artifacts: `${version}.tar`, ...stand.tagged(name, tag) }),
    read: () => readTag(stand.get(name), tag),
  });
}

async function killCopy(site: Site, order: Order): Promise<Tally> {
  const { folder } = order;
  await writeArchives(folder);
  const source = `file://${join(folder, 'source')}`;
  for (const version of [0, 1]) {
    const said = { cache: 'false', artifacts: `${version}.tar`, target: source, tag: `app:${version}` };
    assertWell(await doHere({ command: 'container push', said, folder, env: {} }));
  }
  const stand = standOn(site);
  return killOver(site, order, {
    command: 'container copy',
    said: (version) => ({ source: `${source}#app:${version}`, target: stand.reference(name, tag) }),
    read: () => readTag(stand.get(name), tag),
  });
}

async function killStaticPush(site: Site, order: Order): Promise<Tally> {
  const { folder } = order;
  for (const version of [0, 1]) await writeTree(folder, version);
  return killOver(site, order, {
    command: 'static push',
    said: (version) => ({ artifacts: `tree-${version}`, target: site.target, tag: `app:${tag}` }),
    read: () => readStaticTag(keyReader(site), 'app', tag),
    mayBeAbsent: true,
  });
}

async function killOver(site: Site, order: Order, publisher: Publisher): Promise<Tally> {
  const { folder } = order;
  const { read } = publisher;
  const tally = new Tally();
  const act = (version: number): Act => ({
    ...{ command: publisher.command, said: publisher.said(version) },
    ...{ folder, env: site.env },
  });
  const states: (string | undefined)[] = [];
  let worked = 0;
  for (const version of [0, 1, 0, 1]) {
    const done = await doThere(act(version));
    assertWell(done);
    worked = done.worked;
    states[version] = await read();
  }
  if (states[0] === undefined || states[0] === states[1]) throw new Error('both versions are the same');
  let stands = 1;
  await tally.eachRound(order, async (_, random) => {
    const next = 1 - stands;
    const before = states[stands];
    stands = next;
    const { isKilled } = await doThere(act(next), worked * (0.4 + random(650) / 1_000));
    tally.count(isKilled ? 'killed' : 'ended before');
    const found = await read();
    const isAbsent = found === undefined && publisher.mayBeAbsent;
    if (found !== before && found !== states[next] && !isAbsent) throw new Error(`the tag is ${found}`);
    tally.count(isAbsent ? 'absent' : found === before ? 'old' : 'new');
    const left = (await leftIn(folder)).length;
    if (left > 0) tally.count('left behind', left);
    assertWell(await doThere(act(next)));
    if ((await read()) !== states[next]) throw new Error('the next run did not complete');
    const kept = await leftIn(folder);
    // A lock of a killed process is taken for one that is at work for ten seconds, and is no concern of who writes nothing.
    if (kept.length > 0 && kept.every((path) => /^\.alba-lock(-claim)?$/.test(basename(path)))) {
      tally.count('locks');
      for (const path of kept) await utimes(path, 0, 0);
      for (const version of [1 - next, next]) assertWell(await doThere(act(version)));
    }
    const still = kept.length > 0 ? await leftIn(folder) : [];
    if (still.length > 0) throw new Error(`this was not swept: ${still.join(', ')}`);
  });
  return tally;
}

async function writeArchives(folder: string): Promise<void> {
  for (const version of [0, 1]) {
    const images = ['amd64', 'arm64'].map((architecture, at) => {
      const layers = [at === 0 ? 300_000 : 4_000, 2_000];
      return makeImage({ os: 'linux', architecture }, { seed: `${version} ${architecture}`, layers });
    });
    await writeFile(join(folder, `${version}.tar`), dockerArchive(images));
  }
}

/** What processes that were killed left in the folder for temporary files, and beside what they wrote: paths. */
async function leftIn(folder: string): Promise<string[]> {
  const sites = (await readdir(folder)).filter((one) => one.startsWith('site'));
  const below = async (place: string, recursive: boolean): Promise<string[]> =>
    (await readdir(place, { recursive })).map((path) => join(place, path));
  const beside = await Promise.all(sites.map((one) => below(join(folder, one), true)));
  const temporary = await below(temporaryIn(folder), false);
  return [...temporary, ...beside.flat().filter((path) => basename(path).startsWith('.alba-'))];
}
