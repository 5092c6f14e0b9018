import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { RetryContext } from '../../concurrency/retry.ts';
import type { Image } from '../../content/content.ts';
import { readFailure } from '../../content/file-chunks.ts';
import { AlbaError, systemCode } from '../../errors.ts';
import { formatPlatform, type Platform } from '../../oci/platform.ts';
import { formatReference } from '../../oci/reference.ts';
import { nearestTo } from '../../oci/runs-on.ts';
import type { Connection } from '../../place/connection.ts';
import type { Locator } from '../../place/locator.ts';
import { guessAddress } from '../../place/schemes.ts';
import { withoutPassword } from '../../progress/format.ts';
import type { ReadOptions } from '../../source/archive.ts';
import { readArtifact } from '../../source/open.ts';
import { resolvePlatforms } from '../../source/platform-name.ts';
import { openRemoteArtifact } from '../remote-artifact.ts';

/** What a person named as the base of images: something published, or an archive or a layout as a path. */
export type NamedBase =
  | { readonly kind: 'published'; readonly locator: Locator }
  | { readonly kind: 'path'; readonly path: string };

/** The images that others are built on, by platform. */
export interface Base {
  /** For messages. */
  readonly origin: string;
  /** How others refer to it, where it is on a registry: the value of org.opencontainers.image.base.name. */
  readonly name?: string;
  readonly images: readonly Image[];
  /** Lets its repository go: when the layers are where they should be. */
  close(): Promise<void>;
}

/** Reads a base: manifests and configs of what is published, all of an archive. */
export async function openBase(
  named: NamedBase,
  connection: Connection,
  { directory, ...options }: ReadOptions & { readonly directory: string },
  context: RetryContext,
): Promise<Base> {
  if (named.kind === 'path') {
    const path = resolve(directory, named.path);
    await assertThere(path, named.path);
    const { images } = await readArtifact(path, options);
    return {
      origin: path,
      images: resolvePlatforms(images, path, options.progress, path),
      close: async () => {},
    };
  }
  const { images, close } = await openRemoteArtifact(named.locator, connection, context);
  const { place, tag, digest } = named.locator;
  const reference = { ...place.reference, ...(tag !== undefined && { tag }), ...(digest && { digest }) };
  const name = place.reference && formatReference({ ...place.reference, ...reference });
  return { origin: place.url, ...(name && { name }), images, close };
}

async function assertThere(path: string, given: string): Promise<void> {
  try {
    await stat(path);
  } catch (cause) {
    if (!['ENOENT', 'ENOTDIR', 'ENAMETOOLONG'].includes(systemCode(cause) ?? ''))
      throw readFailure(path, cause);
    const meant = guessAddress(given, 'reference') ?? guessHub(given);
    const what = meant
      ? `did you mean ${meant}?`
      : 'expected the path of an archive or a layout, or a reference such as docker://docker.io/library/debian:12-slim';
    throw new AlbaError('usage', `base "${withoutPassword(given)}" is not there: ${what}`);
  }
}

/** What docker would pull from Docker Hub by this name: one with a tag or a digest, or of one word without a file's ending. */
function guessHub(name: string): string | undefined {
  const isNamed = /^[a-z\d][\w.-]*(?:\/[a-z\d][\w.-]*)?(?::[\w][\w.-]*)?(?:@sha256:[a-f\d]{64})?$/.test(name);
  if (!isNamed || !(/[:@]/.test(name) || /^[a-z\d-]+$/.test(name))) return undefined;
  return `docker://docker.io/${name.includes('/') ? name : `library/${name}`}`;
}

/** The image of a base for a platform, or for a variant of it that has less and runs there. Throws a source error where there is none. */
export function imageFor(platform: Platform, { images, origin }: Base): Image {
  const [found, other] = nearestTo(platform, images);
  if (found && other && found.platform['os.version'] !== other.platform['os.version']) {
    throw new AlbaError(
      'source',
      `base ${origin} has ${formatPlatform(found.platform)} and ${formatPlatform(other.platform)}: name the one that is meant by its digest`,
    );
  }
  if (found) return found;
  const there = images.map((image) => formatPlatform(image.platform)).join(', ');
  throw new AlbaError(
    'source',
    `base ${origin} has no image for ${formatPlatform(platform)}; it has ${there}: choose another base, or leave the platform out`,
  );
}
