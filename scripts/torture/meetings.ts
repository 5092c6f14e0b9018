import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import * as v from 'valibot';
import { dockerArchive } from '../../__tests__/fixtures/docker-archive.ts';
import { noise } from '../../__tests__/fixtures/image.ts';
import { imageOf } from '../../__tests__/fixtures/pullable.ts';
import { linesOf } from '../../__tests__/fixtures/unpack.ts';
import { type Site, siteKinds } from '../../__tests__/retention/sites.ts';
import { AlbaError } from '../../src/errors.ts';
import { type Act, assertWell, type Done, doHere, doThere } from './act.ts';
import { placesOf } from './places.ts';
import { readTag } from './read-tag.ts';
import { listedTags, type Stand, standOn } from './stand.ts';
import { type Order, type Random, Tally, type Torture } from './torture.ts';

/** What two that meet work with. */
interface Ground {
  readonly stand: Stand;
  readonly tally: Tally;
  readonly folder: string;
  /** Pushes an archive, in this process or, every now and then, in one of its own. */
  push(archive: string, name: string, tag: string, more?: Act['said']): Promise<Done>;
  /** The same of what is said to another command. */
  run(command: string, said: Act['said']): Promise<Done>;
  /** The digest under a tag once an archive is pushed. */
  readonly digests: Readonly<Record<string, string>>;
}

type Meeting = (ground: Ground, name: string, random: Random) => Promise<void>;

const { directory, layout, versitygw, minio, distribution2, distribution3, olareg } = siteKinds;
const kinds = { directory, layout, versitygw, minio, distribution3, distribution2, olareg };

/** Two publishers of one tag. */
export const sameTag = tortureOf(
  'two pushes to one tag at once: it is whole all the time, and one of the two in the end',
  async ({ stand, push, tally, digests }, name, random) => {
    const before = random(2) === 0 ? undefined : digests.old;
    if (before) assertWell(await push('old', name, '1'));
    const known = [before, digests.one, digests.two];
    const get = stand.get(name);
    const read = async (): Promise<string | undefined> => {
      const found = await readTag(get, '1');
      if (!known.includes(found)) throw new Error(`the tag is ${found}`);
      return found;
    };
    const both = await besideReader(
      read,
      [() => push('one', name, '1'), () => push('two', name, '1')],
      random,
    );
    for (const done of both) assertWell(done);
    const found = await read();
    if (found === before) throw new Error('the tag is neither of the two');
    tally.count(found === digests.one ? 'the first stays' : 'the second stays');
    await assertListed(stand, name, ['1']);
  },
);

/** Publishers of two tags. */
export const otherTags = tortureOf(
  'pushes to two tags at once: both are there, whole and listed',
  async ({ stand, push, digests }, name, random) => {
    const get = stand.get(name);
    if (random(2) === 0) assertWell(await push('old', name, '0'));
    const expected = new Map([
      ['1', digests.one],
      ['2', digests.two],
    ]);
    // A registry may list a tag a moment before it gives it.
    const seen = async (): Promise<readonly string[]> => (stand.isRegistry ? ['1', '2'] : listedTags(get));
    const read = async (): Promise<void> => {
      for (const tag of await seen()) {
        const found = await readTag(get, tag);
        if (!found && !stand.isRegistry) throw new Error(`${tag} is listed, and not there`);
        if (found && expected.has(tag) && found !== expected.get(tag)) throw new Error(`${tag} is ${found}`);
      }
    };
    const both = await besideReader(
      read,
      [() => push('one', name, '1'), () => push('two', name, '2')],
      random,
    );
    for (const done of both) assertWell(done);
    for (const [tag, digest] of expected) await assertThere(stand, name, tag, digest);
    await assertListed(stand, name, ['1', '2']);
  },
);

const indexSchema = v.object({
  manifests: v.array(v.object({ platform: v.object({ os: v.string(), architecture: v.string() }) })),
});

/** Two jobs of a matrix that add to one tag. */
export const updates = tortureOf(
  'two updates of one tag at once: it is whole all the time, and has both in the end',
  async ({ stand, push, tally }, name, random) => {
    const update = { update: 'true' };
    const get = stand.get(name);
    const platforms = async (): Promise<string[]> => {
      const bytes = await get('manifests/1');
      if (!bytes) return [];
      const { manifests } = v.parse(indexSchema, JSON.parse(bytes.toString()));
      return manifests.map(({ platform }) => platform.architecture);
    };
    const before = random(2) === 0 ? [] : ['386'];
    if (before.length > 0) assertWell(await push('386', name, '1', update));
    const read = () => readTag(get, '1');
    const works = ['amd64', 'arm64'].map((one) => () => push(one, name, '1', update));
    const both = await besideReader(read, works, random);
    const wanted = [...before, ...['amd64', 'arm64'].filter((_, at) => !both[at]?.failure)];
    for (const { failure } of both) {
      if (!failure) continue;
      tally.count('told that it lost');
      if (!stand.isRegistry) assertWell({ failure, told: [] });
    }
    await read();
    const found = await platforms();
    const lost = wanted.filter((one) => !found.includes(one));
    if (lost.length > 0)
      throw new Error(`${lost.join(', ')} was reported, and the tag has ${found.join(', ')}`);
  },
  // A push that adds to a tag of a registry waits for two seconds.
  ({ isRegistry }) => (isRegistry ? 6 : 1),
);

