// Throws seeded nonsense at what reads outside data:
//   npm run fuzz                                  all targets, five seconds each
//   npm run fuzz -- deflate 600                   one of them, for 600 seconds
//   npm run fuzz -- archive 0 4711                one round from this seed, which repeats a finding
//   npm run fuzz -- --cases 100000 --seed 7       so many of all targets, with a row of a table for each
// Exit codes: 0 nothing was found, 1 something was, 2 called wrongly.
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { fuzz } from './fuzz.ts';
import type { FuzzTarget } from './target.ts';
import type { Order } from './worker.ts';

const targets = join(import.meta.dirname, 'targets');
const names = readdirSync(targets).map((file) => file.replace(/\.ts$/, ''));
/** In seconds, for each of all targets. */
const short = '5';

/** Fuzzes one target and tells what came of it; whether nothing was found. */
async function run(name: string, most: Order['most'], seed: number): Promise<boolean> {
  const file = join(targets, `${name}.ts`);
  const { target }: { target: FuzzTarget } = await import(file);
  console.log(`${name}: ${target.about}\n  from seed ${seed}: ${JSON.stringify(most)}`);
  const began = performance.now();
  const outcome = await fuzz({ file, seed, most });
  if (outcome.kind === 'finding') {
    const repeat = `npm run fuzz -- ${name} 0 ${outcome.seed}`;
    console.error(`  FOUND with seed ${outcome.seed}, to be repeated by: ${repeat}\n${outcome.message}`);
  }
  console.log(`  ${JSON.stringify(outcome.counts)}`);
  const seconds = Math.round((performance.now() - began) / 1000);
  const peak = Math.round(process.resourceUsage().maxRSS / 1024);
  console.log(`  | ${name} | ${outcome.counts.cases ?? 0} | ${seed} | ${seconds} | ${peak} |`);
  return outcome.kind === 'end';
}

const usage = `npm run fuzz [-- TARGET [SECONDS [SEED]]] [--cases N] [--seed N]
TARGET is one of ${names.join(', ')}`;

function refuse(): never {
  console.error(usage);
  process.exit(2);
}

function readWords() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        cases: { type: 'string' },
        seed: { type: 'string', default: `${Date.now() % 1_000_000_000}` },
        help: { type: 'boolean', short: 'h', default: false },
      },
    });
  } catch {
    return refuse();
  }
}

const { values, positionals } = readWords();
const [name, seconds = short, seed = values.seed] = positionals;
const isNumber = (text: string): boolean => /^\d{1,9}$/.test(text);
const isCalledWell = [seconds, seed, values.cases ?? '0'].every(isNumber);
if (values.help) {
  console.log(usage);
  process.exit();
}
if ((name !== undefined && !names.includes(name)) || !isCalledWell) refuse();
if (name === undefined) {
  // Each in a process of its own, or the memory of one would count as that of the next.
  for (const each of names) {
    const cases = values.cases === undefined ? [] : ['--cases', values.cases];
    const words = [import.meta.filename, each, seconds, seed, ...cases];
    if (spawnSync(process.execPath, words, { stdio: 'inherit' }).status !== 0) process.exitCode = 1;
  }
} else {
  const most = values.cases === undefined ? { seconds: Number(seconds) } : { cases: Number(values.cases) };
  if (!(await run(name, most, Number(seed)))) process.exitCode = 1;
}
