import { statfsSync } from 'node:fs';
import * as v from 'valibot';
import { thisBoot } from '../content/process-identity.ts';

/**
 * Said of files that the system may not have written to the disk: to wait for that takes as long as writing them. Should the machine
 * stop before, they may have their sizes and times and be full of zeros; it was started anew then.
 */
export const unsettledSchema = v.object({
  /** The start of the machine during which they were written. */
  boot: v.string(),
  /** In ms since 1970. */
  written: v.number(),
  /** Of the file that says so: files that were copied from elsewhere, as out of a cache, are others, and all there. */
  inode: v.optional(v.string()),
});
export type Unsettled = v.InferOutput<typeof unsettledSchema>;

/** In ms; Linux writes what is half a minute old, and a busy disk takes its time. */
const settledAfter = 600_000;

/** NFS, CIFS and SMB 2, which have written a file when it is closed (statfs(2)). */
const remote: ReadonlySet<number> = new Set([0x6969, 0xff534d42, 0xfe534d42]);

/** What is written now, in a folder; undefined where that is on the disk already. */
export function unsettledNow(folder: string, inode?: string): Unsettled | undefined {
  if (remote.has(statfsSync(folder).type)) return undefined;
  return { boot: thisBoot(), written: Date.now(), ...(inode !== undefined && { inode }) };
}

/** Whether files may have been lost: the machine was started since. `inode` is that of the file that tells of them, if it matters. */
export function isDoubtful(unsettled: Unsettled | undefined, inode?: string): boolean {
  return unsettled !== undefined && unsettled.boot !== thisBoot() && unsettled.inode === inode;
}

/** Whether what was unsettled can be said to be on the disk by now. */
export function isSettledBy(unsettled: Unsettled | undefined, now: number): boolean {
  return unsettled !== undefined && unsettled.boot === thisBoot() && now - unsettled.written > settledAfter;
}
