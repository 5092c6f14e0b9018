import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import process from 'node:process';
import { bundled } from './bundled.ts';

const root = join(import.meta.dirname, '..', '..');
/** What runners run: for the tests that are about it. */
export const dist = join(root, 'dist', 'index.js');
/**
 * What all other tests run: the sources, so that a change in them shows without a build. `ALBA_PROGRAM=dist/index.js`
 * runs the same tests on what runners run, and `ALBA_PROGRAM=src/main.ts` on the sources file by file.
 */
export const program = process.env.ALBA_PROGRAM
  ? resolve(root, process.env.ALBA_PROGRAM)
  : (bundled ?? join(root, 'src', 'main.ts'));
/** The Node that runs it: the one of the tests, or the one that a matrix names. */
export const node = process.env.ALBA_NODE ?? process.execPath;

export interface Ended {
  /** Null when a signal ended it. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface SpawnOptions {
  readonly cwd?: string;
  /** Added to an environment that has nothing of the caller's but PATH and the like. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** What is piped in. */
  readonly input?: string | Uint8Array;
  /** Whether what is piped in has no end. */
  readonly isPipeOpen?: boolean;
  /** Another Node than the usual one. */
  readonly node?: string;
  /** {@link dist} where the test is about that. */
  readonly program?: string;
  /** Given the process once it runs, to end it before its time. */
  readonly watch?: (child: ChildProcess) => void;
}

/** What a program of this machine needs to run; credentials, proxies and settings of the caller stay out. */
export function bareEnvironment(home: string): Record<string, string | undefined> {
  const { PATH, SystemRoot, TMPDIR, TEMP, TMP } = process.env;
  return {
    ...{ PATH, SystemRoot, TMPDIR, TEMP, TMP },
    ...{ HOME: home, USERPROFILE: home, LOCALAPPDATA: home },
    // What Node compiled goes with the bundle, and is not in the way of who looks into temporary folders.
    ...(bundled && { NODE_COMPILE_CACHE: join(dirname(bundled), 'compiled') }),
  };
}

function run(args: readonly string[], home: string, options: SpawnOptions): Promise<Ended> {
  const { cwd, env, input } = options;
  return new Promise((resolve, reject) => {
    const child = spawn(options.node ?? node, [options.program ?? program, ...args], {
      cwd: cwd ?? home,
      env: { ...bareEnvironment(home), ...env } as NodeJS.ProcessEnv,
    });
    options.watch?.(child);
    const output = { stdout: '', stderr: '' };
    for (const name of ['stdout', 'stderr'] as const) {
      child[name].setEncoding('utf8').on('data', (text: string) => {
        output[name] += text;
      });
    }
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, ...output }));
    child.stdin.on('error', () => {});
    if (!options.isPipeOpen) child.stdin.end(input ?? '');
  });
}

/** Runs the command line, with a home of its own unless the environment names one. */
export async function runAlba(args: readonly string[], options: SpawnOptions = {}): Promise<Ended> {
  const home = await mkdtemp(join(tmpdir(), 'alba-home-'));
  try {
    return await run(args, home, options);
  } finally {
    await rm(home, { recursive: true, force: true });
  }
}

export interface ActionEnded extends Ended {
  readonly outputs: Readonly<Record<string, string>>;
  /** The job summary as it was written. */
  readonly summary: string;
}

/**
 * Runs the action as a runner would: every input of action.yml in the environment with its default, those given in
 * its place, and files for outputs and summary.
 */
export async function runAction(
  inputs: Readonly<Record<string, string>>,
  options: SpawnOptions = {},
): Promise<ActionEnded> {
  const home = await mkdtemp(join(tmpdir(), 'alba-runner-'));
  try {
    const [output, summary, temp] = ['output', 'summary', 'temp'].map((name) => join(home, name)) as [
      string,
      string,
      string,
    ];
    await Promise.all([writeFile(output, ''), writeFile(summary, ''), mkdir(temp)]);
    const all = { ...(await defaultInputs()), ...inputs };
    const env = Object.fromEntries(
      Object.entries(all).map(([name, value]) => [`INPUT_${name.replaceAll(' ', '_').toUpperCase()}`, value]),
    );
    const ended = await run([], home, {
      ...options,
      env: {
        ...env,
        CI: 'true',
        GITHUB_ACTIONS: 'true',
        GITHUB_OUTPUT: output,
        GITHUB_STEP_SUMMARY: summary,
        GITHUB_WORKSPACE: options.cwd ?? home,
        GITHUB_ACTION: randomUUID(),
        RUNNER_TEMP: temp,
        ...options.env,
      },
    });
    return {
      ...ended,
      outputs: parseOutputs(await readFile(output, 'utf8')),
      summary: await readFile(summary, 'utf8'),
    };
  } finally {
    await rm(home, { recursive: true, force: true });
  }
}

/** Inputs and their defaults as action.yml has them; expressions are empty outside a workflow. */
export async function defaultInputs(): Promise<Record<string, string>> {
  const text = await readFile(join(import.meta.dirname, '..', '..', 'action.yml'), 'utf8');
  const section = /^inputs:\n((?: .*\n|\n)*)/m.exec(text)?.[1] ?? '';
  const inputs: Record<string, string> = {};
  let name = '';
  for (const line of section.split('\n')) {
    const [, declared] = /^ {2}([a-z-]+):$/.exec(line) ?? [];
    if (declared) {
      name = declared;
      inputs[name] = '';
    }
    const [, value] = /^ {4}default: (.*)$/.exec(line) ?? [];
    if (value && !value.startsWith('${{')) inputs[name] = value.replace(/^"(.*)"$/, '$1');
  }
  return inputs;
}

/** The runner's file of outputs: `name<<delimiter`, lines, `delimiter`. */
function parseOutputs(text: string): Record<string, string> {
  return Object.fromEntries(
    [...text.matchAll(/^(.+?)<<(ghadelimiter_\S+)\r?\n([\s\S]*?)\r?\n\2\r?$/gm)].map(([, name, , value]) => [
      name,
      value,
    ]),
  );
}
