import { execFileSync } from 'node:child_process';
import { AlbaError, systemCode } from '../../errors.ts';
import type { PlannedEntry } from './tree-plan.ts';

/** Makes a device or a pipe by the system's `mknod` and `mkfifo`, as Node has neither. A target error where that does not work out. */
export function makeSpecial(location: string | Buffer, { kind, device, path }: PlannedEntry): void {
  const isPipe = kind === 'pipe';
  const program = isPipe ? 'mkfifo' : 'mknod';
  const numbers = device ? [kind === 'block-device' ? 'b' : 'c', `${device.major}`, `${device.minor}`] : [];
  try {
    execFileSync(program, ['-m', '600', '--', `${location}`, ...(isPipe ? [] : numbers)], {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
  } catch (cause) {
    const why =
      systemCode(cause) === 'ENOENT'
        ? `keep-special needs the program ${program}, which is not here`
        : `${program} says "${saidBy(cause)}"; devices can be made by root alone`;
    throw new AlbaError('target', `cannot make the ${isPipe ? 'pipe' : 'device'} ${path}: ${why}`, { cause });
  }
}

function saidBy(cause: unknown): string {
  const said = cause instanceof Error && 'stderr' in cause ? String(cause.stderr) : '';
  return said.trim().split('\n').at(-1) ?? '';
}
