import { formatBytes, formatCount, formatDifference } from '../../progress/format.ts';
import type { Summary, SummaryBlock } from '../summary.ts';
import type { ContainerDiffResult, PlatformDiffReport } from './diff-result.ts';

/** Rows of a table; GitHub shows at most 1 MiB of a page. */
const most = 100;

/** How two differ: a platform a row, then the files of each, and what configs say differently, folded up. */
export function containerDiffSummary(result: ContainerDiffResult): Summary {
  const { before, after, differs, platforms } = result;
  return {
    title: differs ? 'Differences' : 'No difference',
    blocks: [
      { paragraph: [{ code: before }, ' and ', { code: after }] },
      {
        header: ['Platform', 'Before', 'After', 'Change', 'Layers shared'],
        rows: platforms
          .slice(0, most)
          .map((one) => [
            one.platform,
            one.before ? formatBytes(one.before.size) : '',
            one.after ? formatBytes(one.after.size) : '',
            one.before && one.after ? formatDifference(one.after.size - one.before.size) : one.change,
            `${one.sharedLayers} of ${one.layers.filter(({ change }) => change !== 'removed').length}`,
          ]),
      },
      ...platforms.slice(0, most).flatMap(platformBlocks),
    ],
  };
}

function platformBlocks({ platform, files = [], config }: PlatformDiffReport): SummaryBlock[] {
  const blocks: SummaryBlock[] = [
    ...(config.length > 0
      ? [
          {
            header: ['Setting', 'Before', 'After'],
            rows: config.slice(0, most).map((one) => [one.name, one.before ?? '', one.after ?? '']),
          },
        ]
      : []),
    ...(files.length > 0
      ? [
          {
            header: ['File', 'What', 'Before', 'After'],
            rows: files
              .slice(0, most)
              .map((file) => [
                file.path,
                file.change,
                file.before ? formatBytes(file.before.size) : '',
                file.after ? formatBytes(file.after.size) : '',
              ]),
          },
        ]
      : []),
    ...(files.length > most ? [{ paragraph: [`and ${formatCount(files.length - most, 'more file')}`] }] : []),
  ];
  return blocks.length > 0 ? [{ title: `${platform}: ${formatCount(files.length, 'file')}`, blocks }] : [];
}
