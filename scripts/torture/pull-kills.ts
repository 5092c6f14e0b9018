import { lstatSync, mkdirSync, mkdtempSync, rmSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { randomNumbers } from '../../__tests__/compression/samples.ts';
import { type EndedRun, type Kill, type KilledOrder, runKilled } from './killed-run.ts';
import { lockBound, type Scenario, scenarios } from './pull-scenarios.ts';
import { publishVersions, versions } from './pull-site.ts';
import { Tally, type Torture } from './torture.ts';

/** What a destination was after a kill: how often. */
export interface Seen {
  /** The tree of before, whole. */
  old: number;
  /** That of the pull that was killed, whole. */
  new: number;
  /** Nothing at all: the next run had to put the old one back. */
  absent: number;
  /** Where entries are swapped one by one, a part of one of the two, never of both. */
  part: number;
  /** It was done before it could be killed. */
  late: number;
  /** A lock stayed that was gone once it was old and somebody wrote there. */
  locks: number;
}

/** Kills of each kind of pull; a kind is a place. */
export const pullKills: Torture = {
  about: 'a pull that is killed leaves one of two versions, whole, and nothing else once another has run',
  places: Object.fromEntries(
    scenarios.map((scenario) => [
      scenario.name.replaceAll(/[^a-z0-9]+/g, '-'),
      {
        tools: [],
        async run({ rounds, seed, folder }) {
          await publishVersions(folder);
          const tally = new Tally();
          await tally.check(rounds, async () => {
            const seen = await killPulls(scenario, folder, rounds, seed);
            for (const [kind, count] of Object.entries(seen)) if (count > 0) tally.count(kind, count);
          });
          return tally;
        },
      },
    ]),
  ),
};

/**
 * Kills a pull over another version at so many random moments. After each the destination has to be one of the two versions, whole, or
 * what the scenario allows; the next run, of either version, has to bring that, and to leave nothing else behind. Throws what does not
 * hold. `folder` has what {@link publishVersions} made.
 */
export async function killPulls(
  scenario: Scenario,
  folder: string,
  count: number,
  seed: number,
): Promise<Seen> {
  const random = randomNumbers(seed);
  const place = mkdtempSync(join(folder, 'place-'));
  const run = runnerOf(scenario, folder, place);
  const trees = new Map<string, readonly string[]>();
  const seen: Seen = { old: 0, new: 0, absent: 0, part: 0, late: 0, locks: 0 };
  let worked = 0;
  let took = 0;
  const complete = async (version: string): Promise<EndedRun> => {
    const ended = await run(version);
    if (ended.code !== 0) throw new Error(`the next run failed: ${ended.stderr}`);
    const tree = scenario.state(place) ?? [];
    const known = trees.get(version) ?? tree;
    trees.set(version, known);
    if (!isDeepStrictEqual(tree, known)) throw new Error(`it is not ${version}:\n${tree.join('\n')}`);
    const left = scenario.leftovers(place);
    const hasLocks = left.length > 0 && left.every((path) => ageLock(scenario, place, path));
    if (left.length > 0 && !hasLocks)
      throw new Error(`this was left behind: ${left.join(', ')}\n${ended.stderr}`);
    if (/taken apart again|could not remove/.test(ended.stderr)) throw new Error(ended.stderr);
    if (hasLocks) {
      seen.locks += 1;
      for (const one of [...versions.filter((other) => other !== version), version]) await run(one);
      const still = scenario.leftovers(place);
      if (still.length > 0) throw new Error(`old locks were left behind: ${still.join(', ')}`);
    }
    if (ended.worked > 0) [worked, took] = [Math.max(ended.worked, worked / 2), ended.took];
    return ended;
  };
  let [before, after]: readonly string[] = [...versions];
  await complete(after ?? '');
  await complete(before ?? '');
  for (let number = 0; number < count; number += 1) {
    [before = '', after = ''] = before === versions[0] ? versions : [...versions].reverse();
    scenario.prepare?.(place, random);
    const kill: Kill =
      random(5) === 0
        ? { from: 'start', after: random(Math.ceil(took)) }
        : { from: 'change', after: random(Math.ceil(worked) + 1) };
    const killed = await run(after, kill);
    if (killed.code === 0) seen.late += 1;
    const kind = kindOf(scenario.state(place), trees.get(before) ?? [], trees.get(after) ?? [], scenario);
    seen[kind] += 1;
    if (killed.code === 0 && kind !== 'new') throw new Error(`it ended well, and the destination is ${kind}`);
    const next = random(2) === 0 ? before : after;
    const { stderr } = await complete(next);
    const isBroken = kind === 'absent' || kind === 'part';
    if (isBroken && !stderr.includes('a pull was cut off')) throw new Error(`it does not say so: ${stderr}`);
    before = next;
  }
  rmSync(place, { recursive: true, force: true });
  return seen;
}

function runnerOf(scenario: Scenario, folder: string, place: string) {
  const temporary = join(folder, 'temporary');
  for (const path of [temporary, join(place, scenario.cwd)]) mkdirSync(path, { recursive: true });
  return (version: string, kill?: Kill): Promise<EndedRun> => {
    const order: KilledOrder = {
      words: scenario.words(version),
      cwd: join(place, scenario.cwd),
      watched: join(place, scenario.watched),
      compiled: join(folder, 'compiled'),
      temporary,
    };
    return runKilled(order, kill);
  };
}

/** Lets a lock be as old as one that counts for nobody's; false for what is none, or may not be there. */
function ageLock({ isLock }: Scenario, place: string, path: string): boolean {
  const stats = lstatSync(join(place, path), { throwIfNoEntry: false });
  if (!stats?.isFile() || !isLock?.(path, stats.size)) return false;
  const old = new Date(Date.now() - 2 * lockBound);
  utimesSync(join(place, path), old, old);
  return true;
}

function kindOf(
  found: readonly string[] | undefined,
  old: readonly string[],
  fresh: readonly string[],
  { isInParts }: Scenario,
): Exclude<keyof Seen, 'late' | 'locks'> {
  if (found === undefined) return 'absent';
  if (isDeepStrictEqual(found, old)) return 'old';
  if (isDeepStrictEqual(found, fresh)) return 'new';
  // Which name of a file comes first is another matter while some of them are away.
  const entryOf = (line: string): string => line.replace(/ (= .*|\d+ [0-9a-f]{12})$/, '');
  const isPartOf = (tree: readonly string[]): boolean => {
    const entries = new Set(tree.map(entryOf));
    return found.every((line) => entries.has(entryOf(line)));
  };
  if (isInParts && (isPartOf(old) || isPartOf(fresh))) return 'part';
  throw new Error(`the destination is neither of the two:\n${found.join('\n')}`);
}
