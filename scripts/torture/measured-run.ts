import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { bareEnvironment, node, program } from '../../__tests__/support/alba.ts';

/** What a run of alba came to, and what it took. */
export interface MeasuredRun {
  readonly code: number | null;
  readonly stderr: string;
  readonly seconds: number;
  /** In s and MB, the latter at its highest; 0 where the system does not tell. */
  readonly cpu: number;
  readonly peak: number;
}

/** In ms: how often it is looked at. */
const between = 20;

/** Runs alba to its end, and sees how much memory it ever had and how long it worked. */
export function measureRun(words: readonly string[], cwd: string, env: object = {}): Promise<MeasuredRun> {
  const began = performance.now();
  let stderr = '';
  let seen = { peak: 0, cpu: 0 };
  const child = spawn(node, [program, ...words], {
    cwd,
    env: { ...bareEnvironment(cwd), ...env } as NodeJS.ProcessEnv,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const timer = setInterval(() => {
    seen = lookAt(child.pid) ?? seen;
  }, between);
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => {
      clearInterval(timer);
      resolve({ code, stderr, ...seen, seconds: (performance.now() - began) / 1000 });
    });
  });
}

/** proc(5): VmHWM is in kB, utime and stime in hundredths of a second. */
function lookAt(pid: number | undefined): { peak: number; cpu: number } | undefined {
  try {
    const [status, stat] = ['status', 'stat'].map((name) => readFileSync(`/proc/${pid}/${name}`, 'utf8'));
    const peak = Number(/VmHWM:\s+(\d+)/.exec(status ?? '')?.[1] ?? 0) / 1024;
    if (peak === 0) return undefined;
    const times =
      stat
        ?.slice(stat.lastIndexOf(')') + 2)
        .split(' ')
        .slice(11, 13)
        .map(Number) ?? [];
    return { peak, cpu: times.reduce((sum, one) => sum + one, 0) / 100 };
  } catch {
    return undefined;
  }
}
