import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, watch } from 'node:fs';
import { bareEnvironment, node, program } from '../../__tests__/support/alba.ts';

/** A process that ended, be it killed. */
export interface EndedRun {
  /** Null where it was killed. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** In ms, from its first change in the folder that is watched to its end; 0 where there was none. */
  readonly worked: number;
  /** In ms, from its start. */
  readonly took: number;
}

/** When it is killed: so many ms after its start, or after its first change in a folder. */
export interface Kill {
  readonly from: 'start' | 'change';
  readonly after: number;
}

/** A command line, and where it runs. */
export interface KilledOrder {
  readonly words: readonly string[];
  readonly cwd: string;
  /** The folder in which its work is first seen. */
  readonly watched: string;
  /** Where Node keeps what it compiled: a start takes a third of the time. */
  readonly compiled: string;
  /** Its folder for temporary files. */
  readonly temporary: string;
}

/** Runs alba to its end, or kills it with SIGKILL. */
export function runKilled(order: KilledOrder, kill?: Kill): Promise<EndedRun> {
  const { words, cwd, watched, compiled, temporary } = order;
  const env = { ...bareEnvironment(cwd), TMPDIR: temporary, NODE_COMPILE_CACHE: compiled };
  return new Promise((resolve, reject) => {
    const began = performance.now();
    const child: ChildProcess = spawn(node, [program, ...words], { cwd, env: env as NodeJS.ProcessEnv });
    let changed: number | undefined;
    let timer: NodeJS.Timeout | undefined;
    const arm = (): void => {
      if (kill) timer = setTimeout(() => child.kill('SIGKILL'), kill.after);
    };
    if (kill?.from === 'start') arm();
    const watcher = existsSync(watched)
      ? watch(watched, () => {
          if (changed !== undefined) return;
          changed = performance.now();
          if (kill?.from === 'change') arm();
        })
      : undefined;
    const said = { stdout: '', stderr: '' };
    for (const name of ['stdout', 'stderr'] as const) {
      child[name]?.setEncoding('utf8').on('data', (text: string) => {
        said[name] += text;
      });
    }
    child.once('error', reject);
    child.once('close', (code) => {
      clearTimeout(timer);
      watcher?.close();
      const end = performance.now();
      resolve({ code, ...said, worked: end - (changed ?? end), took: end - began });
    });
  });
}
