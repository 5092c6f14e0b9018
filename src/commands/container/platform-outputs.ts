import { formatPlatform, type Platform, spellPlatform } from '../../oci/platform.ts';

/** The platforms whose outputs action.yml declares, by the outputs' names; others are set as well. */
export const commonPlatforms: ReadonlyMap<string, string> = new Map(
  [
    'linux/386',
    'linux/amd64',
    'linux/arm/v6',
    'linux/arm/v7',
    'linux/arm64',
    'linux/ppc64le',
    'linux/riscv64',
    'linux/s390x',
    'windows/amd64',
    'windows/arm64',
  ].map((platform) => [outputName(platform), platform]),
);

/**
 * The outputs that hold each of these images, in their order: called as its normal form, and besides, where no other
 * image is called so, as it is spelled and without a version of Windows. Of several images for one platform the first
 * has them, which clients take that know of no difference.
 */
export function platformOutputs(platforms: readonly Platform[]): string[][] {
  const taken = new Set<string>();
  const take = (text: string): string[] => {
    const name = outputName(text);
    if (taken.has(name)) return [];
    taken.add(name);
    return [name];
  };
  const own = platforms.map((platform) => take(formatPlatform(platform)));
  return platforms.map((platform, index) => {
    const { 'os.version': _, ...unversioned } = platform;
    return [...(own[index] ?? []), ...take(spellPlatform(platform)), ...take(formatPlatform(unversioned))];
  });
}

/** `linux-arm-v7` for linux/arm/v7. */
function outputName(platform: string): string {
  return platform.replace(/[^a-z0-9.]+/g, '-');
}
