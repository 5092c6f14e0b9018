// Throws seeded nonsense at what reads outside data:
//   npm run fuzz                     all targets, five seconds each
//   npm run fuzz -- deflate 600      one of them, for 600 seconds
//   npm run fuzz -- archive 0 4711   one round from this seed, which repeats a finding
// Exit codes: 0 nothing was found, 1 something was, 2 called wrongly.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { fuzz } from './fuzz.ts';
import type { FuzzTarget } from './target.ts';

const targets = join(import.meta.dirname, 'targets');
const names = readdirSync(targets).map((file) => file.replace(/\.ts$/, ''));
/** In seconds, for each of all targets. */
const short = 5;

/** Fuzzes one target and tells what came of it; whether nothing was found. */
async function run(name: string, seconds: number, seed: number): Promise<boolean> {
  const file = join(targets, `${name}.ts`);
  const { target }: { target: FuzzTarget } = await import(file);
  console.log(`${name}: ${target.about}\n  from seed ${seed} for ${seconds} s`);
  const outcome = await fuzz({ file, seed, seconds });
  if (outcome.kind === 'finding') {
    const repeat = `npm run fuzz -- ${name} 0 ${outcome.seed}`;
    console.error(`  FOUND with seed ${outcome.seed}, to be repeated by: ${repeat}\n${outcome.message}`);
  }
  console.log(`  ${JSON.stringify(outcome.counts)}`);
  return outcome.kind === 'end';
}

const [name, seconds = `${short}`, seed = `${Date.now() % 1_000_000_000}`] = process.argv.slice(2);
const isNumber = (text: string): boolean => /^\d+$/.test(text);
if ((name !== undefined && !names.includes(name)) || !isNumber(seconds) || !isNumber(seed)) {
  console.error(`npm run fuzz [-- TARGET [SECONDS [SEED]]], where TARGET is one of ${names.join(', ')}`);
  process.exit(2);
}
for (const each of name === undefined ? names : [name]) {
  if (!(await run(each, Number(seconds), Number(seed)))) process.exitCode = 1;
}
