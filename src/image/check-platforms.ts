import type { Image } from '../content/content.ts';
import { AlbaError } from '../errors.ts';
import { formatPlatform, isSamePlatform, type Platform } from '../oci/platform.ts';

/** Each platform once, but for what one index holds, and just the wanted ones where some are named. Errors tell of every fault at once. */
export function checkPlatforms(images: readonly Image[], wanted: readonly Platform[] | undefined): void {
  const faults = [...clashes(images), ...(wanted ? differences(images, wanted) : [])];
  if (faults.length > 0) throw new AlbaError('source', faults.join('\n'));
}

function clashes(images: readonly Image[]): string[] {
  const first = new Map<string, Image>();
  const faults: string[] = [];
  for (const image of images) {
    const key = formatPlatform(image.platform);
    const other = first.get(key);
    if (!other) first.set(key, image);
    else if (!areOfOneIndex(other, image)) faults.push(clash(other, image));
  }
  return faults;
}

/** An index may offer several images for one platform, such as one of gzip and one of zstd: it is for clients to choose. */
function areOfOneIndex(...images: readonly Image[]): boolean {
  const [one, other] = images.map((image) => (image.kind === 'with-manifest' ? image.within : undefined));
  return one !== undefined && one === other;
}

function clash(one: Image, other: Image): string {
  const platform = formatPlatform(other.platform);
  const rule = 'an index holds one of each platform';
  if (one.origin !== other.origin) {
    return `two images for ${platform}: ${one.origin} and ${other.origin}; ${rule}: leave one out`;
  }
  return `two images for ${platform} in ${one.origin}: ${idOf(one)} and ${idOf(other)}; ${rule}: save only the one that is meant (docker save -o image.tar name:tag)`;
}

/** Tells an image from others in its archive. */
function idOf(image: Image): string {
  const { digest } = image.kind === 'with-manifest' ? image.manifest.descriptor : image.config.descriptor;
  const id = `${image.kind === 'with-manifest' ? 'manifest' : 'config'} ${digest}`;
  return image.name ? `${image.name} (${id})` : id;
}

function differences(images: readonly Image[], wanted: readonly Platform[]): string[] {
  const missing = wanted.filter(
    (platform) => !images.some((image) => isSamePlatform(platform, image.platform)),
  );
  const extra = images.filter(
    (image) => !wanted.some((platform) => isSamePlatform(platform, image.platform)),
  );
  return [
    ...missing.map(
      (platform) =>
        `no artifact is for ${formatPlatform(platform)}, which "platforms" asks for: was it built, and is it named?`,
    ),
    ...extra.map(
      ({ origin, platform }) =>
        `${origin} is for ${formatPlatform(platform)}, which "platforms" does not name: add it there, or leave the artifact out`,
    ),
  ];
}
