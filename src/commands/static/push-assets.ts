import { makeTemporaryFolder } from '../../content/temporary-folder.ts';
import { formatBytes, formatCount } from '../../progress/format.ts';
import type { Progress } from '../../progress/progress.ts';
import { sum } from '../../progress/sum.ts';
import { checksumsName } from '../../release/checksums.ts';
import { archiveAssets } from '../../release/github/archive.ts';
import { checkAssets, fileAssets } from '../../release/github/asset.ts';
import { type AssetsPlan, planAssets } from '../../release/github/plan.ts';
import { publishAssets } from '../../release/github/publish-assets.ts';
import { GitHubReleases, type StoredAsset } from '../../release/github/releases.ts';
import type { Reached } from '../reached.ts';
import { openAssetsApi } from './assets-place.ts';
import { readStaticFiles } from './files.ts';
import type { PushAssetsRequest } from './push-assets-request.ts';
import type { PlatformReport, StaticPushResult } from './push-result.ts';
import { readNotes } from './read-about.ts';

/** Plain files by platform become assets of a release on GitHub, which nobody sees before all of them are there. */
export async function pushAssets(
  request: PushAssetsRequest,
  progress: Progress,
  follow: (reached: () => Reached) => void,
): Promise<StaticPushResult> {
  const { archive, template, release, gitTag, dryRun } = request;
  await using temporary = makeTemporaryFolder(request.temporaryDirectory);
  progress.group('Read files');
  const given = request.notes;
  const notes = given === undefined ? undefined : await readNotes(given, release.tag, request.directory);
  const files = await readStaticFiles(request, temporary.path, progress);
  const assets = archive
    ? await archiveAssets(files, archive, template, release, temporary.path)
    : fileAssets(files, template, release);
  checkAssets(assets);

  progress.group('Compare with the release');
  const github = await openAssetsApi(request.github, { progress, signal: new AbortController().signal });
  try {
    const releases = new GitHubReleases(github, request.repository);
    const plan = await planAssets(releases, assets, { tag: gitTag, replace: request.replace });
    const url = `github-release:${request.repository}`;
    tellPlan(plan, url, dryRun, progress);
    const pageUrl = plan.release?.html_url ?? `${url}#${gitTag}`;
    if (dryRun) return resultOf(request, plan, pageUrl, []);
    progress.group('Publish');
    follow(() => ({
      targets: [
        { url: pageUrl, stage: plan.release?.draft === false ? 'unsure' : 'begun', references: [pageUrl] },
      ],
      outputs: {},
    }));
    const { isPrerelease, concurrency = 1 } = request;
    const sending = { tag: gitTag, isPrerelease, notes, concurrency, progress };
    const { release: published, stored } = await publishAssets(releases, plan, sending);
    return resultOf(request, plan, published.html_url, stored);
  } finally {
    await github.close();
  }
}

function tellPlan({ release, steps }: AssetsPlan, url: string, dryRun: boolean, progress: Progress): void {
  const state = !release
    ? 'no release yet'
    : release.draft
      ? `the draft ${release.html_url}`
      : release.html_url;
  const parts = (['pushed', 'skipped'] as const).flatMap((fate) => {
    const own = steps.filter((step) => step.fate === fate);
    const size = formatBytes(sum(own.map(({ asset }) => asset.size)));
    const doing = fate === 'pushed' ? 'to send' : 'there already';
    return own.length > 0 ? `${formatCount(own.length, 'asset')} (${size}) ${doing}` : [];
  });
  progress.line(`${url}: ${state}: ${parts.join(', ')}`);
  for (const { asset, fate, instead } of steps) {
    if (instead) {
      const why = instead.state === 'uploaded' ? 'has other content' : 'was not sent to its end';
      progress.line(`${asset.name} ${why}: ${dryRun ? 'would be replaced' : 'replaced'}`);
    }
    if (dryRun)
      progress.line(`${asset.origin} -> ${asset.name}: ${fate === 'pushed' ? 'to send' : 'there already'}`);
  }
}

function resultOf(
  { release, dryRun }: PushAssetsRequest,
  { steps }: AssetsPlan,
  url: string,
  stored: readonly StoredAsset[],
): StaticPushResult {
  const sizeOf = (fate: 'pushed' | 'skipped') =>
    sum(steps.flatMap((step) => (step.fate === fate ? step.asset.size : [])));
  const lacking = sizeOf('pushed');
  const bytes = {
    ...{ pushedBytes: dryRun ? 0 : lacking, missingBytes: dryRun ? lacking : 0 },
    skippedBytes: sizeOf('skipped'),
  };
  const files = steps.flatMap(({ asset: { name, platform, size, digest, executable } }) => {
    if (platform === undefined) return [];
    const served = stored.find((one) => one.name === name)?.browser_download_url;
    return [{ platform, path: name, size, digest, executable, ...(served && { url: served }) }];
  });
  const platforms: Record<string, PlatformReport> = {};
  for (const { platform, size } of files) {
    const known = platforms[platform] ?? { files: 0, size: 0 };
    platforms[platform] = { files: known.files + 1, size: known.size + size };
  }
  const digest = steps.find(({ asset }) => asset.name === checksumsName)?.asset.digest;
  if (digest === undefined) throw new Error('a release without checksums');
  return {
    ...{ name: release.name, tag: release.tag, url, digest, platforms, files },
    ...{ targets: [{ url, digest, ...bytes }], ...bytes, dryRun },
  };
}
