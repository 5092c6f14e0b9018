import { AlbaError } from '../errors.ts';
import { compareText } from './compare.ts';
import { normalizeArchitecture, normalizeOs, normalizeVariant } from './platform-aliases.ts';

/** Where an image runs; names are Go's (image-spec, image-index.md, "platform"). */
export interface Platform {
  readonly os: string;
  readonly architecture: string;
  readonly variant?: string;
  readonly 'os.version'?: string;
  readonly 'os.features'?: readonly string[];
}

/** Go's operating systems, and `wasi` as Docker names it. */
export const operatingSystems: readonly string[] =
  'aix android darwin dragonfly freebsd illumos ios js linux netbsd openbsd plan9 solaris wasip1 wasi windows'.split(
    ' ',
  );

/** Go's architectures. */
export const architectures: readonly string[] =
  '386 amd64 arm arm64 loong64 mips mips64 mips64le mipsle ppc64 ppc64le riscv64 s390x sparc64 wasm'.split(
    ' ',
  );

/** The variants that the image spec knows, by architecture. */
export const variants: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries({
    arm: ['v5', 'v6', 'v7', 'v8'],
    arm64: ['v8', 'v9'],
    amd64: ['v1', 'v2', 'v3', 'v4'],
  }),
);

/** What an architecture is without a variant; `arm` alone is written with its own. */
const plainVariants: ReadonlyMap<string, string> = new Map(Object.entries({ arm64: 'v8', amd64: 'v1' }));

/**
 * The platform in Go's names, as containerd's `platforms.Normalize` has them: `Linux/x86_64` is linux/amd64,
 * `linux/arm32v7` is linux/arm/v7. Unknown names stay, in lower case. Other than in {@link normalizePlatform}, a variant
 * that clients take for granted is neither added nor taken away: an index is published so, and its digest depends on it.
 */
export function inGoNames(platform: Platform): Platform {
  const { os, architecture, variant, ...rest } = platform;
  const [name, told] = normalizeArchitecture(architecture);
  const own = told ?? (variant && normalizeVariant(name, variant));
  return { os: normalizeOs(os), architecture: name, ...(own && { variant: own }), ...rest };
}

/** The normal form, containerd's `platforms.Normalize`: equal for two platforms that a client takes for the same. */
export function normalizePlatform(platform: Platform): Platform {
  const { variant: own, ...rest } = inGoNames(platform);
  const { architecture } = rest;
  const variant = own ?? (architecture === 'arm' ? 'v7' : undefined);
  const goesWithoutSaying = variant === undefined || plainVariants.get(architecture) === variant;
  return goesWithoutSaying ? rest : { ...rest, variant };
}

/**
 * The normal form of a platform, for outputs, messages and comparisons: linux/arm64/v8 is `linux/arm64`, linux/arm is
 * `linux/arm/v7`. A Windows version follows in parentheses: `windows(10.0.20348)/amd64`.
 */
export function formatPlatform(platform: Platform): string {
  return spellPlatform(normalizePlatform(platform));
}

/** A platform as its document spells it, in the form of {@link formatPlatform}. */
export function spellPlatform(platform: Platform): string {
  const version = platform['os.version'] ? `(${platform['os.version']})` : '';
  const variant = platform.variant ? `/${platform.variant}` : '';
  return `${platform.os}${version}/${platform.architecture}${variant}`;
}

/** The inverse of {@link spellPlatform}, for what a person typed; in Go's names. Anything else is a usage error. */
export function parsePlatform(text: string): Platform {
  const match = /^([a-z0-9]+)(?:\(([\w.]+)\))?\/([\w-]+)(?:\/([\w.]+))?$/i.exec(text);
  const [, os, version, architecture, variant] = match ?? [];
  const platform =
    os && architecture ? inGoNames({ os, architecture, ...(variant && { variant }) }) : undefined;
  if (!platform || !/^(v\d+(\.\d+)?)?$/.test(platform.variant ?? '')) {
    throw new AlbaError(
      'usage',
      `"${text}" is not a platform: expected <os>/<architecture>[/<variant>], such as linux/arm/v7`,
    );
  }
  return { ...platform, ...(version && { 'os.version': version }) };
}

/** Whether a wanted platform is met; one without a version is met by every version. */
export function isSamePlatform(wanted: Platform, found: Platform): boolean {
  const { 'os.version': version, ...rest } = found;
  return formatPlatform(wanted) === formatPlatform(wanted['os.version'] && version ? found : rest);
}

/** The order of platforms in an index, as they are spelled there. */
export function comparePlatforms(a: Platform, b: Platform): number {
  return compareText(spellPlatform(a), spellPlatform(b));
}
