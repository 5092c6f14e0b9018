import { messageOf } from '../errors.ts';
import { formatBytes, formatDuration } from '../progress/format.ts';
import type { Reached, TargetState } from './reached.ts';
import type { Cell, Summary, SummaryBlock } from './summary.ts';

/** In characters, of a line of a message: some carry what a server answered. */
const longest = 2000;

/** What went wrong, and what is and is not published; `what` failed after `took` milliseconds. */
export function failureSummary(what: string, thrown: unknown, { targets }: Reached, took: number): Summary {
  return {
    title: `Failed: ${what}`,
    blocks: [problemsBlock(messageOf(thrown).split('\n')), ...reachedBlocks(targets, formatDuration(took))],
  };
}

function problemsBlock(lines: readonly string[]): SummaryBlock {
  const told = lines.map((line): readonly Cell[] => [
    line.length > longest ? `${line.slice(0, longest)}…` : line,
  ]);
  const [only = [], ...others] = told;
  return others.length > 0 ? { list: told } : { paragraph: only };
}

function reachedBlocks(targets: readonly TargetState[], took: string): SummaryBlock[] {
  const end = `It failed after ${took}.`;
  if (targets.every(({ stage }) => stage === 'untouched')) {
    return [{ paragraph: [`Nothing was published, and no target was changed. ${end}`] }];
  }
  const rows = targets.map((target): Cell[] => [{ code: target.url }, stateOf(target), sentTo(target)]);
  const there = targets.filter(({ stage }) => stage !== 'begun' && stage !== 'untouched');
  return [
    { header: ['Target', 'State', 'Sent'], rows },
    ...there.flatMap(({ stage, references }): SummaryBlock[] => [
      { paragraph: [stage === 'unsure' ? 'Look whether this is there:' : 'Published:'] },
      { list: references.map((code) => [{ code }]) },
    ]),
    { paragraph: [`${end} Another run sends only what is missing.`] },
  ];
}

const states: Readonly<Record<TargetState['stage'], string>> = {
  untouched: 'not published',
  begun: 'not published: no tag was changed',
  unsure: 'not certain: it was ended while tags were written',
  published: 'published',
};

function stateOf({ stage }: TargetState): string {
  return states[stage];
}

function sentTo({ stage, pushedBytes }: TargetState): string {
  if (stage === 'untouched') return 'nothing';
  return pushedBytes === undefined ? 'not known' : formatBytes(pushedBytes);
}
