import { mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { killGc } from '../../scripts/torture/kills.ts';
import { race } from '../../scripts/torture/races.ts';
import { staticKill, staticRace } from '../../scripts/torture/static.ts';
import { useTemporary } from '../fixtures/temporary.ts';
import { describeWith } from '../support/tools.ts';
import { type SiteKind, siteKinds } from './sites.ts';

// The long form: npm run torture -- races --rounds 200
const temporary = useTemporary();
const { directory, layout, versitygw, distribution3, olareg } = siteKinds;

/** A place, and an order to be carried out there. */
async function openFor({ open }: SiteKind, rounds: number) {
  const folder = await mkdtemp(join(temporary.path, 'race-'));
  return { site: await open(join(folder, 'site')), order: { rounds, seed: 17, folder } };
}

for (const [kind, rounds] of [
  [directory, 15],
  [layout, 12],
  [versitygw, 5],
  [olareg, 12],
  [distribution3, 6],
] as const) {
  describeWith(kind.tools, `a push beside container gc on ${kind.name}`, () => {
    it('is there, whole, when it is reported', async () => {
      const { site, order } = await openFor(kind, rounds);
      await using _ = site;
      const { counts, findings } = await race(site, order);
      // A registry deletes what a tag has come to name within the request: docs/decisions/deleting-beside-pushes.md.
      const isLate = (finding: string) =>
        site.target.startsWith('docker:') && finding.endsWith('is not there');
      expect(findings.filter((finding) => !isLate(finding))).toEqual([]);
      expect(counts).toMatchObject({ rounds });
      expect(counts.reported).toBeGreaterThan(rounds);
      expect(counts.deleted).toBeGreaterThan(0);
    }, 120_000);
  });
}

for (const kind of [directory, versitygw]) {
  describeWith(kind.tools, `a release of plain files beside static gc of its tag on ${kind.name}`, () => {
    it('is there, whole, when it is reported and was not deleted after that', async () => {
      const { site, order } = await openFor(kind, 5);
      await using _ = site;
      const { counts, findings } = await staticRace(site, order);
      expect(findings).toEqual([]);
      expect(counts).toMatchObject({ rounds: 5, reported: 5 });
    }, 120_000);
  });
}

describeWith([], 'the process of a deletion that is killed', () => {
  it('tears no tag, and comes to the same end when it runs again: container gc', async () => {
    const { site, order } = await openFor(directory, 2);
    await using _ = site;
    const { counts, findings } = await killGc(site, directory.name, order);
    expect(findings).toEqual([]);
    expect(counts.rounds).toBe(2);
  }, 120_000);

  it('tears no tag, and comes to the same end when it runs again: static gc', async () => {
    const { site, order } = await openFor(directory, 2);
    await using _ = site;
    const { counts, findings } = await staticKill(site, order);
    expect(findings).toEqual([]);
    expect(counts.rounds).toBe(2);
  }, 120_000);
});
