import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  architectures,
  comparePlatforms,
  formatPlatform,
  isSamePlatform,
  operatingSystems,
  type Platform,
  parsePlatform,
  platformKey,
} from '../../src/oci/platform.ts';

const anyPlatform: fc.Arbitrary<Platform> = fc.record(
  {
    os: fc.constantFrom(...operatingSystems),
    architecture: fc.constantFrom(...architectures),
    variant: fc.constantFrom('v5', 'v6', 'v7', 'v8'),
    'os.version': fc.stringMatching(/^\d{1,2}\.\d\.\d{1,5}$/),
  },
  { requiredKeys: ['os', 'architecture'] },
);

describe('platform', () => {
  it('survives being written and read', () => {
    fc.assert(
      fc.property(anyPlatform, (platform) => {
        expect(parsePlatform(formatPlatform(platform))).toEqual(platform);
      }),
      { seed: 1 },
    );
  });

  it('has an order that does not depend on where it starts', () => {
    fc.assert(
      fc.property(fc.array(anyPlatform), (platforms) => {
        const once = [...platforms].sort(comparePlatforms).map(formatPlatform);
        expect([...platforms].reverse().sort(comparePlatforms).map(formatPlatform)).toEqual(once);
      }),
      { seed: 2 },
    );
  });

  it.each([
    ['linux/arm64', 'linux/arm64/v8', true],
    ['linux/arm', 'linux/arm/v7', true],
    ['linux/arm', 'linux/arm/v6', false],
    ['linux/amd64', 'linux/amd64/v1', true],
    ['linux/amd64/v3', 'linux/amd64', false],
    ['linux/386', 'linux/amd64', false],
    ['windows/amd64', 'windows(10.0.20348)/amd64', true],
    ['windows(10.0.17763)/amd64', 'windows(10.0.20348)/amd64', false],
  ])('%s wanted, %s found: %s', (wanted, found, expected) => {
    expect(isSamePlatform(parsePlatform(wanted), parsePlatform(found))).toBe(expected);
  });

  it('tells two versions of Windows apart', () => {
    expect(platformKey(parsePlatform('windows(10.0.17763)/amd64'))).not.toBe(
      platformKey(parsePlatform('windows(10.0.20348)/amd64')),
    );
  });

  it.each(['', 'linux', 'linux/', '/amd64', 'Linux/amd64', 'linux/arm/7', 'linux/amd64/v1/x', 'linux amd64'])(
    'refuses %j',
    (text) => {
      expect(() => parsePlatform(text)).toThrow(/is not a platform: expected <os>\/<architecture>/);
    },
  );
});
