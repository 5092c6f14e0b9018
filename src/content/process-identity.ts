import { readFileSync, readlinkSync } from 'node:fs';
import { hostname, uptime } from 'node:os';
import * as v from 'valibot';
import { once } from '../concurrency/once.ts';
import { systemCode } from '../errors.ts';

/** Which process of which machine: what tells a process that runs from one that is gone, or has the number of one. */
export const identitySchema = v.object({
  /** The machine, and the space in which its process numbers count: containers may share a name. */
  machine: v.string(),
  pid: v.pipe(v.number(), v.safeInteger(), v.minValue(1)),
  /** When it began, in the system's own words; empty where the system does not say. */
  began: v.string(),
});
export type ProcessIdentity = v.InferOutput<typeof identitySchema>;

/** This process. */
export const thisProcess = once(
  (): ProcessIdentity => ({ machine: thisMachine(), pid: process.pid, began: beginningOf(process.pid) }),
);

/** The start of the machine, another text after each; on systems without one of their own its time to ten minutes. */
export const thisBoot = once((): string => {
  try {
    return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
  } catch {
    return `${hostname()} ${Math.round((Date.now() / 1000 - uptime()) / 600)}`;
  }
});

/** Whether a process runs; undefined where this machine cannot tell. */
export function isRunning({ machine, pid, began }: ProcessIdentity): boolean | undefined {
  if (machine !== thisMachine()) return undefined;
  if (!isThere(pid)) return false;
  if (began === '') return undefined;
  return beginningOf(pid) === began;
}

/** Whether some process of this machine has that number. */
export function isThere(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (thrown) {
    return systemCode(thrown) !== 'ESRCH';
  }
}

const thisMachine = once((): string => {
  try {
    return `${hostname()} ${readlinkSync('/proc/self/ns/pid')}`;
  } catch {
    return hostname();
  }
});

/** The start of a process in ticks since that of the machine, and which start that was (proc_pid_stat(5), field 22); empty where nothing tells. */
export function beginningOf(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    const ticks = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
    return ticks === undefined ? '' : `${thisBoot()} ${ticks}`;
  } catch {
    return '';
  }
}
