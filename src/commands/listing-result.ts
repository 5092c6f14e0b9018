import * as v from 'valibot';
import { formatBytes } from '../progress/format.ts';
import { count, digest, label, many } from './result.ts';
import type { Summary } from './summary.ts';

const tagReport = v.strictObject({
  tag: label('The tag'),
  digest: v.exactOptional(digest('Of what it names')),
  platforms: v.exactOptional(v.pipe(many(v.string()), v.description('Such as linux/arm64'))),
  size: v.exactOptional(count('In bytes: all that it leads to')),
  uniqueBytes: v.exactOptional(count('In bytes: what no other digest leads to')),
  time: v.exactOptional(label('When it was made or moved, as ISO 8601')),
  timeFrom: v.exactOptional(label('Who says so: stored (the target), annotation, config')),
});

/** What `ls` tells: names, or the tags of each, newest first. */
export const listingResult = v.strictObject({
  names: v.pipe(many(v.string()), v.description('What is there by name, where no name was given')),
  repositories: many(v.strictObject({ reference: label('Whose tags these are'), tags: many(tagReport) })),
});

export type ListingResult = v.InferOutput<typeof listingResult>;

/** A tag in it. */
export type TagReport = v.InferOutput<typeof tagReport>;

/** One a line; with more than the tag, in columns. */
export function listingLines({ names, repositories }: ListingResult): string[] {
  const several = repositories.length > 1;
  return [
    ...names,
    ...repositories.flatMap(({ reference, tags }) => [
      ...(several ? [`${reference}:`] : []),
      ...columns(tags.map(cellsOf)),
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
    named.slice(7, 19),
    time?.slice(0, 16).replace('T', ' ') ?? '-',
    size === undefined ? '-' : formatBytes(size),
    uniqueBytes === undefined ? '-' : formatBytes(uniqueBytes),
    platforms.join(','),
  ];
}

function columns(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, at) => Math.max(...rows.map((row) => row[at]?.length ?? 0)));
  return rows.map((row) =>
    row
      .map((cell, at) => cell.padEnd(widths[at] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}
