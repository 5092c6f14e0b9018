import { beforeAll, expect, it } from 'vitest';
import { killPulls } from '../../scripts/torture/pull-kills.ts';
import { scenarios } from '../../scripts/torture/pull-scenarios.ts';
import { publishVersions } from '../../scripts/torture/pull-site.ts';
import { useTemporary } from '../fixtures/temporary.ts';

const temporary = useTemporary();

beforeAll(() => publishVersions(temporary.path));

// npm run torture -- pull-kills --rounds 100 does it a hundred times.
it.concurrent.each(scenarios.map((scenario) => [scenario.name, scenario] as const))(
  'a whole command that is killed leaves one of two versions, and nothing else once another has run: %s',
  { timeout: 120_000 },
  async (_, scenario) => {
    const { late: __, locks: ___, ...seen } = await killPulls(scenario, temporary.path, 1, 16);
    expect(Object.values(seen).reduce((sum, count) => sum + count, 0)).toBe(1);
  },
);
