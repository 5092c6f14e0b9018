import { AlbaError, messageOf } from '../../errors.ts';
import { digestOf } from '../../oci/digest.ts';
import type { Asset } from './asset.ts';
import { partName } from './plan.ts';
import type { GitHubRelease, GitHubReleases, StoredAsset } from './releases.ts';

/**
 * Puts an asset in the place of one that is there to its end: sent under another name, it gets its own once the old one is called
 * otherwise, which is deleted last. Where that fails on the way the old one gets its name back; the error says how the asset stands.
 */
export async function replaceAsset(
  releases: GitHubReleases,
  release: GitHubRelease,
  asset: Asset,
  old: StoredAsset,
): Promise<void> {
  const { name } = asset;
  const part = await releases.upload(release, { ...asset, name: partName(asset) });
  try {
    await releases.rename(old, partName({ name, digest: digestOf(Buffer.from(`${old.id}`)) }));
    await releases.rename(part, name);
  } catch (failure) {
    const stands = await releases.rename(old, name).then(
      () => `${name} stays as it was`,
      () => `${name} is missing from ${release.html_url} now: the same run again puts it there`,
    );
    const code = failure instanceof AlbaError ? failure.code : 'target';
    throw new AlbaError(code, `${messageOf(failure)}; ${stands}`, { cause: failure });
  }
  await releases.remove(old);
}
