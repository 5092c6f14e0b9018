import { AlbaError } from '../../errors.ts';
import { formatPlatform, type Platform, spellPlatform } from '../../oci/platform.ts';
import type { Progress } from '../../progress/progress.ts';
import {
  choosePlatforms,
  type MachineFacts,
  ownPlatform,
  type WantedPlatforms,
} from '../choose-platforms.ts';
import type { FilesOfPlatform, FilesRelease } from './files-release.ts';

/** The files of one platform, and where they go: into a folder of their own, or empty: to the root. */
export interface ChosenFiles {
  readonly files: FilesOfPlatform;
  /** As its document spells it; undefined where that tells none. */
  readonly platform: string | undefined;
  readonly folder: string;
}

/** The platform of this machine: files run on its own system, other than images. */
export function ownSystem(facts: MachineFacts & { readonly platform: string }): Platform {
  const { platform, ...machine } = facts;
  return { ...ownPlatform(machine), os: platform === 'win32' ? 'windows' : platform };
}

/**
 * The files of a release for the wanted platforms: one platform's at the root, of several, or of all, each in a folder
 * `<os>/<architecture>[/<variant>]`, as `static push` reads them. Throws a source error with those that there are.
 */
export function chooseFiles(
  { platforms, origin }: Pick<FilesRelease, 'platforms' | 'origin'>,
  wanted: WantedPlatforms,
  progress: Progress,
): ChosenFiles[] {
  const [first, ...others] = platforms;
  if (first && others.length === 0 && !first.platform) {
    return [{ files: first, platform: undefined, folder: '' }];
  }
  const offered = platforms.flatMap((files) => (files.platform ? [{ files, platform: files.platform }] : []));
  if (offered.length < platforms.length) {
    progress.warn(`${origin} has files for no platform that is told: they are left out`);
  }
  const isSeveral = wanted.kind === 'all' || (wanted.kind === 'named' && wanted.platforms.length > 1);
  const chosen = [
    ...new Set(choosePlatforms(withPlainArm(wanted, offered), offered, origin, progress, 'files')),
  ];
  assertOnce(chosen, origin);
  return chosen.map(({ files, platform }) => ({
    files,
    platform: spellPlatform(platform),
    folder: isSeveral ? spellPlatform(platform) : '',
  }));
}

/** Builds differ in what they mean by arm without a variant: where nothing else is there for one below v7, that is taken. */
function withPlainArm(
  wanted: WantedPlatforms,
  offered: readonly { readonly platform: Platform }[],
): WantedPlatforms {
  if (wanted.kind === 'all') return wanted;
  const isPlain = (one: Platform, os: string): boolean =>
    one.os === os && one.architecture === 'arm' && one.variant === undefined;
  const widened = (one: Platform): Platform => {
    if (one.architecture !== 'arm' || !['v5', 'v6'].includes(one.variant ?? '')) return one;
    const isThere = offered.some(
      ({ platform }) => platform.os === one.os && ['v5', one.variant].includes(platform.variant),
    );
    if (isThere || !offered.some(({ platform }) => isPlain(platform, one.os))) return one;
    return { os: one.os, architecture: 'arm' };
  };
  return wanted.kind === 'own'
    ? { ...wanted, platform: widened(wanted.platform) }
    : { ...wanted, platforms: wanted.platforms.map(widened) };
}

function assertOnce(chosen: readonly { readonly platform: Platform }[], origin: string): void {
  const seen = new Set<string>();
  for (const { platform } of chosen) {
    const name = formatPlatform(platform);
    if (seen.has(name))
      throw new AlbaError(
        'source',
        `${origin} has files for ${name} twice: its document is damaged, publish it again`,
      );
    seen.add(name);
  }
}
