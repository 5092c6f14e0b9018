import { execFile } from 'node:child_process';
import process from 'node:process';
import { requireTool } from './tools.ts';

export interface RunOptions {
  readonly cwd?: string;
  /** Added to the environment of this process. */
  readonly env?: Readonly<Record<string, string>>;
  /** Milliseconds, 60,000 if not given. */
  readonly timeout?: number;
}

/** Runs a tool to its end and gives its standard output; a failure carries all that it printed. */
export function run(tool: string, args: readonly string[], options: RunOptions = {}): Promise<string> {
  const { cwd, env, timeout = 60_000 } = options;
  return new Promise((resolve, reject) => {
    const child = execFile(
      requireTool(tool),
      args,
      { cwd, env: { ...process.env, ...env }, timeout, killSignal: 'SIGKILL', maxBuffer: 64 * 1024 * 1024 },
      (error, stdout, stderr) => {
        if (!error) return resolve(stdout);
        const why = error.killed ? `no end after ${timeout} ms` : `exit ${error.code ?? error.signal}`;
        reject(new Error(`${tool} ${args.join(' ')}: ${why}\n${stdout}${stderr}`, { cause: error }));
      },
    );
    child.stdin?.end();
  });
}
