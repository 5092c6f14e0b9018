import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { useTemporary } from '../fixtures/temporary.ts';
import { type Ended, runAlba } from '../support/alba.ts';
import { copyWithSkopeo, craneValidate } from '../support/clients.ts';
import { describeWith, findTool } from '../support/tools.ts';
import { digestsOf, makeReleases, pushReleases } from './releases.ts';
import { openSite, type Site, siteKinds } from './sites.ts';

const releases = makeReleases(30);
const kept = releases.slice(20);
const all = [...new Set(releases.flatMap(digestsOf))].sort();
const wanted = [...new Set(kept.flatMap(digestsOf))].sort();
const keptTags = ['1', '1.29', ...kept.map(({ tag }) => tag), 'latest'].sort();
const temporary = useTemporary();

/** Has a client of others pull a tag, where one can. */
async function pull({ served, locator }: Site, tag: string): Promise<void> {
  if (served) {
    if (findTool('crane')) await craneValidate(`${served}:${tag}`);
  } else if (locator.startsWith('oci:') && findTool('skopeo')) {
    await copyWithSkopeo(`${locator}:${tag}`, `oci:${join(temporary.path, 'pulled')}:${tag}`);
  }
}

for (const { name, tools, open } of Object.values(siteKinds)) {
  describeWith(tools, `container gc on ${name}`, () => {
    let site: Site;
    let planned: Ended;
    const gc = (...words: string[]) =>
      runAlba(['container', 'gc', ...site.words, '--grace', '0s', ...words, site.target], { env: site.env });
    beforeAll(async () => {
      site = await open(join(temporary.path, name));
      const repository = await openSite(site);
      await pushReleases(repository, releases);
      await repository.close();
      planned = await gc('--keep', '10', '--dry-run', '--json');
    }, 120_000);
    afterAll(() => site?.[Symbol.asyncDispose]());

    it('tells in a dry run what would go, and deletes nothing', async () => {
      expect(planned.stderr + planned.code).toMatch(/0$/);
      const { repositories, dryRun } = JSON.parse(planned.stdout);
      expect(dryRun).toBe(true);
      expect([...repositories[0].kept].sort()).toEqual(keptTags);
      expect(repositories[0].deleted.length).toBe(21);
      expect((await site.tags()).length).toBe(34);
      expect(await site.holds(all, wanted)).toEqual(expect.arrayContaining(wanted));
    }, 60_000);

    it('leaves exactly what the ten newest releases consist of, which others pull', async () => {
      const ended = await gc('--keep', '10', '--quiet');
      expect(ended.stderr).toBe('');
      expect(ended.code).toBe(0);
      expect(await site.tags()).toEqual(keptTags);
      expect(await site.holds(all, wanted)).toEqual(wanted);
      // Nested indexes are beyond some of the clients.
      for (const { tag } of kept) if (tag !== '1.27.0') await pull(site, tag);
    }, 120_000);

    it('finds nothing to do when it runs again', async () => {
      const ended = await gc('--keep', '10');
      expect(ended.stdout).toContain('nothing to delete');
      expect(ended.code).toBe(0);
      expect(await site.holds(all, wanted)).toEqual(wanted);
    }, 60_000);
  });
}
