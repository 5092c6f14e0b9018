// Makes it hard for what has to hold whatever happens:
//   npm run torture                                       all of it, ten rounds each
//   npm run torture -- races --rounds 200 --seed 4711     one of them
//   npm run torture -- kills --on directory,layout        on some places
//   npm run torture -- updates --minutes 5                for so long at most, a place
//   npm run torture -- --help                             what there is
// What is asked to end (SIGINT) ends its round, and tells what was found.
// Exit codes: 0 nothing was found, 1 something was, 2 called wrongly.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { findTool } from '../../__tests__/support/tools.ts';
import { messageOf } from '../../src/errors.ts';
import { alignedRows } from '../../src/progress/columns.ts';
import { faults } from './faults.ts';
import { kills } from './kills.ts';
import { load } from './load.ts';
import { otherTags, pullBesideGc, sameTag, updates } from './meetings.ts';
import { pullKills } from './pull-kills.ts';
import { copyKills, pushKills, staticPushKills } from './push-kills.ts';
import { races } from './races.ts';
import { staticKills, staticRaces } from './static.ts';
import type { Order, Torture } from './torture.ts';

const tortures: Readonly<Record<string, Torture>> = {
  ...faults,
  'same-tag': sameTag,
  'other-tags': otherTags,
  updates,
  'pull-races': pullBesideGc,
  races,
  kills,
  'static-races': staticRaces,
  'static-kills': staticKills,
  'push-kills': pushKills,
  'copy-kills': copyKills,
  'static-push-kills': staticPushKills,
  'pull-kills': pullKills,
  load,
};

interface Row {
  readonly torture: string;
  readonly place: string;
  readonly counts: Readonly<Record<string, number>>;
  readonly findings: number;
  readonly seconds: number;
}

/** In ms: how often it is told how far a place is. */
const tellEvery = 30_000;

let isStopped = false;
process.once('SIGINT', () => {
  isStopped = true;
});

/** Does the rounds on one place, for so many ms at most, and tells what was found. */
async function runOn(
  torture: string,
  place: string,
  { rounds, seed }: Pick<Order, 'rounds' | 'seed'>,
  most: number,
): Promise<Row | undefined> {
  const { tools, run } = tortures[torture]?.places[place] ?? { tools: [], run: undefined };
  const lacking = tools.filter((tool) => !findTool(tool));
  if (!run) return undefined;
  if (lacking.length > 0) {
    console.log(`${torture} on ${place}: left out, it needs ${lacking.join(', ')}`);
    return undefined;
  }
  const folder = await mkdtemp(join(tmpdir(), 'alba-torture-'));
  const began = performance.now();
  let told = { at: began, findings: 0 };
  const tell: Order['tell'] = ({ counts, findings }) => {
    for (const finding of findings.slice(told.findings)) console.error(`  FOUND on ${place}, ${finding}`);
    const now = performance.now();
    const isDue = now - told.at > tellEvery;
    if (isDue)
      console.log(`  ${torture} on ${place}: ${counts.rounds} of ${rounds}, ${findings.length} found`);
    told = { at: isDue ? now : told.at, findings: findings.length };
  };
  const isOver = (): boolean => isStopped || performance.now() - began > most;
  try {
    const { counts, findings } = await run({ rounds, seed, folder, tell, isOver });
    for (const finding of findings.slice(told.findings)) console.error(`  FOUND on ${place}, ${finding}`);
    const seconds = (performance.now() - began) / 1_000;
    return { torture, place, counts, findings: findings.length, seconds };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function tell(rows: readonly Row[]): void {
  const counted = (counts: Row['counts']) =>
    Object.entries(counts)
      .map(([name, count]) => `${name} ${count}`)
      .join(', ');
  const cells = rows.map((row) => [
    ...[row.torture, row.place, `${row.findings} found`, `${row.seconds.toFixed(0)} s`],
    counted(row.counts),
  ]);
  for (const line of alignedRows(cells)) console.log(line);
}

const options = {
  rounds: { type: 'string', default: '10' },
  seed: { type: 'string', default: `${Date.now() % 1_000_000_000}` },
  on: { type: 'string' },
  minutes: { type: 'string', default: '600' },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

function wordsGiven() {
  try {
    return parseArgs({ allowPositionals: true, options });
  } catch (wrong) {
    console.error(messageOf(wrong));
    process.exit(2);
  }
}

const { values, positionals } = wordsGiven();
const names = positionals.length > 0 ? positionals : Object.keys(tortures);
const places = values.on?.split(',');
const known = new Set(Object.values(tortures).flatMap((torture) => Object.keys(torture.places)));
const strangers = [
  ...names.filter((name) => !Object.hasOwn(tortures, name)),
  ...(places ?? []).filter((place) => !known.has(place)),
  ...[values.rounds, values.seed, values.minutes].filter((number) => !/^\d{1,9}$/.test(number)),
];
const usage = [
  'npm run torture [-- NAME … --rounds N --seed N --on PLACE,… --minutes N]',
  `NAME is one of ${Object.keys(tortures).join(', ')}, PLACE of ${[...known].join(', ')}`,
];
if (values.help) {
  for (const line of usage) console.log(line);
  process.exit(0);
}
if (strangers.length > 0) {
  console.error(`${strangers.join(', ')}: ${usage[0]}`);
  console.error(usage[1]);
  process.exit(2);
}
const order = { rounds: Number(values.rounds), seed: Number(values.seed) };
const rows: Row[] = [];
for (const name of names) {
  console.log(`${name}: ${tortures[name]?.about}\n  ${order.rounds} rounds from seed ${order.seed}`);
  for (const place of places ?? Object.keys(tortures[name]?.places ?? {})) {
    if (isStopped) break;
    const row = await runOn(name, place, order, Number(values.minutes) * 60_000);
    if (row) rows.push(row);
    if (row) tell([row]);
  }
}
console.log('');
tell(rows);
// Requests that were left alone in the end would be waited for.
process.exit(rows.some(({ findings }) => findings > 0) ? 1 : 0);
