import { architectures, operatingSystems, variants } from '../../oci/platform.ts';
import { normalizeArchitecture, normalizeOs, normalizeVariant } from '../../oci/platform-aliases.ts';
import type { ReleasePlatform } from './file.ts';
import { nearest } from './nearest.ts';

/** Names that tell a system or an architecture surely only where the other one stands beside it: .NET's, Node's, Rust's. */
const otherSystems: ReadonlyMap<string, string> = new Map(
  Object.entries({ osx: 'darwin', mac: 'darwin', win: 'windows', win10: 'windows', win32: 'windows' }),
);
const otherArchitectures: ReadonlyMap<string, string> = new Map(
  Object.entries({ x64: 'amd64', x86: '386', ia32: '386', riscv64gc: 'riscv64', powerpc64: 'ppc64' }),
);

/** Who built a system that Rust names, and the C libraries that it names; a platform of Go's says nothing of either. */
const vendors: readonly string[] = ['unknown', 'pc', 'apple'];
const libraries = /^(?:musl|gnu|msvc|(?:gnu|musl)(?:eabi|eabihf|llvm|abi64|x32)|eabi|eabihf|androideabi)$/;

/** What GoReleaser writes behind an architecture that no platform of an image has (GO386, GOMIPS, GOPPC64, GORISCV64). */
const levels: ReadonlyMap<string, RegExp> = new Map([
  ['386', /^(?:sse2|softfloat)$/],
  ...['mips', 'mipsle', 'mips64', 'mips64le'].map((name) => [name, /^(?:hard|soft)float$/] as const),
  ...['ppc64', 'ppc64le'].map((name) => [name, /^power(?:8|9|10)$/] as const),
  ['riscv64', /^rva2[023]u64$/],
]);

/** Variants that go without saying: the architecture alone is another name for them. */
const plain: ReadonlyMap<string, string> = new Map(Object.entries({ amd64: 'v1', arm64: 'v8' }));

/**
 * The platforms that the name of one folder tells, in Go's names, as tools leave them: `linux-amd64`, buildx's
 * `linux_arm_v7`, .NET's `linux-musl-x64`, Rust's `aarch64-apple-darwin`, GoReleaser's `app_linux_arm64_v8.0`, whose
 * `app_darwin_all` is for two. Undefined where it tells none, as `linux` alone does not.
 */
export function platformsInFolderName(name: string): ReleasePlatform[] | undefined {
  const words = wordsOf(name);
  for (let start = 0; start < words.length - 1; start += 1) {
    const own = words.slice(start);
    const found = readSystemFirst(own) ?? readArchitectureFirst(own);
    if (found) return found;
  }
  return undefined;
}

/**
 * The platforms of a program by what GoReleaser says of it: `linux`, `arm` and `6`; `darwin` and `all`. Undefined where
 * Go or the image spec have no name for it.
 */
export function platformsOfNames(
  os: string,
  architecture: string,
  variant?: string,
): ReleasePlatform[] | undefined {
  return readSystemFirst([os, architecture, ...(variant ? [variant] : [])].map((word) => word.toLowerCase()));
}

/** Why a folder that is named like a platform is read as none, undefined for a name that is nothing like one. */
export function folderNameProblem(name: string): string | undefined {
  const words = wordsOf(name);
  const at = words.findIndex((word) => systemOf(word) !== undefined);
  const rest = words.slice(at + 1);
  if (at < 0 || rest.length === 0) return undefined;
  const meant = nearest(rest.join('-'), architectures);
  const hint = meant ? `: did you mean "${words[at]}-${meant}"?` : '';
  const expected = 'expected <os>-<architecture>[-<variant>], such as linux-arm-v7 or win-x64';
  return `"${name}" is not read as a platform, since "${rest.join('-')}" is no architecture${hint || `; ${expected}`}`;
}

function wordsOf(name: string): string[] {
  return name
    .toLowerCase()
    .replaceAll(/x86[_-]64/g, 'amd64')
    .split(/[-_]/);
}

/** `linux [musl] arm [v7] [gnueabihf]`. */
function readSystemFirst([first = '', ...others]: readonly string[]): ReleasePlatform[] | undefined {
  const os = systemOf(first);
  const [word = '', ...rest] = others[0] === 'musl' && os === 'linux' ? others.slice(1) : others;
  if (!os) return undefined;
  if (os === 'darwin' && ['all', 'universal'].includes(word) && rest.length === 0) {
    return ['amd64', 'arm64'].map((architecture) => ({ os, architecture }));
  }
  const [variant, ...more] = rest;
  const isLibrary = rest.length === 1 && libraries.test(variant ?? '');
  if (rest.length === 0 || isLibrary) return toPlatforms(os, word);
  return more.length === 0 ? toPlatforms(os, word, variant) : undefined;
}

/** `aarch64 [unknown] linux [gnu]`, as compilers name what they build for. */
function readArchitectureFirst([word = '', ...others]: readonly string[]): ReleasePlatform[] | undefined {
  const isVendor = vendors.includes(others[0] ?? '');
  const [system = '', library = 'gnu', ...more] = isVendor ? others.slice(1) : others;
  const os = systemOf(system);
  if (!os || more.length > 0 || !libraries.test(library)) return undefined;
  // Rust's `arm` is of version 6; its `armv7` says so.
  return toPlatforms(os, word, word === 'arm' && isVendor && library.includes('eabi') ? 'v6' : undefined);
}

function toPlatforms(os: string, word: string, more?: string): ReleasePlatform[] | undefined {
  const [architecture, told] = normalizeArchitecture(otherArchitectures.get(word) ?? word);
  if (!architectures.includes(architecture)) return undefined;
  const variant = more === undefined ? told || undefined : normalizeVariant(architecture, more);
  if (variant === undefined || plain.get(architecture) === variant) return [{ os, architecture }];
  if (more !== undefined && told && told !== variant) return undefined;
  if (levels.get(architecture)?.test(variant)) return [{ os, architecture }];
  return variants.get(architecture)?.includes(variant) ? [{ os, architecture, variant }] : undefined;
}

function systemOf(word: string): string | undefined {
  const os = otherSystems.get(word) ?? normalizeOs(word);
  return operatingSystems.includes(os) ? os : undefined;
}
