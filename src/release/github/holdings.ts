import { compareText } from '../../oci/compare.ts';
import { type Digest, digestOf } from '../../oci/digest.ts';
import { orderTags } from '../../oci/tag-order.ts';
import { sum } from '../../progress/sum.ts';
import { checksumsName } from '../checksums.ts';
import type { Flavor } from '../documents.ts';
import type { Holdings, StoredRelease } from '../holdings.ts';
import { platformIn } from './platform-of-asset.ts';
import type { GitHubRelease, GitHubReleases, ListedRelease, StoredAsset } from './releases.ts';

/** What is held on GitHub under the tags of a repository: the releases that are out, the newest first. */
export interface AssetHoldings extends Pick<Holdings, 'loose' | 'obstacles'> {
  readonly releases: readonly (StoredRelease & {
    readonly release: GitHubRelease;
    readonly assets: number;
    /** Of all that GitHub tells of its assets. */
    readonly state: Digest;
  })[];
  /** Tags of drafts, which nobody sees. */
  readonly drafts: readonly string[];
}

/** Reads what the releases of a repository hold, by lists alone. */
export async function readAssetHoldings(releases: GitHubReleases): Promise<AssetHoldings> {
  const all = await releases.list();
  const out = all.filter(({ draft }) => !draft).map(held);
  const newest = orderTags(out, [], undefined);
  return {
    releases: out.sort((a, b) => newest.indexOf(a.tag) - newest.indexOf(b.tag)),
    drafts: all.flatMap(({ draft, tag_name }) => (draft ? tag_name : [])),
    ...{ loose: [], obstacles: [] },
  };
}

function held(release: ListedRelease): AssetHoldings['releases'][number] {
  const { tag_name: tag, assets } = release;
  return {
    ...{ tag, release, assets: assets.length, state: stateOf(assets), digest: contentDigest(release) },
    ...keptBecause(release),
    manifest: { flavors: flavorsOf(release) },
    modified: new Date(release.published_at ?? 0),
    size: sum(assets.map(({ size }) => size)),
  };
}

/** What rules do not let go. */
function keptBecause(release: ListedRelease): Pick<StoredRelease, 'keptBecause'> {
  if (release.immutable) return { keptBecause: 'immutable' };
  if (flavorsOf(release).length > 0) return {};
  return { keptBecause: 'no asset names a platform' };
}

/** Of SHA256SUMS, which tells of all; where GitHub tells none, of the names and sizes. */
function contentDigest({ assets }: ListedRelease): Digest {
  const list = assets.find(({ name, state }) => name === checksumsName && state === 'uploaded');
  return list?.digest ?? stateOf(assets);
}

/** Changes with any name, size or content of an asset that GitHub tells of. */
export function stateOf(assets: readonly StoredAsset[]): Digest {
  const told = assets.map(({ id, name, size, digest }) => [name, id, size, digest ?? null]);
  return digestOf(Buffer.from(JSON.stringify(told.sort(([a], [b]) => compareText(`${a}`, `${b}`)))));
}

/** By the names that `static push` gives; what says no platform is of none. */
function flavorsOf({ assets }: ListedRelease): Flavor[] {
  const flavors = new Map<string, Flavor>();
  for (const { name, size, digest } of assets) {
    const platform = platformIn(name);
    if (!platform) continue;
    const key = Object.values(platform).join('/');
    const known: Flavor = flavors.get(key) ?? { platform, resources: [] };
    known.resources.push({ path: name, size, ...(digest && { digest }) });
    flavors.set(key, known);
  }
  return [...flavors.values()];
}
