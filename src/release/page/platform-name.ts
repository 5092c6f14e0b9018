import type { ReleasePlatform } from '../../source/tree/file.ts';

const systems: Readonly<Record<string, string>> = {
  aix: 'AIX',
  android: 'Android',
  darwin: 'macOS',
  dragonfly: 'DragonFly BSD',
  freebsd: 'FreeBSD',
  illumos: 'illumos',
  ios: 'iOS',
  js: 'JavaScript',
  linux: 'Linux',
  netbsd: 'NetBSD',
  openbsd: 'OpenBSD',
  plan9: 'Plan 9',
  solaris: 'Solaris',
  wasi: 'WASI',
  wasip1: 'WASI preview 1',
  windows: 'Windows',
};

const machines: Readonly<Record<string, string>> = {
  '386': 'x86, 32-bit',
  amd64: 'x86, 64-bit',
  arm: 'ARM, 32-bit',
  arm64: 'ARM, 64-bit',
  loong64: 'LoongArch',
  mips: 'MIPS',
  mips64: 'MIPS, 64-bit',
  mips64le: 'MIPS, 64-bit, little-endian',
  mipsle: 'MIPS, little-endian',
  ppc64: 'POWER',
  ppc64le: 'POWER, little-endian',
  riscv64: 'RISC-V',
  s390x: 'IBM Z',
  sparc64: 'SPARC',
  wasm: 'WebAssembly',
};

/** The names that people know an operating system and a machine by. */
export function namesOf({ os, architecture }: ReleasePlatform): { system: string; machine: string } {
  const machine =
    os === 'darwin' && architecture === 'arm64'
      ? 'Apple silicon'
      : os === 'darwin' && architecture === 'amd64'
        ? 'Intel'
        : nameIn(machines, architecture);
  return { system: nameIn(systems, os), machine };
}

function nameIn(names: Readonly<Record<string, string>>, key: string): string {
  return Object.hasOwn(names, key) ? (names[key] ?? key) : key;
}
