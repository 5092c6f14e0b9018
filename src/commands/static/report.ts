import { spellPlatform } from '../../oci/platform.ts';
import { sum } from '../../progress/sum.ts';
import type { Step } from '../../release/delivery.ts';
import type { Draft } from '../../release/draft.ts';
import { storedKey } from '../../release/in-folders.ts';
import { fileKey, tagKey } from '../../release/keys.ts';
import { pathOf } from '../../source/tree/file.ts';
import { whereIs } from '../../storage/bytes.ts';
import { encodeKey } from '../../storage/encode-key.ts';
import type { StaticPushRequest } from './push-request.ts';
import type { FileReport, PlatformReport, StaticPushResult } from './push-result.ts';

/** Tells of a publication what later steps and people want to know. */
export function staticResultOf(request: StaticPushRequest, drafts: readonly Draft[]): StaticPushResult {
  const { release, publicUrl, dryRun } = request;
  const [first] = drafts;
  if (!first) throw new Error('a release without a target');
  const key = tagKey(release);
  const firstKey = storedKey(first.storage, key);
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
    url: publicUrl ? `${publicUrl}/${encodeKey(firstKey)}` : whereIs(first.storage, firstKey),
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
