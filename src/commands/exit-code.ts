import { constants } from 'node:os';
import type { Stopped } from '../errors.ts';

/** The exit code of a process that a signal ended, as shells have it: 130 for SIGINT, 143 for SIGTERM. */
export function exitCodeOf({ signal }: Stopped): number {
  return 128 + constants.signals[signal];
}
