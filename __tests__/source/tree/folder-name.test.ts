import { describe, expect, it } from 'vitest';
import { folderNameProblem, platformsInFolderName } from '../../../src/source/tree/folder-name.ts';

const read = (name: string): string[] | undefined =>
  platformsInFolderName(name)?.map((platform) => Object.values(platform).join('/'));

describe('the name of one folder', () => {
  it.each([
    ['linux-amd64', 'linux/amd64'],
    ['Linux-x86_64', 'linux/amd64'],
    ['darwin_arm64', 'darwin/arm64'],
    ['linux-armv7', 'linux/arm/v7'],
    ['linux-armhf', 'linux/arm/v7'],
    // buildx --output type=local of several platforms
    ['linux_amd64', 'linux/amd64'],
    ['linux_arm_v7', 'linux/arm/v7'],
    ['linux_amd64_v2', 'linux/amd64/v2'],
    ['linux_386', 'linux/386'],
    ['wasi_wasm', 'wasi/wasm'],
    // .NET, Node and npm
    ['linux-x64', 'linux/amd64'],
    ['linux-musl-x64', 'linux/amd64'],
    ['linux-musl-arm64', 'linux/arm64'],
    ['linux-arm', 'linux/arm'],
    ['win-x64', 'windows/amd64'],
    ['win-x86', 'windows/386'],
    ['win-arm64', 'windows/arm64'],
    ['win10-x64', 'windows/amd64'],
    ['win32-x64', 'windows/amd64'],
    ['osx-x64', 'darwin/amd64'],
    ['osx-arm64', 'darwin/arm64'],
    ['freebsd-x64', 'freebsd/amd64'],
    ['release_linux-x64', 'linux/amd64'],
    ['linux-x64-musl', 'linux/amd64'],
    ['win32-x64-msvc', 'windows/amd64'],
    // GoReleaser
    ['app_linux_amd64_v1', 'linux/amd64'],
    ['app_linux_amd64_v3', 'linux/amd64/v3'],
    ['app_darwin_arm64_v8.0', 'darwin/arm64'],
    ['app_linux_arm64_v9.0', 'linux/arm64/v9'],
    ['app_linux_arm_6', 'linux/arm/v6'],
    ['app_linux_386_sse2', 'linux/386'],
    ['app_linux_mips_softfloat', 'linux/mips'],
    ['app_linux_ppc64le_power8', 'linux/ppc64le'],
    ['app_linux_riscv64_rva20u64', 'linux/riscv64'],
    ['app_js_wasm', 'js/wasm'],
    ['linux_exporter_linux_arm64', 'linux/arm64'],
    // Rust, Zig, Nix
    ['x86_64-unknown-linux-gnu', 'linux/amd64'],
    ['x86_64-unknown-linux-musl', 'linux/amd64'],
    ['aarch64-apple-darwin', 'darwin/arm64'],
    ['x86_64-pc-windows-msvc', 'windows/amd64'],
    ['i686-pc-windows-gnu', 'windows/386'],
    ['armv7-unknown-linux-gnueabihf', 'linux/arm/v7'],
    ['arm-unknown-linux-gnueabihf', 'linux/arm/v6'],
    ['riscv64gc-unknown-linux-gnu', 'linux/riscv64'],
    ['powerpc64le-unknown-linux-gnu', 'linux/ppc64le'],
    ['aarch64-linux-musl', 'linux/arm64'],
    ['x86_64-linux', 'linux/amd64'],
    ['app_x86_64-unknown-linux-gnu', 'linux/amd64'],
  ])('%s tells %s', (name, platform) => {
    expect(read(name)).toEqual([platform]);
  });

  it.each(['app_darwin_all', 'darwin-universal'])(
    '%s tells both platforms of a universal program',
    (name) => {
      expect(read(name)).toEqual(['darwin/amd64', 'darwin/arm64']);
    },
  );

  it.each([
    'linux',
    'amd64',
    'app',
    'linux-x65',
    'linux-bionic-x64',
    'browser-wasm',
    'app_linux_arm64_v8.2',
    'app_linux_arm_9',
    'linux-armv7-v6',
    'linux-amd64-debug',
    'linux_all',
    'any',
    '',
    '-',
  ])('%j tells no platform', (name) => {
    expect(read(name)).toBeUndefined();
  });

  it('says why it is not read where it is named like a platform', () => {
    expect(folderNameProblem('linux-amd46')).toMatch(
      /since "amd46" is no architecture: did you mean "linux-amd64"\?/,
    );
    expect(folderNameProblem('linux-bionic-x64')).toMatch(
      /since "bionic-x64" is no architecture; expected <os>-/,
    );
    expect(folderNameProblem('notes')).toBeUndefined();
    expect(folderNameProblem('linux')).toBeUndefined();
  });
});
