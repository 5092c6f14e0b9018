import { formatCount, formatNames } from '../../progress/format.ts';
import type { Progress } from '../../progress/progress.ts';
import { sum } from '../../progress/sum.ts';
import type { ThinnedFrom } from './copied-release.ts';

/** Warns, once for all releases, that indexes of fewer platforms are others, and of what has lost its subject; `where` is the target. */
export function tellThinned(thinned: readonly ThinnedFrom[], where: string, progress: Progress): void {
  if (thinned.length === 0) return;
  const platforms = [...new Set(thinned.flatMap((one) => one.platforms))];
  const count = formatCount(thinned.length, 'digest', ['differs', 'differ']);
  progress.warn(
    `${where}: ${formatNames(platforms)} left out, so that ${count} from the source's: signatures of the whole index do not hold`,
  );
  const referrers = sum(thinned.map((one) => one.referrers));
  if (referrers === 0) return;
  const lost = `${formatCount(referrers, 'referrer')} (signatures and the like)`;
  progress.warn(`${where}: ${lost} left out: of indexes that are not copied as they are`);
}
