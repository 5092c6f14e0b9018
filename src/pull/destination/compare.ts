import { isDeepStrictEqual } from 'node:util';
import { shownPath } from '../../progress/format.ts';
import type { DestinationOptions, Pulled, Standing } from '../destination.ts';
import { isDoubtful, isSettledBy } from '../settled.ts';
import { differences } from './differences.ts';
import { readTreeStats } from './entries.ts';
import { type DestinationLayout, innerFolder } from './layout.ts';
import type { FoundDestination } from './look.ts';
import type { DestinationRecord } from './record.ts';

/** What a comparison came to; with the record of a tree that is on the disk by now, which the record does not say. */
interface Comparison {
  readonly standing: Standing;
  readonly settled?: DestinationRecord;
}

/** Compares what is at a destination with what is wanted there: by its record, and by what stat says of each entry. */
export function compareDestination(
  layout: DestinationLayout,
  { kind, isFull, tree, record }: FoundDestination,
  wanted: Pulled,
  { current, directory, progress }: DestinationOptions,
): Comparison {
  if (!isFull && !(record && tree)) return { standing: { kind: 'new' } };
  if (!record || !tree) return { standing: { kind: 'other', paths: [] } };
  const { pulled } = record;
  const paths = record.entries && differences(record.entries, readTree(layout, tree));
  const other: Comparison = { standing: { kind: 'other', pulled, paths: paths ?? [] } };
  const isForm = current === (kind === 'link');
  if (!isForm || !paths || !isSamePull(pulled, wanted)) return other;
  if (isDoubtful(record.unsettled)) {
    progress.line(
      `${shownPath(layout.path, directory)} was written before this machine was last started, and may not be whole: it is pulled again`,
    );
    return other;
  }
  if (paths.length > 0) return { standing: { kind: 'changed', paths } };
  const standing: Standing = { kind: 'same', pulled };
  return isSettledBy(record.unsettled, Date.now()) ? { standing, settled: record } : { standing };
}

/** The stats of a tree, read as they are asked for, without what lies there that is ours. */
export function readTree({ inPlace }: DestinationLayout, tree: string): ReturnType<typeof readTreeStats> {
  return readTreeStats(tree, inPlace === undefined ? undefined : innerFolder);
}

function isSamePull(one: Pulled, other: Pulled): boolean {
  const fields = ({ digest, platform, options }: Pulled) => [digest, platform ?? null, options];
  return isDeepStrictEqual(fields(one), fields(other));
}
