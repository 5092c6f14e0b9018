import { readdir } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { formatPlatform, type Platform } from '../oci/platform.ts';
import { shownPath } from '../progress/format.ts';
import type { Progress } from '../progress/progress.ts';
import type { IsExcluded } from './expand-paths.ts';
import { sentenceOf } from './foreign.ts';
import { platformInName } from './platform-name.ts';
import { kindOf, looksLikeArchive, readForeign } from './sniff.ts';

/** What {@link tellPassedOver} goes by. */
export interface PassedOverOptions {
  /** From where paths are shown. */
  readonly directory: string;
  readonly isExcluded: IsExcluded;
  readonly progress: Progress;
}

/** Warnings of one search; a folder of a thousand zips is told once. */
const mostTold = 20;

/**
 * Warns of each path that a folder or a glob led to, that was not kept, and that looks like an image or a platform: by
 * its content (another compression, a zip, a folder with an archive in it), or by a name that tells a platform which
 * no kept path is named for. All else may lie beside artifacts: checksums, notes, lists of what is in them.
 */
export async function tellPassedOver(
  paths: readonly string[],
  kept: readonly string[],
  { directory, isExcluded, progress }: PassedOverOptions,
): Promise<void> {
  const named = new Set(kept.flatMap((path) => keyInName(path) ?? []));
  const told: string[] = [];
  for (const path of [...paths].sort()) {
    if (kept.some((artifact) => artifact === path || artifact.startsWith(path + sep))) continue;
    const { what, mayHoldImage } = await lookAt(path, isExcluded, directory);
    const platform = platformInName(path);
    const isMissing = platform !== undefined && !named.has(formatPlatform(platform));
    if (mayHoldImage || isMissing) told.push(sentence(shownPath(path, directory), what, platform));
  }
  for (const warning of told.slice(0, mostTold)) progress.warn(warning);
  if (told.length > mostTold) progress.warn(`${told.length - mostTold} more are passed over`);
}

function sentence(path: string, what: string, platform: Platform | undefined): string {
  const name = platform ? `, though it is named for ${formatPlatform(platform)}` : '';
  return `${path} is passed over${name}: it ${what}; if it is to be left out, say so by a line !${path}`;
}

function keyInName(path: string): string | undefined {
  const platform = platformInName(path);
  return platform && formatPlatform(platform);
}

/** What is a zip by its content, and by its name no image. */
const otherZips = /\.(jar|war|ear|whl|apk|aab|aar|nupkg|vsix|xpi|docx|xlsx|pptx|odt|ods|odp|epub)$/i;

interface PassedOver {
  readonly what: string;
  readonly mayHoldImage: boolean;
}

async function lookAt(path: string, isExcluded: IsExcluded, directory: string): Promise<PassedOver> {
  const kind = await kindOf(path);
  if (kind === 'folder') {
    const archive = await archiveIn(path, isExcluded);
    return {
      what: `is a folder, but no OCI layout${archive ? `: name what is in it, such as ${shownPath(archive, directory)}` : ''}`,
      mayHoldImage: archive !== undefined,
    };
  }
  if (kind !== 'file') return { what: 'is neither a file nor a folder', mayHoldImage: false };
  const foreign = await readForeign(path);
  if (!foreign) return { what: 'is no image archive', mayHoldImage: false };
  const mayHoldImage = foreign.mayHoldImage && !otherZips.test(path);
  return { what: mayHoldImage ? sentenceOf(foreign) : foreign.what, mayHoldImage };
}

/** Entries of a folder that are looked at. */
const mostEntries = 100;

/** The first archive or layout in a folder; nothing in one that may not be read, which nobody named. */
async function archiveIn(folder: string, isExcluded: IsExcluded): Promise<string | undefined> {
  try {
    const names = (await readdir(folder)).filter((name) => !name.startsWith('.')).sort();
    for (const name of names.slice(0, mostEntries)) {
      const path = join(folder, name);
      if (!isExcluded(path) && (await isArtifact(path))) return path;
    }
  } catch {}
  return undefined;
}

async function isArtifact(path: string): Promise<boolean> {
  const kind = await kindOf(path);
  return kind === 'layout' || (kind === 'file' && looksLikeArchive(path));
}
