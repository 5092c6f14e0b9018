import { openAll } from '../../concurrency/all-or-abort.ts';
import type { Digest } from '../../oci/digest.ts';
import { spellPlatform } from '../../oci/platform.ts';
import { isReferrersTag } from '../../oci/referrer.ts';
import { orderTags } from '../../oci/tag-order.ts';
import { assertPresent } from '../../place/present.ts';
import type { Address } from '../../place/scheme.ts';
import type { Inventory } from '../../repository/inventory.ts';
import { listNames } from '../../repository/static/names.ts';
import { measureTags } from '../../retention/measure-tags.ts';
import type { Values } from '../command.ts';
import type { Host } from '../host.ts';
import type { ListingResult, TagReport } from '../listing-result.ts';
import { signedInAt } from '../signed-in-at.ts';
import { keepMemorySteady } from '../steady-memory.ts';
import { holdsNothing, isSomething } from './delete-in.ts';
import type { containerLsInputs } from './ls-command.ts';
import { type NamedRepository, namedRepositories } from './named-repositories.ts';

/** Lists names where none is given, else the tags of each repository. */
export async function containerLs(
  { target, tag, long, connection }: Values<typeof containerLsInputs>,
  { progress, directory }: Host,
): Promise<ListingResult> {
  const abort = new AbortController();
  const context = { progress, signal: abort.signal };
  const owned = await Promise.all(target.map(({ place }) => place?.listNames?.(connection, context)));
  const repositories = namedRepositories(
    target.filter((_, at) => !owned[at]),
    tag,
  );
  const stored = tag.length > 0 ? [] : (await Promise.all(target.map(namesIn))).flat();
  const names = [...owned.flatMap((found) => found ?? []), ...stored];
  const signedIn = signedInAt(connection, { targets: repositories });
  if (!long) {
    const opening = repositories.map(({ place }) => place.openRepository(signedIn, context, 'pull'));
    await using opened = await openAll(opening, (repository) => repository.close(), abort);
    const listed = opened.all.map(async (repository) => {
      const tags = (await repository.tags()).map((name) => ({ tag: name, modified: new Date(0) }));
      const reference = repository.reference(undefined, undefined);
      if (tags.length === 0 && !(await repository.isThere())) throw holdsNothing(reference);
      return { reference, tags: orderTags(tags, [], undefined).map((name) => ({ tag: name })) };
    });
    return { names, repositories: await Promise.all(listed) };
  }
  keepMemorySteady();
  const opening = repositories.map(({ place }) => place.openDeleter(signedIn, context, 'pull'));
  await using opened = await openAll(opening, (deleter) => deleter.close(), abort);
  const listed = [];
  for (const [at, deleter] of opened.all.entries()) {
    const inventory = await deleter.inventory({ needsTime: () => true });
    if (!isSomething(inventory) && !(await isThere(repositories[at]))) {
      throw holdsNothing(inventory.reference);
    }
    listed.push({ reference: inventory.reference, tags: reportsOf(inventory) });
  }
  return { names, repositories: listed };

  async function isThere(named: NamedRepository | undefined): Promise<boolean> {
    const repository = await named?.place.openRepository(signedIn, context, 'pull');
    try {
      return (await repository?.isThere()) === true;
    } finally {
      await repository?.close();
    }
  }

  async function namesIn({ place, storage }: Address): Promise<string[]> {
    if (place || !storage) return [];
    await assertPresent(storage, directory);
    const opened = await storage.openStorage(connection, context);
    try {
      return await listNames(opened);
    } finally {
      await opened.close();
    }
  }
}

function reportsOf(inventory: Inventory): TagReport[] {
  const own = inventory.tags.filter(({ tag }) => !isReferrersTag(tag));
  const entries = new Map(own.map((entry) => [entry.tag, entry]));
  const sizes = measureTags(inventory);
  const found = own.map(({ tag, time }) => ({ tag, modified: time?.at ?? new Date(0) }));
  return orderTags(found, [], undefined).flatMap((tag): TagReport[] => {
    const entry = entries.get(tag);
    if (!entry) return [];
    const { digest, time } = entry;
    const { total: size = 0, unique: uniqueBytes = 0 } = sizes.get(digest) ?? {};
    return [
      {
        ...{ tag, digest, size, uniqueBytes },
        platforms: platformsOf(inventory, digest),
        ...(time && { time: time.at.toISOString(), timeFrom: time.from }),
      },
    ];
  });
}

function platformsOf({ documents }: Inventory, digest: Digest): string[] {
  return (documents.get(digest)?.platforms ?? []).map(spellPlatform);
}
