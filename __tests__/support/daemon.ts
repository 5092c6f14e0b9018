import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { setTimeout as delay } from 'node:timers/promises';
import { findTool, requireTool } from './tools.ts';

/** A server of ours: it ends with `stop`, with `await using`, or at the latest with this process. */
export interface Daemon extends AsyncDisposable {
  /** Its own folder, removed when it stops. */
  readonly directory: string;
  readonly pid: number;
  /** All that it has printed so far. */
  log(): string;
  stop(): Promise<void>;
}

export interface DaemonOptions<T> {
  readonly tool: string;
  readonly directory: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** What ends it, SIGTERM if not given. */
  readonly stopSignal?: NodeJS.Signals;
  /** Asked again and again until it gives something; it may throw while the server is not there yet. */
  readonly ready: (log: string) => T | undefined | Promise<T | undefined>;
}

const patience = { start: 30_000, stop: 10_000, between: 25 };

/** A new folder for a server, so that its configuration can be written before it starts. */
export function makeDirectory(name: string): string {
  return mkdtempSync(join(tmpdir(), `alba-${name}-`));
}

/** A port of 127.0.0.1 that was free a moment ago; for servers that cannot tell which one they took. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => (address && typeof address === 'object' ? resolve(address.port) : reject()));
    });
  });
}

/** Whether anything at all answers HTTP there. */
export async function answers(url: string): Promise<true> {
  const response = await fetch(url, { redirect: 'manual', signal: AbortSignal.timeout(2_000) });
  await response.body?.cancel();
  return true;
}

/** Starts a server again, thrice at most, when another process was quicker to take its port. */
export async function retryTakenPort<T>(start: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await start();
    } catch (error) {
      if (attempt === 3 || !/address already in use|in use/i.test(String(error))) throw error;
    }
  }
}

/** Starts a server and waits until it is ready; what `ready` gave comes back with it. */
export async function startDaemon<T>(options: DaemonOptions<T>): Promise<Daemon & { readonly ready: T }> {
  const { tool, directory, stopSignal = 'SIGTERM' } = options;
  const logFile = join(directory, 'log');
  const child = launch(options, logFile);
  const exited = new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
    child.once('error', () => resolve());
  });
  const lastResort = () => {
    child.kill('SIGKILL');
    rmSync(directory, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 });
  };
  process.once('exit', lastResort);

  const log = () => readFileSync(logFile, 'utf8');
  const stop = async () => {
    child.kill(stopSignal);
    const timer = setTimeout(() => child.kill('SIGKILL'), patience.stop);
    await exited;
    clearTimeout(timer);
    process.off('exit', lastResort);
    await rm(directory, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  };

  try {
    const ready = await waitUntilReady(child, log, options);
    return { directory, pid: child.pid ?? 0, ready, log, stop, [Symbol.asyncDispose]: stop };
  } catch (error) {
    const printed = log();
    await stop();
    throw new Error(`${tool}: ${error instanceof Error ? error.message : error}\n${printed}`, {
      cause: error,
    });
  }
}

// The log is a file, not a pipe: a test that blocks this process must not block the server.
// setpriv has the kernel end the server even when this process is killed.
function launch<T>({ tool, directory, args, env }: DaemonOptions<T>, logFile: string): ChildProcess {
  const command = [requireTool(tool), ...args];
  const setpriv = findTool('setpriv');
  if (setpriv) command.unshift(setpriv, '--pdeathsig', 'KILL', '--');
  const [program = '', ...rest] = command;
  const log = openSync(logFile, 'w');
  try {
    return spawn(program, rest, {
      cwd: directory,
      env: { ...process.env, ...env },
      stdio: ['ignore', log, log],
    });
  } finally {
    closeSync(log);
  }
}

async function waitUntilReady<T>(
  child: ChildProcess,
  log: () => string,
  { ready }: DaemonOptions<T>,
): Promise<T> {
  const deadline = Date.now() + patience.start;
  let last: unknown = 'it never said that it is ready';
  while (Date.now() < deadline) {
    if (child.exitCode !== null || child.signalCode !== null) throw new Error('it ended at once');
    try {
      const value = await ready(log());
      if (value !== undefined) return value;
    } catch (error) {
      last = error;
    }
    await delay(patience.between);
  }
  throw new Error(`not ready after ${patience.start} ms: ${last}`);
}
