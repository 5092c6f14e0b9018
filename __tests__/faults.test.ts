import { describe, expect } from 'vitest';
import { faults } from '../scripts/torture/faults.ts';
import { useTemporary } from './fixtures/temporary.ts';
import { itWith } from './support/tools.ts';

const temporary = useTemporary();

/** A fixed part of what `npm run torture -- faults` draws. */
describe('a push whose requests suffer', () => {
  for (const place of ['distribution3', 'minio']) {
    const { tools, run } = faults.places[place] ?? { tools: ['such a place'] };
    const holds = async (): Promise<void> => {
      const folder = `${temporary.path}/${place}`;
      const outcome = await run?.({ rounds: 10, seed: 7, folder });
      expect(outcome?.findings).toEqual([]);
      expect(outcome?.counts.whole).toBeGreaterThan(0);
    };
    itWith(tools, `is there whole, or says why not and leaves the tag: ${place}`, holds, 120_000);
  }
});
