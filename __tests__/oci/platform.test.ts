import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  architectures,
  comparePlatforms,
  formatPlatform,
  inGoNames,
  isSamePlatform,
  normalizePlatform,
  operatingSystems,
  type Platform,
  parsePlatform,
  spellPlatform,
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
        expect(parsePlatform(spellPlatform(platform))).toEqual(platform);
        expect(parsePlatform(formatPlatform(platform))).toEqual(normalizePlatform(platform));
      }),
      { seed: 1 },
    );
  });

  it('has an order that does not depend on where it starts', () => {
    fc.assert(
      fc.property(fc.array(anyPlatform), (platforms) => {
        const once = [...platforms].sort(comparePlatforms).map(spellPlatform);
        expect([...platforms].reverse().sort(comparePlatforms).map(spellPlatform)).toEqual(once);
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
    expect(formatPlatform(parsePlatform('windows(10.0.17763)/amd64'))).not.toBe(
      formatPlatform(parsePlatform('windows(10.0.20348)/amd64')),
    );
  });

  it.each(['', 'linux', 'linux/', '/amd64', 'linux/arm/seven', 'linux/amd64/v1/x', 'linux amd64', 'linux/ü'])(
    'refuses %j',
    (text) => {
      expect(() => parsePlatform(text)).toThrow(/is not a platform: expected <os>\/<architecture>/);
    },
  );

  it.each([
    ['Linux/amd64', 'linux/amd64'],
    ['macOS/arm64', 'darwin/arm64'],
    ['linux/x86_64', 'linux/amd64'],
    ['linux/X86-64', 'linux/amd64'],
    ['linux/i386', 'linux/386'],
    ['linux/i686', 'linux/386'],
    ['linux/i386/v1', 'linux/386'],
    ['linux/aarch64', 'linux/arm64'],
    ['linux/aarch64/v9.0', 'linux/arm64/v9'],
    ['linux/arm64v8', 'linux/arm64'],
    ['linux/arm64/8', 'linux/arm64/v8'],
    ['linux/armhf', 'linux/arm/v7'],
    ['linux/armel', 'linux/arm/v6'],
    ['linux/armv5tel', 'linux/arm/v5'],
    ['linux/armv6l', 'linux/arm/v6'],
    ['linux/armv7', 'linux/arm/v7'],
    ['linux/arm32v7', 'linux/arm/v7'],
    ['linux/arm/7', 'linux/arm/v7'],
    ['linux/arm/armv7', 'linux/arm/v7'],
    ['linux/arm/V6', 'linux/arm/v6'],
    ['linux/ppc64el', 'linux/ppc64le'],
    ['Windows(10.0.17763)/x86_64', 'windows(10.0.17763)/amd64'],
    // What clients take for granted is neither added nor taken away: digests of published indexes depend on it.
    ['linux/arm', 'linux/arm'],
    ['linux/arm64/v8', 'linux/arm64/v8'],
    ['linux/amd64/v1', 'linux/amd64/v1'],
    // Big-endian, and not known to Go.
    ['linux/armv7b', 'linux/armv7b'],
    ['linux/quantum', 'linux/quantum'],
  ])('reads %s as %s', (text, expected) => {
    expect(spellPlatform(parsePlatform(text))).toBe(expected);
    expect(isSamePlatform(parsePlatform(expected), parsePlatform(text))).toBe(true);
  });

  // containerd 2, platforms/database.go: normalizeArch.
  it.each([
    ['linux/arm', 'linux/arm/v7'],
    ['linux/arm/7', 'linux/arm/v7'],
    ['linux/arm/v6', 'linux/arm/v6'],
    ['linux/arm/v8', 'linux/arm/v8'],
    ['linux/arm64/v8', 'linux/arm64'],
    ['linux/aarch64/8', 'linux/arm64'],
    ['linux/arm64/v9', 'linux/arm64/v9'],
    ['linux/amd64/v1', 'linux/amd64'],
    ['linux/x86_64/v2', 'linux/amd64/v2'],
    ['linux/riscv64', 'linux/riscv64'],
    ['windows(10.0.17763)/amd64/v1', 'windows(10.0.17763)/amd64'],
  ])('tells %s in its normal form, %s', (text, expected) => {
    expect(formatPlatform(parsePlatform(text))).toBe(expected);
  });

  it('keeps all else that is said of a platform', () => {
    const platform = {
      os: 'Windows',
      architecture: 'x86_64',
      'os.version': '10.0',
      'os.features': ['win32k'],
    };
    expect(inGoNames(platform)).toEqual({ ...platform, os: 'windows', architecture: 'amd64' });
  });

  it('is normalised once and for all', () => {
    const written = fc.record(
      { os: fc.string(), architecture: fc.string(), variant: fc.string({ minLength: 1 }) },
      { requiredKeys: ['os', 'architecture'] },
    );
    fc.assert(
      fc.property(written, (platform) => {
        const once = normalizePlatform(platform);
        expect(normalizePlatform(once)).toEqual(once);
        expect(inGoNames(inGoNames(platform))).toEqual(inGoNames(platform));
        expect(formatPlatform(once)).toBe(formatPlatform(platform));
      }),
      { seed: 3 },
    );
  });
});
