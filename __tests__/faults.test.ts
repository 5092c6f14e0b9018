import { describe, expect, it } from 'vitest';
import { faults } from '../scripts/torture/faults.ts';
import { useTemporary } from './fixtures/temporary.ts';
import { findTool } from './support/tools.ts';

const temporary = useTemporary();

/** A fixed part of what `npm run torture -- faults` draws. */
describe.each(Object.entries(faults.places))(
  'a push to %s whose requests suffer',
  (place, { tools, run }) => {
    it.skipIf(tools.some((tool) => !findTool(tool)))(
      'is whole, or says why not and leaves the tag',
      { timeout: 120_000 },
      async () => {
        const { counts, findings } = await run({ rounds: 12, seed: 7, folder: `${temporary.path}/${place}` });
        expect(findings).toEqual([]);
        expect(counts.whole).toBeGreaterThan(0);
      },
    );
  },
);
