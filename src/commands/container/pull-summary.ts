import { formatBytes, formatCount, formatDuration } from '../../progress/format.ts';
import { type Cell, type Summary, type SummaryBlock, shortDigest } from '../summary.ts';
import type { ContainerPullResult } from './pull-result.ts';

/** Names of what was put right. */
const mostRestored = 50;

/** What was pulled, a platform a row, and what was put right of it. */
export function containerPullSummary(result: ContainerPullResult, took: number): Summary {
  const { source, digest, path, images, dryRun, unchanged } = result;
  const restored = images.flatMap((image) => image.restored);
  const verb = dryRun ? 'Dry run of a pull of' : unchanged ? 'Unchanged since it was pulled:' : 'Pulled';
  return {
    title: `${verb} ${source}`,
    blocks: [
      { paragraph: [sentence(result, took)] },
      {
        header: ['Platform', 'Where', 'Files', 'Size', 'Digest'],
        rows: images.map((image): Cell[] => [
          image.platform,
          { code: image.path ?? path },
          image.files === undefined ? '' : `${image.files}`,
          image.size === undefined ? '' : formatBytes(image.size),
          image.digest === undefined ? '' : shortDigest(image.digest),
        ]),
      },
      ...restoredBlocks(restored),
      { title: 'Digest in full', blocks: [{ list: [[{ code: digest }]] }] },
    ],
  };
}

function sentence(result: ContainerPullResult, took: number): string {
  const { pulledBytes, skippedBytes, missingBytes, dryRun } = result;
  const fetched = dryRun
    ? `A dry run: nothing was written. ${formatBytes(missingBytes)} would be fetched`
    : `${formatBytes(pulledBytes)} fetched`;
  return `${fetched}, ${formatBytes(skippedBytes)} already here, in ${formatDuration(took)}.`;
}

function restoredBlocks(paths: readonly string[]): SummaryBlock[] {
  if (paths.length === 0) return [];
  const list = paths.slice(0, mostRestored).map((code): Cell[] => [{ code }]);
  const more = paths.length > mostRestored ? [[`and ${paths.length - mostRestored} more`]] : [];
  return [
    {
      paragraph: [
        `${formatCount(paths.length, 'path')} had changed since the pull before, and is as it was pulled:`,
      ],
    },
    { list: [...list, ...more] },
  ];
}
