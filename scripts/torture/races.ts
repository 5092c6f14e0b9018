import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import * as v from 'valibot';
import { dockerArchive } from '../../__tests__/fixtures/docker-archive.ts';
import { makeImage } from '../../__tests__/fixtures/image.ts';
import { type Site, siteKinds } from '../../__tests__/retention/sites.ts';
import { AlbaError, messageOf } from '../../src/errors.ts';
import { doHere } from './act.ts';
import { placesOf } from './places.ts';
import { readTag } from './read-tag.ts';
import { standOn } from './stand.ts';
import { type Order, type Random, Tally, type Torture } from './torture.ts';

/** Few images that come again and again, so that what is pushed is there, and about to go. */
const images = 3;
const name = 'org/app';

const deletedSchema = v.object({ deleted: v.array(v.string()) });

/** Pushes and deletions that meet: what was reported as pushed has to be there, whole. */
export const races: Torture = {
  about: 'what a publisher has reported is there, whole, whatever gc deletes beside it',
  places: placesOf(siteKinds, race),
};

/** A publisher of a new release and one that moves a tag, beside `gc --keep 1 --grace 0s`, started at random. */
export async function race(site: Site, order: Order): Promise<Tally> {
  const { folder } = order;
  const archives = await writeArchives(folder);
  const stand = standOn(site);
  const tally = new Tally();
  const on = { folder, env: site.env };
  const push = async (tag: string, random: Random): Promise<string[]> => {
    await setTimeout(random(40));
    const said = { cache: 'false', artifacts: archives[random(images)] ?? [], ...stand.tagged(name, tag) };
    const { failure } = await doHere({ command: 'container push', said, ...on });
    tally.count(failure ? 'refused' : 'reported');
    if (failure && !(failure instanceof AlbaError)) throw failure;
    return failure ? [] : [tag];
  };
  const gc = async (random: Random): Promise<void> => {
    await setTimeout(random(40));
    const said = { ...stand.target(name), keep: '1.*=1', grace: '0s' };
    const { failure, result } = await doHere({ command: 'container gc', said, ...on });
    if (failure && !(failure instanceof AlbaError)) throw failure;
    if (failure) tally.count(`gc failed (${kindOf(messageOf(failure))})`);
    else tally.count('deleted', v.parse(deletedSchema, result).deleted.length);
  };
  await push('1.0.0', () => 0);
  await tally.eachRound(order, async (round, random) => {
    const moves = random(2) === 0 ? [push('edge', random)] : [];
    const [pushed, ...others] = await Promise.all([push(`1.${round}.0`, random), ...moves, gc(random)]);
    for (const tag of [pushed, others[0] ?? []].flat()) {
      const found = await readTag(stand.get(name), tag);
      if (!found) throw new Error(`${tag} is not there`);
    }
  });
  return tally;
}

/** A message without what differs from round to round. */
function kindOf(message: string): string {
  return message
    .replaceAll(/sha256:[0-9a-f]+/g, 'sha256:…')
    .replaceAll(/(127\.0\.0\.1|localhost):\d+/g, 'HOST')
    .replaceAll(/\b1\.\d+\.0\b/g, '1.N.0');
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
