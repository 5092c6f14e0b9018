import { AlbaError, Problems } from '../../errors.ts';
import { hexOf } from '../../oci/digest.ts';
import { checksumsName } from '../checksums.ts';
import { type Asset, checksumsAsset, mostAssets } from './asset.ts';
import type { GitHubRelease, GitHubReleases, StoredAsset } from './releases.ts';

/** What is to be done for an asset; one of this name that is there goes first. */
export interface AssetStep {
  readonly asset: Asset;
  readonly fate: 'pushed' | 'skipped';
  readonly instead?: StoredAsset;
}

/** How an asset is called until the one that it replaces is gone. */
export function partName({ name, digest }: Pick<Asset, 'name' | 'digest'>): string {
  return `${name}.${hexOf(digest).slice(0, 12)}.part`;
}

/** What a release on GitHub has, and what it lacks. */
export interface AssetsPlan {
  /** Undefined where there is none yet. */
  readonly release: GitHubRelease | undefined;
  /** In the order in which they are sent: the checksums last. */
  readonly steps: readonly AssetStep[];
  /** What is there of runs that were to replace an asset of these, and were killed. */
  readonly parts: readonly StoredAsset[];
}

/** What may be done to a release. */
export interface AssetsPlanOptions {
  readonly tag: string;
  /** Whether an asset with other content is replaced. */
  readonly replace: boolean;
}

/**
 * Compares assets with those of the release of a tag, and changes nothing. Throws a target error with all that is there with other
 * content, where that is not to be replaced, and where the release takes no change.
 */
export async function planAssets(
  releases: GitHubReleases,
  assets: readonly Asset[],
  { tag, replace }: AssetsPlanOptions,
): Promise<AssetsPlan> {
  const release = await releases.find(tag);
  if (!release || release.draft) await releases.assertTag(tag);
  if (!release) {
    return {
      release,
      parts: [],
      steps: [...assets, checksumsAsset(assets)].map((asset) => ({ asset, fate: 'pushed' })),
    };
  }
  const all = await releases.assets(release);
  const parts = all.filter(({ name }) => isPart(name, assets));
  const stored = all.filter((one) => !parts.includes(one));
  const steps: AssetStep[] = [];
  const problems = new Problems();
  for (const asset of [...assets, await checksumsFor(releases, stored, assets)]) {
    const there = stored.find(({ name }) => name === asset.name);
    const isSame = there !== undefined && (await releases.holds(there, asset));
    const isOurs = there?.state !== 'uploaded' || asset.name === checksumsName;
    if (there && !isSame && !isOurs && !replace && !release.immutable) {
      const has = there.digest ?? `${there.size} bytes`;
      problems.add(
        `${release.html_url} has ${asset.name} with other content (${has}, not ${asset.digest}): give it another name, or "replace"`,
      );
    }
    steps.push({
      ...{ asset, fate: isSame ? 'skipped' : 'pushed' },
      ...(there && !isSame && { instead: there }),
    });
  }
  problems.throwIfAny('target');
  assertChangeable(release, steps);
  assertRoom(release, [...stored, ...parts], steps);
  return { release, steps, parts };
}

function isPart(name: string, assets: readonly Asset[]): boolean {
  const [, whole] = /^(.+)\.[0-9a-f]{12}\.part$/.exec(name) ?? [];
  return whole === checksumsName || assets.some((asset) => asset.name === whole);
}

/** What is replaced is there beside the new one for a moment. */
function assertRoom(
  { html_url }: GitHubRelease,
  stored: readonly StoredAsset[],
  steps: readonly AssetStep[],
): void {
  const lacking = steps.filter(({ fate }) => fate === 'pushed');
  const names = new Set([...stored.map(({ name }) => name), ...lacking.map(({ asset }) => asset.name)]);
  if (lacking.length === 0 || names.size < mostAssets) return;
  const isReplacing = lacking.some(({ instead }) => instead?.state === 'uploaded');
  if (names.size === mostAssets && !isReplacing) return;
  const more = names.size === mostAssets ? ', and to replace an asset takes room for another one' : '';
  throw new AlbaError(
    'target',
    `${html_url} would have ${names.size} assets, and a release on GitHub has ${mostAssets} at most${more}: delete some there, or give "archive"`,
  );
}

function assertChangeable({ html_url, immutable, draft }: GitHubRelease, steps: readonly AssetStep[]): void {
  const lacking = steps.filter(({ fate }) => fate === 'pushed').map(({ asset }) => asset.name);
  if (!immutable || draft || lacking.length === 0) return;
  throw new AlbaError(
    'target',
    `${html_url} is published and immutable: GitHub takes no change of its assets, and it lacks ${lacking.join(', ')}, or has them with other content; publish another version`,
  );
}

/** The checksums of ours, and of other assets that the list there tells of and that are still there. */
async function checksumsFor(
  releases: GitHubReleases,
  stored: readonly StoredAsset[],
  assets: readonly Asset[],
): Promise<Asset> {
  const there = stored.find(({ name, state }) => name === checksumsName && state === 'uploaded');
  const all = checksumsAsset(assets);
  if (!there || (await releases.holds(there, all))) return all;
  const others = stored.filter(
    ({ name, state, digest }) =>
      name !== checksumsName &&
      state === 'uploaded' &&
      digest &&
      assets.every((asset) => asset.name !== name),
  );
  return checksumsAsset([
    ...assets,
    ...others.flatMap(({ name, digest }) => (digest ? { name, digest } : [])),
  ]);
}
