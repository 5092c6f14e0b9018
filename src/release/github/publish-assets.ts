import pMap from 'p-map';
import { AlbaError } from '../../errors.ts';
import type { Progress } from '../../progress/progress.ts';
import { checksumsName } from '../checksums.ts';
import { type AssetsPlan, type AssetsPlanOptions, partName } from './plan.ts';
import type { GitHubRelease, GitHubReleases, StoredAsset } from './releases.ts';

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
 * draft to all then. A release that is out stays out. What replaces an asset is there to its end, under another name, before that is
 * deleted.
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
  const send = async ({ asset, instead }: AssetsPlan['steps'][number]): Promise<void> => {
    const name = partName(asset);
    const isWhole = instead?.state === 'uploaded';
    if (instead && !isWhole) await releases.remove(instead);
    if (isWhole || parts.some((part) => part.name === name)) {
      const part = await releases.upload(release, { ...asset, name });
      if (isWhole) await releases.remove(instead);
      await releases.rename(part, asset.name);
    } else await releases.upload(release, asset);
    progress.advance(asset.size);
    progress.line(`${asset.origin} -> ${asset.name}`);
  };
  await pMap(
    lacking.filter((step) => !isList(step)),
    send,
    { concurrency },
  );
  for (const step of lacking.filter(isList)) await send(step);
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
