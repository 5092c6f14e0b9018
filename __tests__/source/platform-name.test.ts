import { describe, expect, it } from 'vitest';
import type { Image } from '../../src/content/content.ts';
import { formatPlatform, parsePlatform } from '../../src/oci/platform.ts';
import { checkName, platformInName } from '../../src/source/platform-name.ts';

describe('platformInName', () => {
  it.each([
    ['linux.arm64.tar.gz', 'linux/arm64'],
    ['app-linux-arm.v7.tar', 'linux/arm/v7'],
    ['linux_amd64.tar.zst', 'linux/amd64'],
    ['/builds/Linux-AMD64', 'linux/amd64'],
    ['app-1.2-linux-386-final.tar', 'linux/386'],
    ['app-linux-arm64-v8.tar', 'linux/arm64/v8'],
    ['app-linux-amd64-v2.0.1.tar', 'linux/amd64'],
    ['linux-arm-v9.tar', 'linux/arm'],
  ])('%s', (name, platform) => {
    expect(formatPlatform(platformInName(name) ?? expect.fail('none'))).toBe(platform);
  });

  it.each([
    'app.tar',
    'linux.tar',
    'amd64.tar',
    'arm64-linux.tar',
    'linux-app-amd64.tar',
    '/linux/arm64/app.tar',
  ])('%s tells none', (name) => {
    expect(platformInName(name)).toBeUndefined();
  });
});

describe('checkName', () => {
  const check = (name: string, platform: string) => () =>
    checkName(name, [{ kind: 'loose', platform: parsePlatform(platform) } as Image]);

  it.each([
    ['linux.arm.tar', 'linux/arm/v6'],
    ['linux.arm.v7.tar', 'linux/arm'],
    ['linux.arm64.v8.tar', 'linux/arm64'],
    ['linux.amd64-v2.tar', 'linux/amd64'],
    ['whatever.tar', 'linux/s390x'],
  ])('%s agrees with %s', (name, platform) => {
    expect(check(name, platform)).not.toThrow();
  });

  it.each([
    ['linux.arm64.tar', 'linux/amd64'],
    ['windows.amd64.tar', 'linux/amd64'],
    ['linux.arm.v6.tar', 'linux/arm'],
    ['linux.arm.v6.tar', 'linux/arm/v7'],
    ['linux.amd64.v2.tar', 'linux/amd64/v3'],
  ])('%s contradicts %s', (name, platform) => {
    expect(check(name, platform)).toThrow(
      `${name} is named for linux`.replace('linux', name.split('.')[0] ?? ''),
    );
    expect(check(name, platform)).toThrow(`the image in it is for ${platform}`);
  });
});