/** Someone who pulls while gc deletes. */
export const pullBesideGc = tortureOf(
  'a pull beside gc: what stays is pulled whole, what goes is pulled whole or not at all',
  async ({ stand, push, run, tally, folder }, name, random) => {
    assertWell(await push('one', name, '1.0'));
    assertWell(await push('two', name, '2.0'));
    const isKept = random(2) === 0;
    const place = join(folder, name.replaceAll('/', '-'));
    const pull = (tag: string, to: string) =>
      run('container pull', { source: stand.reference(name, tag), destination: to, platform: 'linux/amd64' });
    const state = (path: string) => (existsSync(path) ? linesOf(path).slice(1).join('\n') : undefined);
    const tag = isKept ? '2.0' : '1.0';
    assertWell(await pull(tag, `${place}-expected`));
    const said = { ...stand.target(name), keep: '1', grace: '0s' };
    const [pulled, deleted] = await Promise.all([
      setTimeout(random(60)).then(() => pull(tag, place)),
      setTimeout(random(60)).then(() => run('container gc', said)),
    ]);
    assertWell(deleted);
    const found = state(place);
    if (isKept) assertWell(pulled);
    tally.count(pulled.failure ? 'gone before it was pulled' : 'pulled');
    if (pulled.failure && found !== undefined) throw new Error(`it failed, and left\n${found}`);
    if (!pulled.failure && found !== state(`${place}-expected`)) throw new Error(`it pulled\n${found}`);
    if (pulled.failure && !(pulled.failure instanceof AlbaError)) throw pulled.failure;
    await assertThere(stand, name, '2.0');
    if ((await readTag(stand.get(name), '1.0')) !== undefined) throw new Error('1.0 is still there');
  },
);

function tortureOf(about: string, meet: Meeting, atOnce: (stand: Stand) => number = () => 1): Torture {
  return { about, places: placesOf(kinds, (site, order) => meetOn(site, order, meet, atOnce)) };
}

/** Lets two meet on a site as often as there are rounds, each time in a repository of its own. */
async function meetOn(
  site: Site,
  order: Order,
  meet: Meeting,
  atOnce: (stand: Stand) => number,
): Promise<Tally> {
  const { folder } = order;
  const tally = new Tally();
  const stand = standOn(site);
  await writeArchives(folder);
  const actOf = (command: string, said: Act['said']): Act => ({ command, said, folder, env: site.env });
  const push = (archive: string, name: string, tag: string, more: Act['said'] = {}): Act => {
    const said = { cache: 'false', ...more, artifacts: `${archive}.tar`, ...stand.tagged(name, tag) };
    return actOf('container push', said);
  };
  const digests: Record<string, string> = {};
  for (const version of ['old', 'one', 'two']) {
    const name = `org/${version}`;
    assertWell(await doHere(push(version, name, '1')));
    digests[version] = (await readTag(stand.get(name), '1')) ?? '';
  }
  const work = async (round: number, random: Random): Promise<void> => {
    // Processes of their own take ten times as long to start as all else takes.
    const isInProcesses = random(5) === 0;
    const run = (act: Act): Promise<Done> => (isInProcesses ? doThere(act) : doHere(act));
    const ground: Ground = {
      ...{ stand, tally, folder, digests },
      push: (...given) => run(push(...given)),
      run: (command, said) => run(actOf(command, said)),
    };
    await meet(ground, `org/app-${round}`, random);
  };
  await tally.eachRound(order, work, atOnce(stand));
  return tally;
}

/** Two works, begun at random, beside someone who reads again and again until both have ended. */
async function besideReader<T>(
  read: () => Promise<unknown>,
  works: readonly (() => Promise<T>)[],
  random: Random,
): Promise<T[]> {
  let isDone = false;
  const readAll = async (): Promise<void> => {
    while (!isDone) {
      await read();
      await setTimeout(5);
    }
  };
  const waits = works.map((work) => setTimeout(random(40)).then(work));
  const all = Promise.all(waits).finally(() => {
    isDone = true;
  });
  const [ended] = await Promise.all([all, readAll()]);
  return ended;
}

async function assertThere({ get }: Stand, name: string, tag: string, digest?: string): Promise<void> {
  const found = await readTag(get(name), tag);
  if (!found) throw new Error(`${tag} is not there`);
  if (digest !== undefined && found !== digest) throw new Error(`${tag} is ${found}`);
}

async function assertListed({ get }: Stand, name: string, tags: readonly string[]): Promise<void> {
  const listed = await listedTags(get(name));
  const left = tags.filter((tag) => !listed.includes(tag));
  if (left.length > 0) throw new Error(`${left.join(', ')} is not among the tags ${listed.join(', ')}`);
}

/** Three releases of two platforms, that share a layer, and three of one. */
async function writeArchives(folder: string): Promise<void> {
  const base = [{ name: 'base.bin', content: noise('base', 8_000) }];
  const image = (seed: string, architecture: string) => {
    const size = architecture === 'amd64' ? 200_000 : 3_000;
    const own = [{ name: 'own.bin', content: noise(`${seed} ${architecture}`, size) }];
    return imageOf({ os: 'linux', architecture }, base, own);
  };
  for (const seed of ['old', 'one', 'two']) {
    const images = ['amd64', 'arm64'].map((architecture) => image(seed, architecture));
    await writeFile(join(folder, `${seed}.tar`), dockerArchive(images));
  }
  for (const architecture of ['386', 'amd64', 'arm64'])
    await writeFile(join(folder, `${architecture}.tar`), dockerArchive(image('alone', architecture)));
}
