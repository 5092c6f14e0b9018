import { spellPlatform } from '../../oci/platform.ts';
import { sum } from '../../progress/sum.ts';
import { aboutOf } from '../../release/about.ts';
import type { Step } from '../../release/delivery.ts';
import type { Draft } from '../../release/draft.ts';
import { storedKey } from '../../release/in-folders.ts';
import { installLine } from '../../release/install/installer.ts';
import { fileKey, pageKey, tagKey } from '../../release/keys.ts';
import { pathOf } from '../../source/tree/file.ts';
import { whereIs } from '../../storage/bytes.ts';
import { encodeKey } from '../../storage/encode-key.ts';
import type { Reached, TargetState } from '../reached.ts';
import type { StaticPushRequest } from './push-request.ts';
import type { FileReport, PlatformReport, StaticPushResult } from './push-result.ts';

/** What people meet first of a release on one target. */
export interface Front {
  /** Whether there is a page to download from. */
  readonly hasPage: boolean;
  /** The URL of the folder that `install.sh` lies in, if there is one. */
  readonly installerUrl: string | undefined;
}

/** Tells of a publication what later steps and people want to know; `front` is that of the first target. */
export function staticResultOf(
  request: StaticPushRequest,
  drafts: readonly Draft[],
  { hasPage, installerUrl }: Front,
): StaticPushResult {
  const { release, publicUrl, dryRun } = request;
  const [first] = drafts;
  if (!first) throw new Error('a release without a target');
  const key = tagKey(release);
  const firstKey = storedKey(first.storage, key);
  const placeOf = (stored: string): string =>
    publicUrl ? `${publicUrl}/${encodeKey(stored)}` : whereIs(first.storage, stored);
  const targets = drafts.map(({ storage, digest, steps }) => {
    const bytes = sizeOf(steps, (fate) => fate === 'pushed');
    return {
      url: whereIs(storage, storedKey(storage, key)),
      digest,
      pushedBytes: dryRun ? 0 : bytes,
      skippedBytes: sizeOf(steps, (fate) => fate !== 'pushed'),
      missingBytes: dryRun ? bytes : 0,
    };
  });
  return {
    name: release.name,
    tag: release.tag,
    url: placeOf(firstKey),
    ...(hasPage && { page: placeOf(pageKey(release.name)) }),
    ...(installerUrl !== undefined && { install: installLine(installerUrl) }),
    ...aboutOf(first.manifest),
    digest: first.digest,
    platforms: platformsOf(first),
    files: filesOf(first, publicUrl),
    targets,
    pushedBytes: sum(targets.map(({ pushedBytes }) => pushedBytes)),
    skippedBytes: sum(targets.map(({ skippedBytes }) => skippedBytes)),
    missingBytes: sum(targets.map(({ missingBytes }) => missingBytes)),
    dryRun,
  };
}

/** What a push that failed has come to, with what it has published in its outputs. */
export function staticReachedBy(
  { release, publicUrl }: StaticPushRequest,
  drafts: readonly Draft[],
  stages: ReadonlyMap<Draft, TargetState['stage']>,
): Reached {
  const targets = drafts.map((draft, at) => {
    const { storage, digest } = draft;
    const key = storedKey(storage, tagKey(release));
    const where = whereIs(storage, key);
    const served = at === 0 && publicUrl ? `${publicUrl}/${encodeKey(key)}` : where;
    return { url: where, stage: stages.get(draft) ?? ('untouched' as const), references: [served], digest };
  });
  const [first] = targets.filter(({ stage }) => stage === 'published');
  if (!first) return { targets, outputs: {} };
  return { targets, outputs: { digest: first.digest, url: first.references.join('') } };
}

function filesOf({ files, release }: Draft, publicUrl: string | undefined): FileReport[] {
  return files.map((file) => ({
    platform: spellPlatform(file.platform),
    path: pathOf(file),
    size: file.size,
    digest: file.digest,
    executable: file.executable,
    ...(publicUrl && { url: `${publicUrl}/${encodeKey(fileKey(release, pathOf(file)))}` }),
  }));
}

function platformsOf({ files, manifest }: Draft): Record<string, PlatformReport> {
  const reports = manifest.flavors.map(({ platform }) => {
    const name = spellPlatform(platform);
    const own = files.filter((file) => spellPlatform(file.platform) === name);
    return [name, { files: own.length, size: sum(own.map(({ size }) => size)) }] as const;
  });
  return Object.fromEntries(reports);
}

function sizeOf(steps: readonly Step[], isWanted: (fate: Step['fate']) => boolean): number {
  return sum(steps.filter(({ fate }) => isWanted(fate)).map(({ file }) => file.size));
}
