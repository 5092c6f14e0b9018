import { randomNumbers } from '../../__tests__/compression/samples.ts';
import { digestsOf, makeReleases, pushReleases } from '../../__tests__/retention/releases.ts';
import { openSite, type Site, siteKinds } from '../../__tests__/retention/sites.ts';
import { type Ended, runAlba } from '../../__tests__/support/alba.ts';
import { placesOf } from './places.ts';
import { type Order, Tally, type Torture } from './torture.ts';
import { assertWhole } from './whole.ts';

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
export async function killGc(site: Site, name: string, { rounds, seed }: Order): Promise<Tally> {
  const random = randomNumbers(seed);
  const tally = new Tally();
  const words = ['container', 'gc', '--keep', '4', '--grace', '0s', ...site.words, site.target];
  const gc = () => runAlba(words, { env: site.env });
  const fill = async (): Promise<void> => {
    const repository = await openSite(site);
    await pushReleases(repository, releases);
    await repository.close();
  };
  await fill();
  const full = (await site.holds(all, all)).length + (await site.tags()).length;
  const began = performance.now();
  assertEnded(await gc());
  const took = performance.now() - began;
  const end = (await site.holds(all, wanted)).length + (await site.tags()).length;
  for (let round = 1; round <= rounds; round += 1) {
    tally.count('rounds');
    await fill();
    const delay = took * (0.3 + random(800) / 1_000);
    const { code } = await runAlba(words, {
      env: site.env,
      watch: (child) => setTimeout(() => child.kill('SIGKILL'), delay),
    });
    tally.count(code === null ? 'killed' : 'ended before');
    await tally.check(round, async () => {
      const now = (await site.holds(all, all)).length + (await site.tags()).length;
      if (now < full && now > end) tally.count('amid');
      await assertAllWhole(site);
      assertEnded(await gc());
      await assertAllWhole(site);
      assertSame('tags', await site.tags(), keptTags);
      const held = await site.holds(all, wanted);
      const isRegistry = site.locator.startsWith('docker:');
      const left = held.filter((digest) => !wanted.includes(digest));
      // Of these a registry tells nobody: they go with its own collection.
      if (isRegistry) tally.count('manifests left without a tag', left.length);
      assertSame(name, isRegistry ? held.filter((digest) => !left.includes(digest)) : held, wanted);
    });
  }
  return tally;
}

async function assertAllWhole(site: Site): Promise<void> {
  const repository = await openSite(site);
  try {
    for (const tag of await repository.tags()) await assertWhole(repository, tag);
  } finally {
    await repository.close();
  }
}

function assertEnded({ code, stderr }: Ended): void {
  if (code !== 0) throw new Error(`gc ended with ${code}: ${stderr}`);
}

function assertSame(what: string, found: readonly string[], expected: readonly string[]): void {
  if (found.join() === expected.join()) return;
  const more = found.filter((one) => !expected.includes(one));
  const less = expected.filter((one) => !found.includes(one));
  throw new Error(`${what}: ${more.join(' ') || 'nothing'} too many, ${less.join(' ') || 'nothing'} missing`);
}
