import { digestsOf, makeReleases, pushReleases } from '../../__tests__/retention/releases.ts';
import { openSite, type Site, siteKinds } from '../../__tests__/retention/sites.ts';
import { assertWell, doThere } from './act.ts';
import { placesOf } from './places.ts';
import { readTag } from './read-tag.ts';
import { listedTags, standOn } from './stand.ts';
import { type Order, Tally, type Torture } from './torture.ts';

const releases = makeReleases(12);
const kept = releases.slice(8);
const all = [...new Set(releases.flatMap(digestsOf))].sort();
const wanted = [...new Set(kept.flatMap(digestsOf))].sort();
const keptTags = ['1', '1.11', ...kept.map(({ tag }) => tag), 'latest'].sort();

/** `container gc` killed at random moments, and run again. */
export const kills: Torture = {
  about: 'container gc, killed at any moment and run again, comes to the same end, and no tag is ever torn',
  places: placesOf(siteKinds, (site, order, name) => killGc(site, name, order)),
};

/** Fills the place, kills gc, looks, and runs it again: as often as there are rounds. */
export async function killGc(site: Site, name: string, order: Order): Promise<Tally> {
  const tally = new Tally();
  const get = standOn(site).get('org/app');
  const { env, target, words } = site;
  const said = { target, ...(words.length > 0 && { tag: 'org/app' }), keep: '4', grace: '0s' };
  const gc = (kill?: number) => doThere({ command: 'container gc', said, folder: order.folder, env }, kill);
  const fill = async (): Promise<void> => {
    const repository = await openSite(site);
    await pushReleases(repository, releases);
    await repository.close();
  };
  const count = async (): Promise<number> =>
    (await site.holds(all, wanted)).length + (await site.tags()).length;
  const assertAllWhole = async (): Promise<void> => {
    const seen = new Set<string>();
    for (const tag of await listedTags(get)) await readTag(get, tag, seen);
  };
  await fill();
  const full = await count();
  const whole = await gc();
  assertWell(whole);
  const end = await count();
  await tally.eachRound(order, async (_, random) => {
    await fill();
    const { isKilled } = await gc(whole.worked * (0.5 + random(550) / 1_000));
    tally.count(isKilled ? 'killed' : 'ended before');
    const now = await count();
    if (now < full && now > end) tally.count('amid');
    await assertAllWhole();
    assertWell(await gc());
    await assertAllWhole();
    assertSame('tags', await site.tags(), keptTags);
    const held = await site.holds(all, wanted);
    const isRegistry = site.locator.startsWith('docker:');
    const left = held.filter((digest) => !wanted.includes(digest));
    // Of these a registry tells nobody: they go with its own collection.
    if (isRegistry) tally.count('manifests left without a tag', left.length);
    assertSame(name, isRegistry ? held.filter((digest) => !left.includes(digest)) : held, wanted);
  });
  return tally;
}

function assertSame(what: string, found: readonly string[], expected: readonly string[]): void {
  if (found.join() === expected.join()) return;
  const more = found.filter((one) => !expected.includes(one));
  const less = expected.filter((one) => !found.includes(one));
  throw new Error(`${what}: ${more.join(' ') || 'nothing'} too many, ${less.join(' ') || 'nothing'} missing`);
}
