import { shortened } from '../oci/digest.ts';
import { alignedRows } from '../progress/columns.ts';
import { formatBytes } from '../progress/format.ts';
import type { ListingResult, TagReport } from './listing-result.ts';
import type { Summary } from './summary.ts';

/** One a line; with more than the tag, in columns. */
export function listingLines({ names, repositories }: ListingResult): string[] {
  const several = repositories.length > 1;
  return [
    ...names,
    ...repositories.flatMap(({ reference, tags }) => [
      ...(several ? [`${reference}:`] : []),
      ...alignedRows(tags.map(cellsOf)),
    ]),
  ];
}

/** The page of a run of a workflow. */
export function listingSummary({ names, repositories }: ListingResult): Summary {
  return {
    title:
      repositories.length > 0
        ? `Tags of ${repositories.map(({ reference }) => reference).join(', ')}`
        : 'Names',
    blocks: [
      ...(names.length > 0 ? [{ list: names.map((code) => [{ code }]) }] : []),
      ...repositories.map(({ tags }) => ({
        header: ['Tag', 'Digest', 'Made', 'Size', 'Of its own', 'Platforms'],
        rows: tags.map((tag) => {
          const cells = cellsOf(tag);
          return ['', '', '', '', '', ''].map((empty, at) => cells[at] ?? empty);
        }),
      })),
    ],
  };
}

function cellsOf({ tag, digest: named, platforms = [], size, uniqueBytes, time }: TagReport): string[] {
  if (named === undefined) return [tag];
  return [
    tag,
    shortened(named),
    time?.slice(0, 16).replace('T', ' ') ?? '-',
    size === undefined ? '-' : formatBytes(size),
    uniqueBytes === undefined ? '-' : formatBytes(uniqueBytes),
    platforms.join(','),
  ];
}
