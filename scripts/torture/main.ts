// Kills and races what users run, many times, from a seed:
//   npm run torture -- pull-kills             a hundred kills of each kind of pull
//   npm run torture -- pull-kills 500 4711    five hundred, at the moments of this seed
// Exit codes: 0 all of it held, 1 something did not, 2 called wrongly.
import process from 'node:process';

/** Does something so many times from a seed, tells how it went and throws what did not hold. */
export type Torture = (count: number, seed: number, tell: (line: string) => void) => Promise<void>;

const tortures: Readonly<Record<string, () => Promise<{ readonly torture: Torture }>>> = {
  'pull-kills': () => import('./pull-kills.ts'),
};

const [name = '', count = '100', seed = `${Date.now() % 1_000_000_000}`] = process.argv.slice(2);
const load = tortures[name];
if (!load || ![count, seed].every((text) => /^\d+$/.test(text))) {
  const names = Object.keys(tortures).join(', ');
  console.error(`npm run torture -- NAME [COUNT [SEED]], where NAME is one of ${names}`);
  process.exit(2);
}
console.log(`${name}: ${count} times, from seed ${seed}`);
const { torture } = await load();
try {
  await torture(Number(count), Number(seed), (line) => console.log(line));
} catch (failure) {
  console.error(failure, `\nto be repeated by: npm run torture -- ${name} ${count} ${seed}`);
  process.exitCode = 1;
}
