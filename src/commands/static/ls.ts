import { AlbaError } from '../../errors.ts';
import { spellPlatform } from '../../oci/platform.ts';
import { assertPresent } from '../../place/present.ts';
import { readHoldings } from '../../release/holdings.ts';
import { openDocuments } from '../../release/in-folders.ts';
import { listKey } from '../../release/keys.ts';
import { listReleaseNames } from '../../release/names.ts';
import { readTagList } from '../../release/tags.ts';
import { whereIs } from '../../storage/bytes.ts';
import type { Storage } from '../../storage/storage.ts';
import type { Values } from '../command.ts';
import type { Host } from '../host.ts';
import type { ListingResult, TagReport } from '../listing-result.ts';
import { assertNameless, isOfAssets, listAssets } from './assets.ts';
import { connectionTo } from './connection-to.ts';
import { assertHeld } from './delete-releases.ts';
import type { staticLsInputs } from './ls-command.ts';
import { namedReleases } from './named-releases.ts';

/** Lists names where none is given, else the tags of each. */
export async function staticLs(
  { target, tag, long, connection }: Values<typeof staticLsInputs>,
  host: Host,
): Promise<ListingResult> {
  const { progress, env, directory } = host;
  if (isOfAssets(target)) {
    assertNameless(target, tag);
    return listAssets(target, { long, connection }, host);
  }
  const context = { progress, signal: new AbortController().signal };
  const storages = target.flatMap(({ storage }) => storage ?? []);
  const signedIn = connectionTo(storages, connection, env);
  const names: string[] = [];
  const repositories = [];
  for (const address of target) {
    const storage = await address.storage?.openStorage(signedIn, context);
    if (!storage) continue;
    try {
      const named = namedReleases([address], tag);
      if (named.length === 0 && address.storage) await assertPresent(address.storage, directory);
      if (named.length === 0) for (const one of await listReleaseNames(storage)) names.push(one);
      for (const { name } of named) {
        const reference = whereIs(storage, listKey(name));
        const tags = await (long ? longTags(storage, name, reference) : shortTags(storage, name, reference));
        repositories.push({ reference, tags });
      }
    } finally {
      await storage.close();
    }
  }
  return { names, repositories };
}

async function shortTags(storage: Storage, name: string, reference: string): Promise<TagReport[]> {
  const list = await readTagList(await openDocuments(storage, name), name);
  if (list) return list.tags.map((tag) => ({ tag }));
  throw new AlbaError('target', `${reference} holds nothing: is there a release of this name?`);
}

async function longTags(storage: Storage, name: string, reference: string): Promise<TagReport[]> {
  const holdings = await readHoldings(storage, name);
  if (!(await readTagList(holdings.storage, name))) assertHeld(reference, holdings);
  return holdings.releases.map(({ tag, digest, manifest, modified, size }) => ({
    ...{ tag, digest, size, uniqueBytes: size },
    platforms: manifest.flavors.map(({ platform: { os, architecture, variant } }) =>
      spellPlatform({ os, architecture, ...(variant && { variant }) }),
    ),
    ...{ time: modified.toISOString(), timeFrom: 'stored' },
  }));
}
