import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { namedFileFailure } from '../../content/named-file.ts';
import { AlbaError, systemCode } from '../../errors.ts';
import { shownPath } from '../../progress/format.ts';
import type { Progress } from '../../progress/progress.ts';
import { notesFor, type ReleaseAbout } from '../../release/about.ts';
import { usualCreated } from '../created.ts';
import type { StaticPushRequest } from './push-request.ts';

/** What a release tells of itself, read from where it was said to be; undefined where nothing was said. */
export async function readAbout(
  { notes: given, sourceUrl, release, directory, sourceDateEpoch }: StaticPushRequest,
  progress: Progress,
): Promise<ReleaseAbout | undefined> {
  if (given === undefined && sourceUrl === undefined) return undefined;
  const notes = given === undefined ? undefined : await readNotes(given, release.tag, directory);
  const without = 'the release tells no time: give SOURCE_DATE_EPOCH in the environment';
  const created = await usualCreated(sourceDateEpoch, directory, progress, without);
  return {
    ...(!created.startsWith('1970-01-01') && { created }),
    ...(notes && { notes }),
    ...(sourceUrl && { source: sourceUrl }),
  };
}

/** Notes as they were given, or out of the file that is named. What has no blank in it and looks like a file has to be one. */
export async function readNotes(given: string, tag: string, directory: string): Promise<string> {
  if (/\n/.test(given) || given.length > 1_000) return notesFor(tag, given, 'notes');
  const path = resolve(directory, given);
  try {
    return notesFor(tag, await readFile(path, 'utf8'), shownPath(path, directory));
  } catch (cause) {
    if (cause instanceof AlbaError) throw cause;
    const isMissing = ['ENOENT', 'ENOTDIR', 'ENAMETOOLONG'].includes(systemCode(cause) ?? '');
    if (isMissing && /\s/.test(given)) return notesFor(tag, given, 'notes');
    throw namedFileFailure('notes', given, directory, cause);
  }
}
