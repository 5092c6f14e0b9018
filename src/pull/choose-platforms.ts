import { AlbaError } from '../errors.ts';
import { formatPlatform, type Platform } from '../oci/platform.ts';
import { nearestTo } from '../oci/runs-on.ts';
import { formatNames } from '../progress/format.ts';
import type { Progress } from '../progress/progress.ts';

/** The platforms that are wanted: all, these, or what runs on this machine best. */
export type WantedPlatforms =
  | { readonly kind: 'all' }
  | { readonly kind: 'named'; readonly platforms: readonly Platform[] }
  | { readonly kind: 'own'; readonly platform: Platform };

/** What Node tells of the machine that it runs on. */
export interface MachineFacts {
  readonly arch: string;
  /** Of ARM, as `process.config` has it: `7`. */
  readonly armVersion?: string;
}

const architectures: Readonly<Record<string, string>> = {
  ia32: '386',
  x64: 'amd64',
  ppc64: 'ppc64le',
  loong64: 'loong64',
  mipsel: 'mipsle',
};

/** The platform of images for a machine: Linux on its architecture, whatever system it has, as docker takes it. */
export function ownPlatform({ arch, armVersion = '7' }: MachineFacts): Platform {
  const architecture = architectures[arch] ?? arch;
  const variant = architecture === 'arm' ? `v${armVersion}` : undefined;
  return { os: 'linux', architecture, ...(variant && { variant }) };
}

/**
 * What is offered for each wanted platform, in their order: of several for one the first, which clients take that know of no
 * difference. Throws a source error that names the platforms that there are where a wanted one is missing.
 */
export function choosePlatforms<T extends { readonly platform: Platform }>(
  wanted: WantedPlatforms,
  offered: readonly T[],
  origin: string,
  progress: Progress,
): T[] {
  if (wanted.kind === 'all') return firstOfEach(offered);
  const platforms = wanted.kind === 'own' ? [wanted.platform] : wanted.platforms;
  return platforms.map((platform) => {
    const [best] = nearestTo(platform, offered);
    if (!best) throw missing(platform, offered, origin);
    const [asked, given] = [formatPlatform(platform), formatPlatform(best.platform)];
    const isLesser = asked !== given && platform.variant !== best.platform.variant;
    if (isLesser) progress.line(`${origin} has no ${asked}: ${given} is taken, which runs there`);
    return best;
  });
}

function firstOfEach<T extends { readonly platform: Platform }>(offered: readonly T[]): T[] {
  const first = new Map<string, T>();
  for (const one of offered) {
    const name = formatPlatform(one.platform);
    first.set(name, first.get(name) ?? one);
  }
  return [...first.values()];
}

function missing(
  platform: Platform,
  offered: readonly { readonly platform: Platform }[],
  origin: string,
): AlbaError {
  const names = [...new Set(offered.map((one) => formatPlatform(one.platform)))];
  const there = names.length > 0 ? formatNames(names) : 'no image';
  return new AlbaError(
    'source',
    `${origin} has no image for ${formatPlatform(platform)}: it has ${there}; name one in "platform"`,
  );
}
