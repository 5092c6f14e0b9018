import { AlbaError } from '../errors.ts';
import { type Format, mediaTypes } from '../oci/media-type.ts';
import { parsePlatform } from '../oci/platform.ts';
import type { Connection } from './connect.ts';
import type { ContainerPushRequest } from './container-push.ts';
import { parseAll, parseEach } from './problems.ts';
import { addTags, parseNamedTag, parseTargetUrl } from './target.ts';

/** What a person wrote, one text an item. */
export interface ContainerPushInput {
  readonly artifacts: readonly string[];
  readonly targets: readonly string[];
  readonly tags: readonly string[];
  readonly platforms: readonly string[];
  readonly format: string;
  readonly compressionLevel: string;
  readonly concurrency: string;
  readonly dryRun: string;
}

/** What the machine says. */
export interface ContainerPushContext
  extends Pick<ContainerPushRequest, 'directory' | 'temporaryDirectory' | 'parallelism'> {
  readonly connection: Connection;
}

/** The request in what a person wrote; one usage error tells of everything that is wrong with it. */
export function parseContainerPush(
  input: ContainerPushInput,
  context: ContainerPushContext,
): ContainerPushRequest {
  const { urls, tags, platforms, ...settings } = parseAll({
    artifacts: () => parseSome(input.artifacts, 'no artifacts: name at least one path or glob'),
    urls: () => parseEach(parseSome(input.targets, 'no target: name at least one URL'), parseTargetUrl),
    tags: () => parseEach(input.tags, parseNamedTag),
    platforms: () => parseEach(input.platforms, parsePlatform),
    format: () => parseFormat(input.format),
    compressionLevel: () => parseInteger('compression-level', input.compressionLevel, 1, 9),
    concurrency: () => parseInteger('concurrency', input.concurrency, 1, 64),
    dryRun: () => parseBoolean('dry-run', input.dryRun),
  });
  return {
    ...context,
    ...settings,
    targets: parseEach(urls, (url) => addTags(url, tags)).flat(),
    ...(platforms.length > 0 && { platforms }),
  };
}

function parseSome(items: readonly string[], otherwise: string): readonly string[] {
  if (items.length > 0) return items;
  throw new AlbaError('usage', otherwise);
}

function parseFormat(text: string): Format {
  if (text in mediaTypes) return text as Format;
  throw new AlbaError(
    'usage',
    `format "${text}" is unknown: expected ${Object.keys(mediaTypes).join(' or ')}`,
  );
}

/** A whole number within bounds, for a setting of this name. */
export function parseInteger(name: string, text: string, least: number, most: number): number {
  const value = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
  if (value >= least && value <= most) return value;
  throw new AlbaError('usage', `${name} "${text}" is not a whole number from ${least} to ${most}`);
}

/** YAML's booleans, as GitHub's own actions read them; a typo is an error, not a no. */
export function parseBoolean(name: string, text: string): boolean {
  if (/^(true|True|TRUE)$/.test(text)) return true;
  if (/^(false|False|FALSE)$/.test(text)) return false;
  throw new AlbaError('usage', `${name} "${text}" is neither true nor false`);
}
