import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Ended, runAlba, type SpawnOptions } from './alba.ts';

/** How a run ended, and what it took. */
export interface Measured extends Ended {
  /** In MiB: the most memory that the process had. */
  readonly peak: number;
  /** In seconds, by the clock. */
  readonly seconds: number;
}

/** Runs the command line, which tells of its memory when it ends; one that is killed tells of none, which is Infinity. */
export async function runMeasured(args: readonly string[], options: SpawnOptions = {}): Promise<Measured> {
  const folder = mkdtempSync(join(tmpdir(), 'alba-measured-'));
  const file = join(folder, 'kilobytes');
  const teller = tellerOf(file);
  const began = performance.now();
  try {
    const ended = await runAlba(args, {
      ...options,
      env: { ...options.env, NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(teller)}` },
    });
    return { ...ended, peak: peakIn(file), seconds: (performance.now() - began) / 1000 };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** On Linux `maxRSS` begins with what the process had that started this one, `VmHWM` does not. */
function tellerOf(file: string): string {
  return `import { existsSync, readFileSync, writeFileSync } from 'node:fs';
    import { isMainThread } from 'node:worker_threads';
    const status = '/proc/self/status';
    const peak = () => existsSync(status)
      ? /VmHWM:\\s+(\\d+)/.exec(readFileSync(status, 'utf8'))[1]
      : process.resourceUsage().maxRSS;
    if (isMainThread) process.on('exit', () => writeFileSync(${JSON.stringify(file)}, String(peak())));`;
}

function peakIn(file: string): number {
  try {
    return Number(readFileSync(file, 'utf8')) / 1024;
  } catch {
    return Number.POSITIVE_INFINITY;
  }
}
