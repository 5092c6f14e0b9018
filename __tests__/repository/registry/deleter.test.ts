import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Node } from '../../../src/content/content.ts';
import { openRegistryDeleter } from '../../../src/repository/registry/deleter.ts';
import { openRegistry } from '../../../src/repository/registry/registry.ts';
import type { Repository } from '../../../src/repository/repository.ts';
import { decideByRules } from '../../../src/retention/decide.ts';
import { planDeletion } from '../../../src/retention/plan.ts';
import { parseKeep } from '../../../src/retention/rules.ts';
import { sweep } from '../../../src/retention/sweep.ts';
import { silent } from '../../fixtures/silent.ts';
import { unattended } from '../../fixtures/unattended.ts';
import { type FixtureRelease, makeReleases, pushReleases } from '../../retention/releases.ts';
import { type Registry, registryTool, startRegistry } from '../../support/servers/registry.ts';
import { describeWith } from '../../support/tools.ts';

const releases = makeReleases(8);

function manifestsOf(some: readonly FixtureRelease[]): string[] {
  const all = (node: Node): string[] =>
    node.children.length > 0 ? [node.descriptor.digest, ...node.children.flatMap(all)] : [];
  return [...new Set(some.flatMap(({ root, referrers }) => [root, ...referrers].flatMap(all)))].sort();
}

describeWith([registryTool[3]], 'deleting on a registry', () => {
  let registry: Registry;
  beforeAll(async () => {
    registry = await startRegistry({ version: 3 });
  });
  afterAll(() => registry?.stop());

  /** Keeps the newest three, looking again before each deletion; gives the manifests that are left. */
  async function keepThree(name: string, meanwhile: (repository: Repository) => Promise<unknown>) {
    const options = { ...unattended, credentials: async () => undefined };
    const place = { registry: registry.host, repository: name };
    const repository = openRegistry(place, { ...options, access: 'push' });
    await pushReleases(repository, releases);
    const deleter = openRegistryDeleter(place, { ...options, access: 'delete' }, 0);
    const query = { needsTime: () => false };
    const grace = { text: '0s', milliseconds: 0 };
    const inventory = await deleter.inventory(query);
    const rules = { keep: [parseKeep('3')], keepMatching: [], grace, force: false };
    const decision = decideByRules(inventory, rules, new Date());
    await meanwhile(repository);
    await sweep(deleter, { plan: planDeletion(inventory, decision), inventory, decision }, query, silent);
    const found = manifestsOf(releases).map(async (digest) =>
      (await repository.resolve(digest)) ? [digest] : [],
    );
    const left = (await Promise.all(found)).flat().sort();
    await Promise.all([repository.close(), deleter.close()]);
    return left;
  }

  it('goes on with what no tag leads to any more, however often it looks', async () => {
    expect(await keepThree('looks', async () => {})).toEqual(manifestsOf(releases.slice(5)));
  });

  it('leaves what a new tag leads to since the plan was made, and a tag that names something else', async () => {
    const [first, second, third] = releases;
    if (!first || !second || !third) throw new Error('no releases');
    const left = await keepThree('moved', async (repository) => {
      await repository.tag(first.root, ['rolled-back']);
      await repository.tag(second.root, ['1.2.0']);
    });
    // Nothing tells any more of what the third one's tag named.
    expect(left).toEqual(manifestsOf([first, second, third, ...releases.slice(5)]));
  });
});
