import type { Platform } from '../../oci/platform.ts';

/** Systems and architectures as Go and `uname` name them, and what OCI calls them. */
const systems: Readonly<Record<string, string>> = {
  ...{ linux: 'linux', darwin: 'darwin', macos: 'darwin', windows: 'windows', freebsd: 'freebsd' },
  ...{ netbsd: 'netbsd', openbsd: 'openbsd', android: 'android' },
};
const architectures: Readonly<Record<string, readonly [architecture: string, variant?: string]>> = {
  ...{ amd64: ['amd64'], x86_64: ['amd64'], arm64: ['arm64'], aarch64: ['arm64'], arm: ['arm'] },
  ...{ armv5: ['arm', 'v5'], armv6: ['arm', 'v6'], armv7: ['arm', 'v7'], arm64v8: ['arm64', 'v8'] },
  ...{ 386: ['386'], i386: ['386'], riscv64: ['riscv64'], ppc64le: ['ppc64le'], s390x: ['s390x'] },
  ...{ loong64: ['loong64'], mips64le: ['mips64le'] },
};

/** The platform that the name of an asset says, between its dashes, underlines and dots: `tool-linux-armv7`; undefined where it says none. */
export function platformIn(name: string): Pick<Platform, 'os' | 'architecture' | 'variant'> | undefined {
  const words = name.toLowerCase().replaceAll('x86_64', 'amd64').split(/[-_.]/);
  const os = words.flatMap((word) => (Object.hasOwn(systems, word) ? (systems[word] ?? []) : [])).at(-1);
  const [architecture, variant] =
    words.flatMap((word) => (Object.hasOwn(architectures, word) ? [architectures[word] ?? []] : [])).at(-1) ??
    [];
  if (os === undefined || architecture === undefined) return undefined;
  return { os, architecture, ...(variant !== undefined && { variant }) };
}
