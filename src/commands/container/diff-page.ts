import { clip, pageWidth, tableLines } from '../../progress/columns.ts';
import { formatBytes, formatCount, formatDifference } from '../../progress/format.ts';
import type { ContainerDiffResult, PlatformDiffReport } from './diff-result.ts';

/** What is told of at most, for somebody who reads it; JSON has all. */
const most = { platforms: 64, layers: 20, files: 30, config: 30 };

type FileReport = NonNullable<PlatformDiffReport['files']>[number];

const signs = { added: '+', removed: '-', changed: '~', same: ' ' } as const;

/** How two differ, as lines of at most 80 columns: a line a platform, then what is another in each. */
export function diffPage(result: ContainerDiffResult): string[] {
  const { before, after, platforms, differs, leftOutFiles, problems } = result;
  return [
    clip(`- ${before}`, pageWidth),
    clip(`+ ${after}`, pageWidth),
    ...(differs ? [] : ['no difference']),
    '',
    ...tableLines({
      align: ['left', 'left', 'right', 'right', 'right', 'left'],
      header: [' ', 'PLATFORM', 'BEFORE', 'AFTER', 'CHANGE', 'LAYERS SHARED'],
      rows: platforms.slice(0, most.platforms).map(summaryRow),
    }),
    ...moreLines(platforms.length - most.platforms, 'platform'),
    ...platforms
      .slice(0, most.platforms)
      .filter(({ change }) => change === 'changed')
      .flatMap(platformLines),
    ...(leftOutFiles > 0 ? ['', `${formatCount(leftOutFiles, 'file')} left out, in JSON, too`] : []),
    ...(problems.length > 0 ? ['', ...problems.map((text) => `problem: ${text}`)] : []),
  ];
}

function summaryRow(platform: PlatformDiffReport): string[] {
  const { change, before, after, sharedLayers, sharedSize, layers } = platform;
  const count = layers.filter((layer) => layer.change !== 'removed').length;
  const shared = `${sharedLayers} of ${count}, ${formatBytes(sharedSize)}`;
  return [
    signs[change],
    clip(platform.platform, 30),
    before ? formatBytes(before.size) : '',
    after ? formatBytes(after.size) : '',
    before && after ? formatDifference(after.size - before.size) : '',
    before && after ? shared : change,
  ];
}

function platformLines({ platform, layers, config, files }: PlatformDiffReport): string[] {
  const others = layers.filter(({ change }) => change !== 'same');
  return [
    '',
    clip(platform, pageWidth),
    ...tableLines(
      {
        align: ['left', 'left', 'right', 'left'],
        header: [' ', 'LAYER', 'SIZE', ''],
        rows: others
          .slice(0, most.layers)
          .map(({ change, digest, size, title, createdBy }) => [
            signs[change],
            digest.replace(/^sha256:([0-9a-f]{12}).*$/, '$1'),
            formatBytes(size),
            change === 'changed' ? 'compressed in another way' : (title ?? createdBy ?? ''),
          ]),
      },
      '  ',
    ),
    ...moreLines(others.length - most.layers, 'layer'),
    ...filesLines(files),
    ...config
      .slice(0, most.config)
      .flatMap(({ name, before, after }) => [
        ...(before === undefined ? [] : [clip(`  - ${name}: ${before}`, pageWidth)]),
        ...(after === undefined ? [] : [clip(`  + ${name}: ${after}`, pageWidth)]),
      ]),
    ...moreLines(config.length - most.config, 'setting'),
  ];
}

/** Those that weigh most come first. */
function filesLines(files: PlatformDiffReport['files']): string[] {
  if (!files) return [];
  if (files.length === 0) return ['  no file differs'];
  const sorted = [...files].sort((a, b) => Math.abs(differenceOf(b)) - Math.abs(differenceOf(a)));
  return [
    ...tableLines(
      {
        align: ['left', 'right', 'right', 'left'],
        header: [' ', 'SIZE', 'CHANGE', 'FILE'],
        rows: sorted
          .slice(0, most.files)
          .map((file) => [
            signs[file.change],
            formatBytes((file.after ?? file.before)?.size ?? 0),
            formatDifference(differenceOf(file)),
            `${file.path}${remarkOn(file)}`,
          ]),
      },
      '  ',
    ),
    ...moreLines(files.length - most.files, 'file'),
  ];
}

/** In bytes. */
function differenceOf({ before, after }: FileReport): number {
  return (after?.size ?? 0) - (before?.size ?? 0);
}

/** What is another of a file besides its content. */
function remarkOn({ before, after }: FileReport): string {
  if (!before || !after) return after?.target ? ` -> ${after.target}` : '';
  const remarks = (['kind', 'mode', 'owner', 'target'] as const).flatMap((name) =>
    before[name] === after[name] ? [] : [`${name} ${before[name] ?? 'none'} -> ${after[name] ?? 'none'}`],
  );
  return remarks.length > 0 ? ` (${remarks.join(', ')})` : '';
}

function moreLines(count: number, noun: string): string[] {
  return count > 0 ? [`  and ${formatCount(count, `more ${noun}`)}: --json has all`] : [];
}
