import { setTimeout as wait } from 'node:timers/promises';
import { AlbaError } from '../errors.ts';

/** Each round that does not stand was lost to another publisher who has won one; some 10 s in all. */
const rounds = 40;

/**
 * Repeats `round` (read, compare, write) until it answers `stands`. Throws a target error that begins with `what`
 * after so many rounds. So two writers of one list leave it right without conditional writes.
 */
export async function untilItStands(what: string, round: () => Promise<'stands' | 'written'>): Promise<void> {
  for (let count = 0; count < rounds; count += 1) {
    if (count > 1) await wait(Math.random() * Math.min(20 * count, 500));
    if ((await round()) === 'stands') return;
  }
  const remedy = 'other publishers keep changing it; publish again';
  throw new AlbaError('target', `${what} did not settle in ${rounds} rounds: ${remedy}`);
}
