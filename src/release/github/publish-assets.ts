import pMap from 'p-map';
import { AlbaError } from '../../errors.ts';
import { formatNames } from '../../progress/format.ts';
import type { Progress } from '../../progress/progress.ts';
import { checksumsName } from '../checksums.ts';
import { type AssetsPlan, type AssetsPlanOptions, partName } from './plan.ts';
import type { GitHubRelease, GitHubReleases, StoredAsset } from './releases.ts';
import { replaceAsset } from './replace-asset.ts';

/** How assets are sent. */
export interface PublishAssetsOptions extends Pick<AssetsPlanOptions, 'tag'> {
  readonly isPrerelease: boolean;
  /** Of a release that comes out now. */
  readonly notes?: string | undefined;
  /** How many at once; GitHub wants few. */
  readonly concurrency: number;
  readonly progress: Progress;
}

/** A release that is out, and the assets that it has. */
export interface PublishedAssets {
  readonly release: GitHubRelease;
  readonly stored: readonly StoredAsset[];
}

/**
 * Sends what a release lacks, into a draft where there is none, the checksums last; looks whether all of it is there, and shows the
 * draft to all then. A release that is out stays out. What replaces an asset is there to its end, under another name, before that
 * is touched.
 */
export async function publishAssets(
  releases: GitHubReleases,
  { release: known, steps, parts }: AssetsPlan,
  { tag, isPrerelease, notes, concurrency, progress }: PublishAssetsOptions,
): Promise<PublishedAssets> {
  const release = known ?? (await releases.create(tag, isPrerelease, notes));
  const lacking = steps.filter(({ fate }) => fate === 'pushed');
  const isList = ({ asset }: AssetsPlan['steps'][number]) => asset.name === checksumsName;
  for (const { asset } of lacking) progress.expect(asset.size);
  const replaced: string[] = [];
  const send = async ({ asset, instead }: AssetsPlan['steps'][number]): Promise<void> => {
    const name = partName(asset);
    if (instead?.state === 'uploaded') {
      await replaceAsset(releases, release, asset, instead);
      replaced.push(asset.name);
    } else {
      if (instead) await releases.remove(instead);
      const isPart = parts.some((part) => part.name === name);
      if (isPart) await releases.rename(await releases.upload(release, { ...asset, name }), asset.name);
      else await releases.upload(release, asset);
    }
    progress.advance(asset.size);
    progress.line(`${asset.origin} -> ${asset.name}`);
  };
  try {
    await sendAll(
      lacking.filter((step) => !isList(step)),
      send,
      concurrency,
    );
    for (const step of lacking.filter(isList)) await send(step);
  } catch (failure) {
    if (replaced.length > 0 && !release.draft) {
      const are = replaced.length === 1 ? 'is' : 'are';
      progress.warn(
        `${release.html_url}: ${formatNames(replaced)} ${are} new, and ${checksumsName} still of before: run it again`,
      );
    }
    throw failure;
  }
  const used = lacking.map(({ asset }) => partName(asset));
  for (const part of parts) if (!used.includes(part.name)) await releases.remove(part);
  const stored = await releases.assets(release);
  for (const { asset } of steps) {
    const there = stored.find(({ name }) => name === asset.name);
    if (
      there?.state === 'uploaded' &&
      there.size === asset.size &&
      (there.digest ?? asset.digest) === asset.digest
    )
      continue;
    const has = there ? `has ${there.size} bytes of it, ${there.digest ?? there.state}` : 'does not have it';
    const state = release.draft ? '; the release stays a draft' : '';
    throw new AlbaError(
      'target',
      `${asset.name} was sent to ${release.html_url}, which ${has}, not ${asset.digest}${state}: try again`,
    );
  }
  if (!release.draft) {
    if (notes !== undefined)
      progress.line(`${release.html_url} was out already: its notes are left as they are`);
    return { release, stored };
  }
  const published = await releases.publish(release, notes);
  progress.line(`published ${published.html_url}`);
  return { release: published, stored: await releases.assets(published) };
}

/** Begins no more once one has failed; what is on its way comes to its end before that is thrown. */
async function sendAll(
  steps: AssetsPlan['steps'],
  send: (step: AssetsPlan['steps'][number]) => Promise<void>,
  concurrency: number,
): Promise<void> {
  const failures: unknown[] = [];
  const sendUnlessFailed = async (step: AssetsPlan['steps'][number]): Promise<void> => {
    if (failures.length === 0) await send(step).catch((failure: unknown) => failures.push(failure));
  };
  await pMap(steps, sendUnlessFailed, { concurrency });
  if (failures.length > 0) throw failures[0];
}
