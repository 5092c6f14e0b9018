import * as v from 'valibot';
import { thisBoot } from './lock/process-identity.ts';

/**
 * Said of files that the system may not have written to the disk: to wait for that takes as long as writing them. Should the machine
 * stop before, they may have their sizes and times and be full of zeros; it was started anew then.
 */
export const unsettledSchema = v.object({
  /** The start of the machine during which they were written. */
  boot: v.string(),
  /** In ms since 1970. */
  written: v.number(),
});
export type Unsettled = v.InferOutput<typeof unsettledSchema>;

/** In ms; Linux writes what is half a minute old, and a busy disk takes its time. */
const settledAfter = 600_000;

/** What is written now. */
export function unsettledNow(): Unsettled {
  return { boot: thisBoot(), written: Date.now() };
}

/** Whether files may have been lost: the machine was started since. */
export function isDoubtful(unsettled: Unsettled | undefined): boolean {
  return unsettled !== undefined && unsettled.boot !== thisBoot();
}

/** Whether what was unsettled can be said to be on the disk by now. */
export function isSettledBy(unsettled: Unsettled | undefined, now: number): boolean {
  return unsettled !== undefined && !isDoubtful(unsettled) && now - unsettled.written > settledAfter;
}
