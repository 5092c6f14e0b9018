import { createReadStream } from 'node:fs';
import { resolve } from 'node:path';
import { namedFileFailure } from '../../content/named-file.ts';
import { readCapped } from '../../content/verify.ts';
import { AlbaError } from '../../errors.ts';
import { parseSbom, type Sbom } from '../../image/sbom.ts';
import { type Platform, parsePlatform, spellPlatform } from '../../oci/platform.ts';
import { formatBytes, shownPath } from '../../progress/format.ts';
import type { Progress } from '../../progress/progress.ts';

/** In bytes: it is held whole, and stands whole in what is published. */
const mostBytes = 64 * 1024 * 1024;

/** An SBOM as a person named it. */
export interface NamedSbom {
  readonly platform: Platform | undefined;
  readonly path: string;
}

/** `linux/amd64=app.spdx.json`, or a path alone; one that has an equals sign in it begins with `./` or `/`. */
export function parseNamedSbom(line: string): NamedSbom {
  const equals = line.indexOf('=');
  if (equals < 0 || /^[./~]|^[a-z]:\\/i.test(line)) return { platform: undefined, path: line };
  const [platform, path] = [line.slice(0, equals).trim(), line.slice(equals + 1).trim()];
  if (path === '') throw new AlbaError('usage', `sbom "${line}" names no file: expected ${platform}=PATH`);
  try {
    return { platform: parsePlatform(platform), path };
  } catch (cause) {
    throw new AlbaError(
      'usage',
      `sbom "${line}": "${platform}" is not a platform; expected linux/amd64=PATH, or a path alone, with ./ before one that has "=" in it`,
      { cause },
    );
  }
}

/** Reads SBOMs; their paths are relative to `directory`. */
export async function readSboms(
  named: readonly NamedSbom[],
  directory: string,
  progress: Progress,
): Promise<readonly Sbom[]> {
  return Promise.all(
    named.map(async ({ platform, path }) => {
      const file = resolve(directory, path);
      const bytes = await readLimited(file).catch((cause: unknown) => {
        throw namedFileFailure('sbom', path, directory, cause);
      });
      const origin = shownPath(file, directory);
      const sbom = parseSbom(bytes, origin, platform);
      const about = platform ? spellPlatform(platform) : 'the image or the index';
      progress.line(`${origin} -> ${sbom.kind} SBOM of ${about}, ${formatBytes(bytes.length)}`);
      return sbom;
    }),
  );
}

function readLimited(path: string): Promise<Buffer> {
  return readCapped(() => createReadStream(path), `sbom ${path}`, 'source', mostBytes);
}
