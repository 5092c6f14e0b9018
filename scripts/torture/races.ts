import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { requestOf } from '../../__tests__/commands/container/request.ts';
import { givenOf, hostIn } from '../../__tests__/commands/given.ts';
import { randomNumbers } from '../../__tests__/compression/samples.ts';
import { dockerArchive } from '../../__tests__/fixtures/docker-archive.ts';
import { makeImage } from '../../__tests__/fixtures/image.ts';
import { silent } from '../../__tests__/fixtures/silent.ts';
import { openSite, type Site, siteKinds } from '../../__tests__/retention/sites.ts';
import { readValues } from '../../src/commands/command.ts';
import { containerGc } from '../../src/commands/container/gc.ts';
import { containerGcCommand, containerGcInputs } from '../../src/commands/container/gc-command.ts';
import { containerPush } from '../../src/commands/container/push.ts';
import { AlbaError } from '../../src/errors.ts';
import { placesOf } from './places.ts';
import { type Order, Tally, type Torture } from './torture.ts';
import { assertWhole } from './whole.ts';

/** Few images that come again and again, so that what is pushed is there, and about to go. */
const images = 3;

/** Pushes and deletions that meet: what was reported as pushed has to be there, whole. */
export const races: Torture = {
  about: 'what a publisher has reported is there, whole, whatever gc deletes beside it',
  places: placesOf(siteKinds, race),
};

/** A publisher of a new release and one that moves a tag, beside `gc --keep 1 --grace 0s`, started at random. */
export async function race(site: Site, { rounds, seed, folder }: Order): Promise<Tally> {
  Object.assign(process.env, site.env);
  const archives = await writeArchives(folder);
  const random = randomNumbers(seed);
  const host = { ...hostIn(folder, folder), now: new Date() };
  const isNamed = site.words.length > 0;
  const tally = new Tally();
  const wait = async (): Promise<void> => {
    for (let left = random(60); left > 0; left -= 1) await setImmediate();
  };
  const push = async (tag: string): Promise<string[]> => {
    await wait();
    const artifacts = archives[random(images)] ?? [];
    const tags = isNamed
      ? `org/app:${tag}`
      : site.target.startsWith('oci:')
        ? `app:${tag}`
        : `org/app:${tag}`;
    const request = await requestOf({ artifacts, targets: [site.target], tags }, folder);
    try {
      await containerPush(request, silent);
      tally.count('reported');
      return [tag];
    } catch (failure) {
      if (!(failure instanceof AlbaError)) throw failure;
      tally.count('refused');
      return [];
    }
  };
  const gc = async (): Promise<void> => {
    await wait();
    const said = { targets: [site.target], keep: '1.*=1', grace: '0s', ...(isNamed && { tag: 'org/app' }) };
    const values = await readValues(containerGcInputs, givenOf(containerGcCommand.inputs, said), host);
    const { deleted } = await containerGc(values, { ...host, now: new Date() });
    tally.count('deleted', deleted.length);
  };
  await push('1.0.0');
  for (let round = 1; round <= rounds; round += 1) {
    tally.count('rounds');
    await tally.check(round, async () => {
      const moves = random(2) === 0 ? [push('edge')] : [];
      const [pushed, ...others] = await Promise.all([push(`1.${round}.0`), ...moves, gc()]);
      const repository = await openSite(site);
      try {
        for (const tag of [pushed, others[0] ?? []].flat()) await assertWhole(repository, tag);
      } finally {
        await repository.close();
      }
    });
  }
  return tally;
}

async function writeArchives(folder: string): Promise<string[][]> {
  const write = async (at: number, architecture: string): Promise<string> => {
    const path = join(folder, `${at}-${architecture}.tar`);
    const image = makeImage({ os: 'linux', architecture }, { seed: `${at}`, layers: [300, 200] });
    await writeFile(path, dockerArchive([image]));
    return path;
  };
  return Promise.all(
    Array.from({ length: images }, (_, at) => Promise.all(['amd64', 'arm64'].map((one) => write(at, one)))),
  );
}
