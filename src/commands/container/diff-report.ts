import type { PlatformDiff } from '../../inspect/diff/diff-content.ts';
import type { FileChange } from '../../inspect/diff/diff-files.ts';
import type { FileFacts } from '../../inspect/diff/file-tree.ts';
import { sum } from '../../progress/sum.ts';
import type { ContainerDiffResult, PlatformDiffReport } from './diff-result.ts';

/** Files that are told of in all: what is told is one text in the end. */
const mostFiles = 200_000;

/** What was compared, and what was read for it. */
export type ComparedSubjects = Pick<
  ContainerDiffResult,
  'before' | 'after' | 'failsOnDifference' | 'readBytes' | 'problems'
>;

/** Tells how two subjects differ. */
export function diffReport(
  diffs: readonly PlatformDiff[],
  { before, after, failsOnDifference, problems, readBytes }: ComparedSubjects,
): ContainerDiffResult {
  let left = mostFiles;
  const take = (files: readonly FileChange[]): readonly FileChange[] => {
    const taken = files.slice(0, left);
    left -= taken.length;
    return taken;
  };
  const all = sum(diffs.map(({ files = [] }) => files.length));
  return {
    ...{ before, after },
    differs: diffs.some(({ change }) => change !== 'same'),
    failsOnDifference,
    platforms: diffs.map((diff) => platformReport(diff, take)),
    readBytes,
    leftOutFiles: Math.max(0, all - mostFiles),
    problems,
  };
}

function platformReport(
  { name, change, before, after, layers, config, files }: PlatformDiff,
  take: (files: readonly FileChange[]) => readonly FileChange[],
): PlatformDiffReport {
  const shared = layers.filter((layer) => layer.change === 'same' || layer.change === 'changed');
  return {
    platform: name,
    change,
    ...(before && { before: { digest: before.digest, size: before.size } }),
    ...(after && { after: { digest: after.digest, size: after.size } }),
    sharedLayers: shared.length,
    sharedSize: sum(shared.map(({ layer }) => layer.descriptor.size)),
    layers: layers.map(({ change: of, layer: { descriptor, diffId, createdBy } }) => {
      const title = descriptor.annotations?.['org.opencontainers.image.title'];
      return {
        change: of,
        ...{ digest: descriptor.digest, size: descriptor.size },
        ...(diffId && { diffId }),
        ...(title && { title }),
        ...(createdBy && { createdBy }),
      };
    }),
    config,
    ...(files && { files: take(files).map(fileReport) }),
  };
}

function fileReport({ change, path, before, after }: FileChange) {
  return {
    ...{ change, path },
    ...(before && { before: sideOf(before) }),
    ...(after && { after: sideOf(after) }),
  };
}

function sideOf({ kind, size, mode, uid, gid, target }: FileFacts) {
  return {
    ...{ kind, size, mode: `0${mode.toString(8).padStart(3, '0')}`, owner: `${uid}:${gid}` },
    ...(target !== undefined && { target }),
  };
}
