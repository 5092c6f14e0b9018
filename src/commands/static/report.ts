import type { Digest } from '../../oci/digest.ts';
import { formatPlatform } from '../../oci/platform.ts';
import { sum } from '../../progress/sum.ts';
import type { Step } from '../../release/delivery.ts';
import type { Draft } from '../../release/draft.ts';
import { storedKey } from '../../release/in-folders.ts';
import { fileKey, tagKey } from '../../release/keys.ts';
import { pathOf } from '../../source/tree/file.ts';
import { whereIs } from '../../storage/bytes.ts';
import { encodeKey } from '../../storage/encode-key.ts';
import type { StaticPushRequest } from './push-request.ts';

/** One file of a release, as it is published. */
export interface FileReport {
  readonly platform: string;
  /** Below the tag: `linux/arm64/bin/app`. */
  readonly path: string;
  /** In bytes. */
  readonly size: number;
  readonly digest: Digest;
  readonly executable: boolean;
  /** Where it is served, if that is known. */
  readonly url?: string;
}

/** What one platform has. */
export interface PlatformReport {
  readonly files: number;
  /** In bytes. */
  readonly size: number;
}

/** What one target has got; in bytes, of files alone. */
export interface StaticTargetReport {
  /** Of the tag there. */
  readonly url: string;
  /** Of the tag's manifest there. */
  readonly digest: Digest;
  readonly pushedBytes: number;
  /** There already, or copied by the server. */
  readonly skippedBytes: number;
  /** What a dry run found to be missing. */
  readonly missingBytes: number;
}

/** What became of a push; the shape of the `metadata` output. */
export interface StaticPushResult {
  readonly name: string;
  readonly tag: string;
  /** Of the tag: where it is served if that is known, on the first target otherwise. */
  readonly url: string;
  /** Of the tag's manifest on the first target. */
  readonly digest: Digest;
  readonly platforms: Readonly<Record<string, PlatformReport>>;
  readonly files: readonly FileReport[];
  readonly targets: readonly StaticTargetReport[];
  readonly pushedBytes: number;
  readonly skippedBytes: number;
  readonly missingBytes: number;
  readonly dryRun: boolean;
}

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
    platform: formatPlatform(file.platform),
    path: pathOf(file),
    size: file.size,
    digest: file.digest,
    executable: file.executable,
    ...(publicUrl && { url: `${publicUrl}/${encodeKey(fileKey(release, pathOf(file)))}` }),
  }));
}

function platformsOf({ files, manifest }: Draft): Record<string, PlatformReport> {
  const reports = manifest.flavors.map(({ platform }) => {
    const name = formatPlatform(platform);
    const own = files.filter((file) => formatPlatform(file.platform) === name);
    return [name, { files: own.length, size: sum(own.map(({ size }) => size)) }] as const;
  });
  return Object.fromEntries(reports);
}

function sizeOf(steps: readonly Step[], isWanted: (fate: Step['fate']) => boolean): number {
  return sum(steps.filter(({ fate }) => isWanted(fate)).map(({ file }) => file.size));
}
