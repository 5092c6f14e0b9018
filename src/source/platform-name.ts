import { basename } from 'node:path';
import type { Image } from '../content/content.ts';
import { AlbaError } from '../errors.ts';
import {
  architectures,
  formatPlatform,
  operatingSystems,
  type Platform,
  platformKey,
  variants,
} from '../oci/platform.ts';

/**
 * The platform that a file or folder name tells, such as `app-linux-arm.v7.tar.gz`: an operating system,
 * an architecture and perhaps a variant, side by side. Undefined for a name that tells none.
 */
export function platformInName(path: string): Platform | undefined {
  const tokens = basename(path)
    .toLowerCase()
    .split(/[^a-z0-9]+/);
  const at = tokens.findIndex(
    (token, index) => operatingSystems.includes(token) && architectures.includes(tokens[index + 1] ?? ''),
  );
  const [os, architecture, variant] = at < 0 ? [] : tokens.slice(at);
  if (!os || !architecture) return undefined;
  const isVariant = variant !== undefined && variants[architecture]?.includes(variant);
  const isVersion = /^\d/.test(tokens[at + 3] ?? '');
  return { os, architecture, ...(isVariant && !isVersion && { variant }) };
}

/** Fails if the name of an artifact tells another platform than one of its images has. */
export function checkName(path: string, images: readonly Image[]): void {
  const named = platformInName(path);
  const other = named && images.find(({ platform }) => !agrees(named, platform));
  if (!other) return;
  throw new AlbaError(
    'source',
    `${path} is named for ${formatPlatform(named)}, but the image in it is for ${formatPlatform(other.platform)}: rename the file or build for the other platform`,
  );
}

/**
 * A name without a variant leaves it open. `amd64-v2` may as well be a version, so a config without a
 * variant contradicts it for arm alone, where none means v7 to all clients.
 */
function agrees(named: Platform, { os, architecture, variant }: Platform): boolean {
  if (named.os !== os || named.architecture !== architecture) return false;
  if (!named.variant || (!variant && architecture !== 'arm')) return true;
  return platformKey(named) === platformKey({ os, architecture, ...(variant && { variant }) });
}
