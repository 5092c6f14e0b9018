import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startGarage } from '../__tests__/support/servers/garage.ts';
import { s3Environment, s3Url } from '../__tests__/support/servers/s3.ts';
import { requireTool } from '../__tests__/support/tools.ts';

// Ten thousand files of 4 KB to a bucket: `alba static push` beside `s5cmd cp`, whole processes, interleaved,
// the same tree and the same Garage. `npm exec -- node bench/static.ts`; ROUNDS for more or fewer than five,
// ALBA for another program than dist/index.js.

interface Sample {
  /** In seconds. */
  readonly wall: number;
  /** In seconds, of the process itself. */
  readonly cpu: number;
  /** In MB, at its peak. */
  readonly memory: number;
}

const rounds = Number(process.env.ROUNDS ?? 5);
const alba = process.env.ALBA ?? path.join(import.meta.dirname, '..', 'dist', 'index.js');
const names = ['s5cmd cp', 'alba static push', 'alba, nothing changed'] as const;

const root = mkdtempSync(path.join(tmpdir(), 'alba-bench-'));
const garage = await startGarage();
try {
  makeTree(root);
  const samples = new Map<string, Sample[]>(names.map((name) => [name, []]));
  for (let round = 0; round < rounds; round += 1) {
    const s5cmd = ['--endpoint-url', garage.endpoint, '--log', 'error', 'cp', `${root}/`];
    const push = [alba, 'static', 'push', '-t', `bench-${round}:1.0`, root, s3Url(garage, garage.bucket)];
    const runs = [
      [requireTool('s5cmd'), ...s5cmd, `s3://${garage.bucket}/s5cmd-${round}/`],
      [process.execPath, ...push],
      [process.execPath, ...push],
    ];
    for (const [index, [program = '', ...args]] of runs.entries()) {
      samples.get(names[index] ?? '')?.push(await measure(program, args));
    }
  }
  console.table(Object.fromEntries(names.map((name) => [name, summary(samples, name)])));
} finally {
  await garage.stop();
  rmSync(root, { recursive: true });
}

function makeTree(folder: string): void {
  for (let index = 0; index < 10_000; index += 1) {
    const parent = path.join(folder, 'linux', 'amd64', `d${index % 100}`);
    mkdirSync(parent, { recursive: true });
    writeFileSync(path.join(parent, `f${index}`), randomBytes(4096));
  }
}

async function measure(program: string, args: readonly string[]): Promise<Sample> {
  const start = performance.now();
  const env = { ...process.env, ...s3Environment(garage) };
  const child = spawn(program, args, { env, stdio: ['ignore', 'ignore', 'pipe'] });
  let told = '';
  child.stderr.on('data', (chunk: Buffer) => {
    told = `${told}${chunk}`.slice(-2000);
  });
  let used = { cpu: 0, memory: 0 };
  const watch = setInterval(() => {
    used = usageOf(child) ?? used;
  }, 20);
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  clearInterval(watch);
  if (code !== 0) throw new Error(`${program} ${args.join(' ')}: exit ${code}\n${told}`);
  return { wall: (performance.now() - start) / 1000, ...used };
}

/** What Linux tells of a process that still runs: clock ticks of 10 ms, and its largest resident size. */
function usageOf({ pid }: ChildProcess): { cpu: number; memory: number } | undefined {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ');
    const peak = /VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    if (peak === undefined) return undefined;
    return { cpu: (Number(fields[11]) + Number(fields[12])) / 100, memory: Number(peak) / 1024 };
  } catch {
    return undefined;
  }
}

function summary(samples: ReadonlyMap<string, readonly Sample[]>, name: string): Record<string, string> {
  const middle = (of: string, what: keyof Sample): number => {
    const sorted = (samples.get(of) ?? []).map((sample) => sample[what]).sort((a, b) => a - b);
    return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
  };
  return {
    'wall (s)': middle(name, 'wall').toFixed(2),
    ratio: (middle(name, 'wall') / middle(names[0], 'wall')).toFixed(2),
    'cpu (s)': middle(name, 'cpu').toFixed(2),
    'peak (MB)': middle(name, 'memory').toFixed(0),
  };
}
