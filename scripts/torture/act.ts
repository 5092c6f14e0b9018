import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { givenOf, hostIn, type Said } from '../../__tests__/commands/given.ts';
import { silent } from '../../__tests__/fixtures/silent.ts';
import { runAlba } from '../../__tests__/support/alba.ts';
import { commands } from '../../src/commands/all.ts';
import { AlbaError } from '../../src/errors.ts';
import { printable } from '../../src/progress/format.ts';

/** Something that alba is told to do. */
export interface Act {
  /** `container push`. */
  readonly command: string;
  /** Its inputs. */
  readonly said: Said;
  /** In which relative paths begin, and which has a folder for its temporary files. */
  readonly folder: string;
  readonly env: Readonly<Record<string, string>>;
}

/** What became of it. */
export interface Done {
  /** Undefined where it went well. */
  readonly failure?: unknown;
  /** The lines that a person reads meanwhile. */
  readonly told: readonly string[];
  /** As `--json` has it. */
  readonly result?: unknown;
  /** The texts of the page of the run, where it failed, as they are shown. */
  readonly page?: string;
}

/** Does it in this process. */
export async function doHere({ command: name, said, folder, env }: Act): Promise<Done> {
  Object.assign(process.env, env);
  const command = commands.find((one) => one.name === name);
  if (!command) throw new Error(`there is no command ${name}`);
  const told: string[] = [];
  const tell = (text: string): void => void told.push(printable(text));
  const host = hostIn(folder, temporaryIn(folder), { ...silent, line: tell, warn: tell, debug: tell });
  const given = givenOf(command.inputs, said);
  const outcome = await command.run(given, { ...host, isTyped: true, now: new Date() });
  const { failure, result } = outcome;
  if (!failure) return { told, result };
  return { failure: failure.thrown, told, result, page: printable(JSON.stringify(await outcome.summary())) };
}

/** What became of it in a process of its own. */
export interface DoneThere extends Done {
  readonly isKilled: boolean;
  /** In ms: how long its main thread ran, which a busy machine hardly changes. */
  readonly worked: number;
}

/** Does it in a process of its own, as a command line, which is killed once it has run for so many ms. */
export async function doThere(act: Act, kill = Number.POSITIVE_INFINITY): Promise<DoneThere> {
  let worked = 0;
  let polling: NodeJS.Timeout | undefined;
  const { code, stderr } = await runAlba([...act.command.split(' '), ...wordsOf(act.said)], {
    cwd: act.folder,
    env: { ...act.env, TMPDIR: temporaryIn(act.folder), NODE_COMPILE_CACHE: join(act.folder, 'compiled') },
    watch: (child) => {
      const began = performance.now();
      polling = setInterval(() => {
        worked = process.platform === 'linux' ? (ranFor(child.pid) ?? worked) : performance.now() - began;
        if (worked >= kill) child.kill('SIGKILL');
      }, 2);
      child.once('exit', () => clearInterval(polling));
    },
  }).finally(() => clearInterval(polling));
  const told = stderr.split('\n').filter((line) => line !== '');
  const isClear = told.some((line) => line.startsWith('alba: ')) && !/^ +at /m.test(stderr);
  const why = `it ended with ${code}: ${stderr}`;
  const failure = isClear ? new AlbaError('target', why) : new Error(why);
  return { ...(code !== 0 && { failure }), told, isKilled: code === null, worked };
}

/** In ms, as Linux has it of the first thread; undefined once the process is gone. */
function ranFor(pid: number | undefined): number | undefined {
  try {
    return Number(readFileSync(`/proc/${pid}/schedstat`, 'utf8').split(' ')[0]) / 1e6;
  } catch {
    return undefined;
  }
}

/** Throws what it failed for. */
export function assertWell({ failure }: Done): void {
  if (failure !== undefined) throw failure;
}

/** Its folder for temporary files. */
export function temporaryIn(folder: string): string {
  const path = join(folder, 'temporary');
  mkdirSync(path, { recursive: true });
  return path;
}

const operands = ['artifacts', 'source', 'target', 'destination'];

/** The words of a command line that say these inputs. */
function wordsOf(said: Said): string[] {
  const options = Object.entries(said).flatMap(([name, given]) =>
    operands.includes(name)
      ? []
      : [given].flat().flatMap((text) => {
          const option = name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
          if (text === 'false') return [`--no-${option}`];
          return text === 'true' ? [`--${option}`] : [`--${option}`, text];
        }),
  );
  return [...options, ...operands.flatMap((name) => [said[name] ?? []].flat(2))];
}
