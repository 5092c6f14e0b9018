import { describe, expect, it } from 'vitest';
import { type Image, leaf, openBytes } from '../../src/content/content.ts';
import { digestOf } from '../../src/oci/digest.ts';
import { mediaTypes } from '../../src/oci/media-type.ts';
import { parsePlatform, spellPlatform } from '../../src/oci/platform.ts';
import { platformInName, resolvePlatforms } from '../../src/source/platform-name.ts';
import { silent } from '../fixtures/silent.ts';

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
    ['app-Linux-x86_64.tar.gz', 'linux/amd64'],
    ['linux_x86-64.tar', 'linux/amd64'],
    ['linux-aarch64.tar', 'linux/arm64'],
    ['linux-armv7.tar', 'linux/arm/v7'],
    ['linux.arm32v6.tar', 'linux/arm/v6'],
    ['linux-armhf-1.2.tar', 'linux/arm/v7'],
    ['linux-i386.tar', 'linux/386'],
    ['macos-arm64.tar', 'darwin/arm64'],
  ])('%s', (name, platform) => {
    expect(spellPlatform(platformInName(name) ?? expect.fail('none'))).toBe(platform);
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

describe('the platform of an image', () => {
  /** What becomes of an image in a file of this name, and what is told of it. */
  const resolved = (name: string, os: string, architecture: string, variant?: string) => {
    const told: string[] = [];
    const warned: string[] = [];
    const progress = {
      ...silent,
      line: (text: string) => told.push(text),
      warn: (text: string) => warned.push(text),
    };
    const descriptor = { mediaType: mediaTypes.oci.config, digest: digestOf(Buffer.alloc(0)), size: 0 };
    const blob = { descriptor, open: openBytes(Buffer.alloc(0)) };
    const platform = { os, architecture, ...(variant && { variant }) };
    const loose: Image = { kind: 'without-manifest', origin: name, platform, config: blob, layers: [] };
    const manifest = { ...leaf(blob), descriptor: { ...descriptor, platform } };
    const sealed: Image = { kind: 'with-manifest', origin: name, platform, manifest, attestations: [] };
    const [first, second] = resolvePlatforms([loose, sealed], name, progress, name);
    const published = first ? spellPlatform(first.platform) : '';
    if (second?.kind !== 'with-manifest') throw new Error('it has no manifest any longer');
    const ofDescriptor = second.manifest.descriptor.platform ?? platform;
    expect([second.platform, ofDescriptor].map(spellPlatform)).toEqual([published, published]);
    return { published, told: [...new Set(told)], warned: [...new Set(warned)] };
  };

  it.each([
    ['linux.arm.tar', 'linux/arm/v6'],
    ['linux.arm.v7.tar', 'linux/arm'],
    ['linux.arm64.v8.tar', 'linux/arm64'],
    ['linux.arm64.tar', 'linux/arm64/v8'],
    ['linux.amd64-v2.tar', 'linux/amd64'],
    ['linux.amd64.tar', 'linux/amd64/v1'],
    ['whatever.tar', 'linux/s390x'],
  ])('%s is published as it says, for %s', (name, platform) => {
    const { os, architecture, variant } = parsePlatform(platform);
    expect(resolved(name, os, architecture, variant)).toEqual({ published: platform, told: [], warned: [] });
  });

  it.each([
    ['app.tar', 'linux', 'x86_64', undefined, 'linux/amd64'],
    ['app.tar', 'linux', 'arm', 'armv7', 'linux/arm/v7'],
    ['app.tar', 'linux', 'arm32v7', undefined, 'linux/arm/v7'],
    ['app.tar', 'Linux', 'amd64', undefined, 'linux/amd64'],
    ['linux-x86_64.tar', 'linux', 'X86-64', undefined, 'linux/amd64'],
    ['linux.arm64.tar', 'linux', 'aarch64', undefined, 'linux/arm64'],
  ])('%s of %s/%s/%s is read in the words of Go', (name, os, architecture, variant, published) => {
    const written = [os, architecture, ...(variant ? [variant] : [])].join('/');
    expect(resolved(name, os, architecture, variant)).toEqual({
      published,
      told: [`${name}: ${written} is read as ${published}`],
      warned: [],
    });
  });

  it.each([
    ['linux.arm.v6.tar.gz', 'linux/arm/v6'],
    ['linux-armv6l.tar.gz', 'linux/arm/v6'],
    ['linux.arm.v5.tar', 'linux/arm/v5'],
  ])('%s tells the variant that Nix leaves out', (name, published) => {
    expect(resolved(name, 'linux', 'arm')).toEqual({
      published,
      told: [`${name}: linux/arm is published as ${published}, as its name says`],
      warned: [],
    });
  });

  it.each([
    ['linux', 'quantum', /linux\/quantum: "quantum" is not an architecture as Go names them/],
    ['linux', 'amd46', /did you mean "amd64"\?/],
    ['beos', 'amd64', /beos\/amd64: "beos" is not an operating system/],
  ])('%s/%s is a warning', (os, architecture, warning) => {
    const { published, warned } = resolved('app.tar', os, architecture);
    expect({ published, warned }).toEqual({
      published: `${os}/${architecture}`,
      warned: [expect.stringMatching(warning)],
    });
  });

  it.each([
    ['linux.arm64.tar', 'linux/amd64'],
    ['windows.amd64.tar', 'linux/amd64'],
    ['linux.arm.v6.tar', 'linux/arm/v7'],
    ['linux.amd64.v2.tar', 'linux/amd64/v3'],
    ['linux-aarch64.tar', 'linux/amd64'],
    ['linux.armv7.tar', 'linux/arm/v6'],
  ])('%s contradicts %s', (name, platform) => {
    const { os, architecture, variant } = parsePlatform(platform);
    const check = () => resolved(name, os, architecture, variant);
    expect(check).toThrow(`${name} is named for `);
    expect(check).toThrow(`the image in it is for ${platform}`);
  });
});
