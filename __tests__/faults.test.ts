import { describe, expect } from 'vitest';
import { faults } from '../scripts/torture/faults.ts';
import { useTemporary } from './fixtures/temporary.ts';
import { itWith } from './support/tools.ts';

const temporary = useTemporary();

/** A fixed part of what `npm run torture` draws: rounds by place, for each command whose requests suffer. */
const parts: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  'push-faults': { distribution3: 6, minio: 6 },
  'streamed-push-faults': { 'distribution3-token': 2 },
  'copy-faults': { 'distribution3-token': 4 },
  'pull-faults': { distribution3: 4 },
  'layout-pull-faults': { versitygw: 4 },
  'gc-faults': { 'distribution3-token': 3, versitygw: 4 },
  'rm-faults': { distribution3: 4 },
  'static-push-faults': { minio: 4 },
  'static-pull-faults': { versitygw: 4 },
};

describe('a command whose requests suffer', () => {
  for (const [name, places] of Object.entries(parts)) {
    for (const [place, rounds] of Object.entries(places)) {
      const { tools, run } = faults[name]?.places[place] ?? { tools: ['such a place'] };
      const holds = async (): Promise<void> => {
        const folder = `${temporary.path}/${name}-${place}`;
        const outcome = await run?.({ rounds, seed: 7, folder });
        expect(outcome?.findings).toEqual([]);
        expect(outcome?.counts.rounds).toBe(rounds);
      };
      itWith(tools, `comes to a whole or says why not: ${name} on ${place}`, holds, 120_000);
    }
  }
});
