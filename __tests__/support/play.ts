import { execFile } from 'node:child_process';
import { cp, mkdir } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import process from 'node:process';
import { promisify } from 'node:util';
import { runAction } from './alba.ts';
import { at, itemsOf, textsIn, type Yaml } from './workflow.ts';

/** Where a workflow is played. */
export interface Stage {
  /** A folder of its own: each job has one in it. */
  readonly folder: string;
  /** What actions/checkout brings. */
  readonly project: string;
  /** Programs that stand for those of builds: first in the PATH of steps. */
  readonly programs: string;
  /** What expressions are: `github.ref_name`, `secrets.NAME`, `inputs.digest`. */
  readonly context: Readonly<Record<string, string>>;
  /** The environment of each step of ours. */
  readonly env: Readonly<Record<string, string>>;
  /** Lets addresses of the internet be those of servers here. */
  readonly here: (text: string) => string;
}

/** A step of ours that was played, by `<job>.<number of the step>`. */
export type Played = Readonly<Record<string, Awaited<ReturnType<typeof runAction>>>>;

/** What a workflow uses that is another's business: logins, tools, attestations. */
const others = /^(actions\/(setup-|attest@)|docker\/|cachix\/|anchore\/)/;

/**
 * Plays a workflow as a runner would: jobs in the order of the file, each of a matrix in a folder of its own, steps as processes;
 * nothing goes from one job to another but outputs. A step that fails is a failure of the test.
 */
export async function play(workflow: Yaml, stage: Stage): Promise<Played> {
  const context = { ...stage.context };
  const played: Record<string, Awaited<ReturnType<typeof runAction>>> = {};
  const all = textsOf(workflow, 'env', context);
  for (const [name, job] of Object.entries(mapAt(workflow, 'jobs'))) {
    const outputs: Record<string, string> = {};
    for (const [index, entry] of matrixOf(job).entries()) {
      const own: Record<string, string> = { ...context };
      for (const [key, value] of Object.entries(entry)) own[`matrix.${key}`] = value;
      const cwd = join(stage.folder, `${name}-${index}`);
      await mkdir(cwd, { recursive: true });
      const runsOn = textsIn({ on: at(job, 'runs-on') }, own).on ?? '';
      const arch = { RUNNER_ARCH: runsOn.endsWith('-arm') ? 'ARM64' : 'X64' };
      for (const [number, step] of itemsOf(at(job, 'steps')).entries()) {
        const env = { ...all, ...arch, ...textsOf(step, 'env', own) };
        const ended = await playStep(step, cwd, env, own, stage);
        if (!ended) continue;
        played[`${name}.${number}`] = ended;
        const { id } = textsIn(step, own);
        for (const [key, value] of Object.entries(ended.outputs)) own[`steps.${id}.outputs.${key}`] = value;
      }
      // An output that is empty does not overwrite one that another job of the matrix has set.
      for (const [key, value] of Object.entries(textsOf(job, 'outputs', own))) outputs[key] ||= value;
    }
    context[`toJSON(needs.${name}.outputs)`] = JSON.stringify(outputs, undefined, 2);
    for (const [key, value] of Object.entries(outputs)) context[`needs.${name}.outputs.${key}`] = value;
  }
  return played;
}

async function playStep(
  step: Yaml,
  cwd: string,
  env: Readonly<Record<string, string>>,
  context: Readonly<Record<string, string>>,
  { project, programs, env: servers, here }: Stage,
): Promise<Awaited<ReturnType<typeof runAction>> | undefined> {
  const { uses = '', run: script } = textsIn(step, context);
  if (script !== undefined) {
    const path = [programs, process.env.PATH].join(delimiter);
    await promisify(execFile)('bash', ['-ec', script], { cwd, env: { ...process.env, ...env, PATH: path } });
    return undefined;
  }
  if (uses.startsWith('actions/checkout@')) await cp(project, cwd, { recursive: true });
  if (uses.startsWith('actions/checkout@') || others.test(uses)) return undefined;
  if (uses !== 'org/alba-action@v1') throw new Error(`nobody plays ${uses}`);
  const inputs = Object.entries(textsOf(step, 'with', context)).map(([key, text]) => [key, here(text)]);
  const ended = await runAction(Object.fromEntries(inputs), { cwd, env: { ...env, ...servers } });
  if (ended.code !== 0) throw new Error(`${ended.stdout}${ended.stderr}`);
  return ended;
}

function matrixOf(job: Yaml): readonly Readonly<Record<string, string>>[] {
  const { strategy } = mapAt({ job }, 'job');
  if (strategy === undefined) return [{}];
  return itemsOf(at(strategy, 'matrix', 'include')).map((entry) => textsIn(entry, {}));
}

function textsOf(
  value: Yaml,
  key: string,
  context: Readonly<Record<string, string>>,
): Record<string, string> {
  const found = mapAt({ value }, 'value')[key];
  return found === undefined ? {} : textsIn(found, context);
}

function mapAt(value: Yaml, key: string): Readonly<Record<string, Yaml>> {
  const found = at(value, key);
  if (typeof found === 'string' || Array.isArray(found)) throw new Error(`${key} is no map`);
  return found as Readonly<Record<string, Yaml>>;
}
