import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { completePlatform } from '../../src/oci/complete-platform.ts';
import type { Platform } from '../../src/oci/platform.ts';

const complete = (...platforms: Partial<Platform>[]) =>
  completePlatform(
    platforms.map((platform, index) => ({ platform, by: `source ${index}` })),
    'app.tar',
    'it',
  );
const linux = { os: 'linux' };
const arm = { ...linux, architecture: 'arm' };
const arm64 = { ...linux, architecture: 'arm64' };
const windows = { os: 'windows', architecture: 'amd64' };

describe('platforms that several sources tell', () => {
  it.each([
    ['a variant', [arm, { ...arm, variant: 'v6' }], { ...arm, variant: 'v6' }],
    ['a system', [{ architecture: 'arm64' }, linux], arm64],
    ['nothing', [{}, arm64], arm64],
    ['a version', [windows, { 'os.version': '10.0.17763.1' }], { ...windows, 'os.version': '10.0.17763.1' }],
    [
      'more of a version',
      [{ ...windows, 'os.version': '10.0.17763' }, { 'os.version': '10.0.17763.1' }],
      { ...windows, 'os.version': '10.0.17763.1' },
    ],
    ['features', [windows, { 'os.features': ['win32k'] }], { ...windows, 'os.features': ['win32k'] }],
    ['the variant in another name', [arm, { ...linux, architecture: 'arm32v6' }], { ...arm, variant: 'v6' }],
  ] as const)('complete each other by %s', (_, told, expected) => {
    expect(complete(...told)).toEqual(expected);
  });

  it.each([
    [arm64, { ...arm64, variant: 'v8' }],
    [arm, { ...arm, variant: 'v7' }],
    [
      { ...linux, architecture: 'x86_64' },
      { ...linux, architecture: 'amd64' },
    ],
  ])('stay as the first one writes it where the other one says the same', (first, second) => {
    expect(complete(first, second)).toEqual(first);
  });

  it.each([
    [arm, arm64, /^app\.tar: source 0 says that it is for linux\/arm, source 1 says linux\/arm64$/],
    [{ ...arm, variant: 'v6' }, { ...arm, variant: 'v7' }, /linux\/arm\/v6, source 1 says linux\/arm\/v7/],
    [
      { ...windows, 'os.version': '10.0.1' },
      { 'os.version': '10.0.17' },
      /windows\(10\.0\.1\).*\(10\.0\.17\)/,
    ],
    [linux, { os: 'windows' }, /linux\/\?, source 1 says windows\/\?/],
  ])('contradict each other, in an error that names both', (first, second, says) => {
    expect(() => complete(first, second)).toThrow(says);
  });

  it('are none where nobody names both a system and an architecture', () => {
    expect(complete({ os: '' }, { architecture: 'arm64' })).toBeUndefined();
  });

  it('say the same in any order', () => {
    const part = fc.record(
      {
        os: fc.constantFrom('linux', 'windows', ''),
        architecture: fc.constantFrom('arm', 'arm64', 'amd64'),
        variant: fc.constantFrom('v6', 'v7', 'v8'),
        'os.version': fc.constantFrom('10.0', '10.0.1', '10.1'),
      },
      { requiredKeys: [] },
    );
    const outcome = (...platforms: Partial<Platform>[]) => {
      try {
        return complete(...platforms);
      } catch {
        return 'a contradiction';
      }
    };
    const check = (one: Partial<Platform>, other: Partial<Platform>) => {
      const [found, reversed] = [outcome(one, other), outcome(other, one)];
      if (typeof found === 'string' || !found) expect(reversed).toEqual(found);
      else expect(reversed).toMatchObject({ os: found.os, architecture: found.architecture });
    };
    fc.assert(fc.property(part, part, check), { seed: 12, numRuns: 500 });
  });
});
