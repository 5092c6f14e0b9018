import { formatBytes, formatCount, formatDuration } from '../progress/format.ts';
import type { Cell, SummaryBlock } from './summary.ts';

/** Names of what was put right. */
const mostRestored = 50;

/** What a page tells of every pull. */
interface PullFacts {
  readonly source: string;
  readonly pulledBytes: number;
  readonly skippedBytes: number;
  readonly missingBytes: number;
  readonly unchanged: boolean;
  readonly dryRun: boolean;
}

/** The title of the page of a pull. */
export function pullTitle({ source, dryRun, unchanged }: PullFacts): string {
  if (dryRun) return `Dry run of a pull of ${source}`;
  return `${unchanged ? 'Unchanged since it was pulled:' : 'Pulled'} ${source}`;
}

/** A sentence of how much was fetched, and how long it took, in milliseconds. */
export function pullSentence(
  { pulledBytes, skippedBytes, missingBytes, dryRun }: PullFacts,
  took: number,
): string {
  const fetched = dryRun
    ? `A dry run: nothing was written. ${formatBytes(missingBytes)} would be fetched`
    : `${formatBytes(pulledBytes)} fetched`;
  return `${fetched}, ${formatBytes(skippedBytes)} already here, in ${formatDuration(took)}.`;
}

/** What was put right; nothing where nothing was. */
export function restoredBlocks(paths: readonly string[]): SummaryBlock[] {
  if (paths.length === 0) return [];
  const list = paths.slice(0, mostRestored).map((code): Cell[] => [{ code }]);
  const more = paths.length > mostRestored ? [[`and ${paths.length - mostRestored} more`]] : [];
  const are = paths.length === 1 ? 'is as it was' : 'are as they were';
  const told = `${formatCount(paths.length, 'path')} had changed since the pull before, and ${are} pulled:`;
  return [{ paragraph: [told] }, { list: [...list, ...more] }];
}
