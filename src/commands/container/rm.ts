import { AlbaError } from '../../errors.ts';
import type { Digest } from '../../oci/digest.ts';
import { formatNames } from '../../progress/format.ts';
import type { Inventory } from '../../repository/inventory.ts';
import { assertAllowed, decideByName } from '../../retention/decide.ts';
import { planDeletion } from '../../retention/plan.ts';
import type { Values } from '../command.ts';
import type { DeletionResult } from '../deletion-result.ts';
import type { Host } from '../host.ts';
import { usualGrace } from '../retention-inputs.ts';
import { assertThere, deleteIn } from './delete-in.ts';
import { type NamedRepository, namedRepositories, unnamed } from './named-repositories.ts';
import type { containerRmInputs } from './rm-command.ts';

/** Deletes what is named, and what nothing else leads to. */
export async function containerRm(
  { target, tag, grace = usualGrace, force, dryRun, connection }: Values<typeof containerRmInputs>,
  { now, progress }: Host,
): Promise<DeletionResult> {
  const repositories = namedRepositories(target, tag);
  const nameless = target.find(({ place }) => !place);
  if (nameless && tag.length === 0) throw unnamed(nameless);
  const all = repositories.find(({ tags, digests }) => tags.length + digests.length === 0);
  if (all) {
    throw new AlbaError(
      'usage',
      `${all.place.url}: what of it is to go? Name a tag or a digest, such as name:1.0`,
    );
  }
  const query = { needsTime: () => false };
  return deleteIn(repositories, {
    ...{ connection, progress, query, dryRun },
    async plan(deleter, named) {
      const inventory = await deleter.inventory(query);
      assertThere(inventory);
      const decision = decideByName(chosen(named, inventory), grace, now);
      const plan = planDeletion(inventory, decision);
      assertAllowed(plan, { force });
      assertUnneeded(named.digests, plan.manifests, inventory);
      return { plan, inventory, decision };
    },
  });
}

/** Throws where what is named is not there. A tag with its digest has to name that. */
function chosen({ tags, digests }: NamedRepository, { reference, tags: there, documents }: Inventory) {
  const named = new Map(there.map(({ tag, digest }) => [tag, digest]));
  const missing = [
    ...tags.filter((tag) => !named.has(tag)),
    ...digests.filter((digest) => !documents.has(digest)),
  ];
  if (missing.length === 0) return { tags, digests };
  throw new AlbaError('target', `${reference} has no ${formatNames(missing)}: nothing was deleted`);
}

function assertUnneeded(
  digests: readonly Digest[],
  manifests: readonly { readonly digest: Digest; readonly fate: string; readonly why: string }[],
  { reference }: Inventory,
): void {
  const needed = manifests.find(({ digest, fate }) => fate === 'stays' && digests.includes(digest));
  if (!needed) return;
  throw new AlbaError(
    'usage',
    `${reference}@${needed.digest} is ${needed.why}: name that, too, if it is to go; nothing was deleted`,
  );
}
