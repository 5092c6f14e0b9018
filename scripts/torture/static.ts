import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { givenOf, hostIn } from '../../__tests__/commands/given.ts';
import { requestOf } from '../../__tests__/commands/static/request.ts';
import { silent } from '../../__tests__/fixtures/silent.ts';
import { unattended } from '../../__tests__/fixtures/unattended.ts';
import { readAsClient } from '../../__tests__/release/reader.ts';
import { type Site, siteKinds } from '../../__tests__/retention/sites.ts';
import { runAlba } from '../../__tests__/support/alba.ts';
import { readValues } from '../../src/commands/command.ts';
import { staticGc } from '../../src/commands/static/gc.ts';
import { staticGcCommand, staticGcInputs } from '../../src/commands/static/gc-command.ts';
import { staticPush } from '../../src/commands/static/push.ts';
import { digestOf } from '../../src/oci/digest.ts';
import { parseFilesTarget } from '../../src/place/target.ts';
import { openDocuments } from '../../src/release/in-folders.ts';
import { readTagDocument } from '../../src/release/published.ts';
import type { Storage } from '../../src/storage/storage.ts';
import { placesOf } from './places.ts';
import { type Order, type Random, Tally, type Torture } from './torture.ts';

const trees = 3;
const { directory, versitygw, minio, garage } = siteKinds;
const kinds = { directory, versitygw, minio, garage };

/** `static gc` beside a publisher of the tag that it deletes. */
export const staticRaces: Torture = {
  about: 'a tag of plain files that is published while gc deletes what it held is there, whole',
  places: placesOf(kinds, staticRace),
};

/** `static gc` killed at random moments, and run again. */
export const staticKills: Torture = {
  about: 'static gc, killed at any moment and run again, comes to the same end, and no document is ever torn',
  places: placesOf(kinds, staticKill),
};

/** Publishes `app:1.0` with other files while `gc --keep 1` deletes it, as 2.0 is newer. */
export async function staticRace(site: Site, order: Order): Promise<Tally> {
  const { folder } = order;
  await writeTrees(folder);
  const tally = new Tally();
  const host = { ...hostIn(folder, folder), now: new Date() };
  const wait = async (random: Random): Promise<void> => {
    for (let left = random(60); left > 0; left -= 1) await setImmediate();
  };
  const publish = async (tag: string, tree: number): Promise<void> => {
    const said = { tags: [`app:${tag}`], artifacts: [`tree-${tree}`], targets: [site.target] };
    await staticPush(await requestOf(said, folder, folder), silent);
  };
  const gc = async () => {
    const said = { targets: [site.target], tag: 'app', keep: '1', grace: '0s' };
    const values = await readValues(staticGcInputs, givenOf(staticGcCommand.inputs, said), host);
    return staticGc(values, { ...host, now: new Date() });
  };
  await publish('2.0', 0);
  await tally.eachRound(order, async (_, random) => {
    const [before, after] = [random(trees), random(trees)];
    await publish('1.0', before);
    const digest = await inDocuments(site, async (storage) => {
      const document = await readTagDocument(storage, { name: 'app', tag: '1.0' });
      return document && digestOf(document.bytes);
    });
    const [, { repositories }] = await Promise.all([
      wait(random).then(() => publish('1.0', after)),
      wait(random).then(gc),
    ]);
    tally.count('reported');
    const [report] = repositories;
    if (!report) throw new Error('gc tells of nothing');
    const { deleted, tags, refusals } = report;
    tally.count('deleted', deleted.length);
    if (refusals.length > 0) return tally.count('told to look');
    const found = await inDocuments(site, (storage) => readAsClient(storage, 'app:1.0'));
    const planned = tags.find(({ tag }) => tag === '1.0')?.digest;
    const mayBeGone = deleted.includes('1.0') && (before === after || planned !== digest);
    if (!found && mayBeGone) return tally.count('deleted after it was reported');
    if (found?.['linux/amd64/app'] !== `tree ${after}`) throw new Error('1.0 is not what was reported');
  });
  return tally;
}

/** Publishes five releases, kills `gc --keep 2` and runs it again. */
export async function staticKill(site: Site, order: Order): Promise<Tally> {
  const { folder } = order;
  await writeTrees(folder);
  const tally = new Tally();
  const names = ['1.0', '1.1', '1.2', '1.3', '1.4'];
  const alba = (...words: string[]) => runAlba(['static', ...words], { env: site.env, cwd: folder });
  const fill = async (): Promise<void> => {
    for (const [at, tag] of names.entries()) {
      const said = { tags: [`app:${tag}`], artifacts: [`tree-${at % trees}`], targets: [site.target] };
      await staticPush(await requestOf(said, folder, folder), silent);
    }
  };
  const words = ['gc', '-t', 'app', '--keep', '2', '--grace', '0s', site.target];
  await fill();
  const full = (await keysOf(site)).length;
  const began = performance.now();
  await alba(...words);
  const took = performance.now() - began;
  const expected = await keysOf(site);
  await tally.eachRound(order, async (_, random) => {
    await fill();
    const delay = took * (0.3 + random(800) / 1_000);
    const { code } = await runAlba(['static', ...words], {
      ...{ env: site.env, cwd: folder },
      watch: (child) => setTimeout(() => child.kill('SIGKILL'), delay),
    });
    tally.count(code === null ? 'killed' : 'ended before');
    const now = (await keysOf(site)).length;
    if (now < full && now > expected.length) tally.count('amid');
    const ended = await alba(...words);
    if (ended.code !== 0) throw new Error(`gc ended with ${ended.code}: ${ended.stderr}`);
    const found = await keysOf(site);
    if (found.join() !== expected.join())
      throw new Error(`${found.join(' ')} instead of ${expected.join(' ')}`);
    for (const tag of ['1.3', '1.4'])
      await inDocuments(site, (storage) => readAsClient(storage, `app:${tag}`));
  });
  return tally;
}

async function writeTrees(folder: string): Promise<void> {
  for (let at = 0; at < trees; at += 1) {
    const path = join(folder, `tree-${at}`, 'linux', 'amd64');
    await mkdir(path, { recursive: true });
    await writeFile(join(path, 'app'), `tree ${at}`);
    for (let file = 0; file < 20; file += 1) await writeFile(join(path, `${file}.txt`), 'the same in all');
  }
}

async function inDocuments<T>({ target, env }: Site, use: (storage: Storage) => Promise<T>): Promise<T> {
  Object.assign(process.env, env);
  const storage = await parseFilesTarget(target).openStorage({ directory: '/' }, unattended);
  try {
    return await use(await openDocuments(storage, 'app'));
  } finally {
    await storage.close();
  }
}

async function keysOf({ target }: Site): Promise<string[]> {
  const storage = await parseFilesTarget(target).openStorage({ directory: '/' }, unattended);
  const keys: string[] = [];
  for await (const { key } of storage.list('df-dist-v1/app')) keys.push(key);
  await storage.close();
  return keys.sort();
}
