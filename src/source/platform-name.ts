import { basename } from 'node:path';
import type { Image } from '../content/content.ts';
import { AlbaError } from '../errors.ts';
import {
  architectures,
  formatPlatform,
  inGoNames,
  operatingSystems,
  type Platform,
  spellPlatform,
  variants,
} from '../oci/platform.ts';
import { normalizeArchitecture, normalizeOs } from '../oci/platform-aliases.ts';
import type { Progress } from '../progress/progress.ts';
import { architectureProblem, osProblem } from './tree/file.ts';

/**
 * The platform that a file or folder name tells, such as `app-linux-arm.v7.tar.gz` or `Linux-x86_64.tar`: an operating
 * system, an architecture and perhaps a variant, side by side, in Go's names. Undefined for a name that tells none.
 */
export function platformInName(path: string): Platform | undefined {
  const tokens = basename(path)
    .toLowerCase()
    .replaceAll(/x86[_-]64/g, 'amd64')
    .split(/[^a-z0-9]+/);
  const at = tokens.findIndex(
    (token, index) => isKnown(operatingSystems, normalizeOs(token)) && isArchitecture(tokens[index + 1]),
  );
  const [os, architecture, variant] = at < 0 ? [] : tokens.slice(at);
  if (!os || !architecture) return undefined;
  const platform = inGoNames({ os, architecture });
  const isVariant = variant !== undefined && variants.get(platform.architecture)?.includes(variant);
  const isVersion = /^\d/.test(tokens[at + 3] ?? '');
  return { ...(isVariant && !isVersion && { variant }), ...platform };
}

function isArchitecture(token = ''): boolean {
  return isKnown(architectures, normalizeArchitecture(token)[0]);
}

function isKnown(names: readonly string[], name: string): boolean {
  return names.includes(name);
}

/**
 * The images of an artifact, for the platforms that they are published for: in Go's names, and with the variant that
 * the name of the artifact tells where the image has none. What was read as something else is told, a name that Go
 * does not know is a warning. Throws where the name of the artifact tells another platform than an image has.
 */
export function resolvePlatforms(
  images: readonly Image[],
  origin: string,
  progress: Progress,
  name?: string,
): Image[] {
  return images.map((image) => {
    const platform = inGoNames(image.platform);
    const [written, normal] = [spellPlatform(image.platform), spellPlatform(platform)];
    if (written !== normal) progress.line(`${origin}: ${written} is read as ${normal}`);
    const problem = osProblem(platform.os) ?? architectureProblem(platform.architecture);
    if (problem) progress.warn(`${origin} is for ${normal}: ${problem}`);
    const named = name === undefined ? undefined : platformInName(name);
    return withPlatform(image, named ? complete(platform, named, origin, progress) : platform);
  });
}

/**
 * A name without a variant leaves it open. `amd64-v2` may as well be a version, so the name completes a config without
 * a variant for arm alone, where none means v7 to all clients: Nix builds for armv6l without saying so.
 */
function complete(platform: Platform, named: Platform, origin: string, progress: Progress): Platform {
  const { os, architecture, variant } = platform;
  const plain = { os, architecture, ...(variant && { variant }) };
  const isSame = named.os === os && named.architecture === architecture;
  if (isSame && (!named.variant || formatPlatform(named) === formatPlatform(plain))) return platform;
  if (isSame && !variant && architecture !== 'arm') return platform;
  if (isSame && !variant && named.variant) {
    progress.line(
      `${origin}: ${spellPlatform(plain)} is published as ${spellPlatform(named)}, as its name says`,
    );
    return { ...platform, variant: named.variant };
  }
  throw new AlbaError(
    'source',
    `${origin} is named for ${formatPlatform(named)}, but the image in it is for ${formatPlatform(platform)}: rename the file or build for the other platform`,
  );
}

function withPlatform(image: Image, platform: Platform): Image {
  if (spellPlatform(platform) === spellPlatform(image.platform)) return image;
  if (image.kind === 'without-manifest') return { ...image, platform };
  const { manifest } = image;
  return {
    ...image,
    platform,
    manifest: { ...manifest, descriptor: { ...manifest.descriptor, platform } },
  };
}
