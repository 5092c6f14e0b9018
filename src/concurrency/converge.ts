import { setTimeout as wait } from 'node:timers/promises';
import { AlbaError } from '../errors.ts';

/** Each round that does not stand was lost to another publisher who has won one; some 10 s in all. */
const rounds = 40;

/**
 * Repeats a round of reading what should be, comparing and writing, until one finds nothing to write. So the
 * last writer of several leaves the object right, also where conditional writes are ignored. `what` begins the
 * sentence of an error.
 */
export async function untilItStands(what: string, round: () => Promise<'stands' | 'written'>): Promise<void> {
  for (let count = 0; count < rounds; count += 1) {
    if (count > 1) await wait(Math.random() * Math.min(20 * count, 500));
    if ((await round()) === 'stands') return;
  }
  const remedy = 'other publishers keep changing it; publish again';
  throw new AlbaError('target', `${what} did not settle in ${rounds} rounds: ${remedy}`);
}
