import { formatBytes } from '../../progress/format.ts';
import { bytesSummary, summaryTitle, targetsSummary } from '../push.ts';
import { type Cell, type Summary, type SummaryBlock, shortDigest } from '../summary.ts';
import type { FileReport, StaticPushResult } from './push-result.ts';

/** Files listed; GitHub shows at most 1 MiB of a page. */
const maxFiles = 200;

/** Files that are seen without unfolding them. */
const shownFiles = 20;

/** What was published: where it is, how to install it, platforms, targets, notes, and files, with their digests at the end. */
export function staticPushSummary(result: StaticPushResult, took: number): Summary {
  const { name, tag, platforms, targets, url, page, install, created, notes, source, digest } = result;
  const day = created === undefined ? '' : `, of ${created.slice(0, 10)}`;
  const files = result.files.slice(0, maxFiles);
  const rest = result.files.length - files.length;
  const more: SummaryBlock[] = rest > 0 ? [{ paragraph: [`and ${rest} more`] }] : [];
  const table = [filesTable(files), ...more];
  return {
    title: summaryTitle(`${name}:${tag}`, result),
    blocks: [
      ...(page === undefined ? [] : [{ paragraph: ['Page to download from: ', linked(page)] }]),
      { paragraph: ['The tag: ', linked(url), day] },
      ...(source === undefined ? [] : [{ paragraph: ['Its source: ', linked(source)] }]),
      ...(install === undefined
        ? []
        : [{ paragraph: ['To install the newest release:'] }, { command: install }]),
      bytesSummary(result, took),
      {
        header: ['Platform', 'Files', 'Size'],
        rows: Object.entries(platforms).map(([platform, { files: count, size }]) => [
          platform,
          `${count}`,
          formatBytes(size),
        ]),
      },
      targetsSummary(targets, result),
      ...(notes === undefined ? [] : [{ paragraph: ['What is new:'] }, { notes }]),
      ...(files.length > shownFiles ? [{ title: `${result.files.length} files`, blocks: table }] : table),
      {
        title: 'Digests in full',
        blocks: [
          {
            list: [
              ['manifest of the tag ', { code: digest }],
              ...files.map((file): Cell[] => [`${file.path} `, { code: file.digest }]),
            ],
          },
          ...more,
        ],
      },
    ],
  };
}

function filesTable(files: readonly FileReport[]): SummaryBlock {
  return {
    header: ['File', 'Size', 'Digest'],
    rows: files.map(({ path, size, digest, url }) => [
      url ? { text: path, url } : path,
      formatBytes(size),
      shortDigest(digest),
    ]),
  };
}

/** A link where a browser can follow it. */
function linked(address: string): Cell {
  return /^https?:\/\//.test(address) ? { text: address, url: address } : { code: address };
}
