import { AlbaError } from '../errors.ts';
import { formatPlatform } from '../oci/platform.ts';
import { formatNames, shownPath } from '../progress/format.ts';
import type { ReadOptions } from '../source/archive.ts';
import { readArtifact } from '../source/open.ts';
import { resolvePlatforms } from '../source/platform-name.ts';
import { choosePlatforms } from './choose-platforms.ts';
import type { PullSource } from './source.ts';

/** An archive or a layout on this machine; all of it is read, and with it verified. */
export async function openPathSource(
  path: string,
  { directory, ...options }: ReadOptions & { readonly directory: string },
): Promise<PullSource> {
  const { progress } = options;
  const origin = shownPath(path, directory);
  const read = await readArtifact(path, options);
  const images = resolvePlatforms(read.images, origin, progress, path);
  const [name, ...names] = [...new Set(images.flatMap((image) => image.name ?? []))];
  return {
    origin,
    ...(name !== undefined && names.length === 0 && { name }),
    async images(wanted) {
      const chosen = choosePlatforms(wanted, images, origin, progress);
      for (const { platform } of chosen) {
        const same = images.filter((image) => formatPlatform(image.platform) === formatPlatform(platform));
        if (same.length === 1) continue;
        const called = formatNames(same.map((image) => image.name ?? 'one without a name'));
        throw new AlbaError(
          'source',
          `${origin} holds ${same.length} images for ${formatPlatform(platform)}, ${called}: save the one that is meant; in a layout, oci:${origin}:<tag> names it`,
        );
      }
      return chosen;
    },
    async [Symbol.asyncDispose]() {},
  };
}
