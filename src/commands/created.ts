import { execFile } from 'node:child_process';
import { lstat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import * as v from 'valibot';
import { AlbaError, messageOf, systemCode } from '../errors.ts';
import { formatDuration } from '../progress/format.ts';
import type { Progress } from '../progress/progress.ts';

/** A time as a person writes it, as configs have it: RFC 3339 in UTC. */
export function parseCreated(text: string, name: string): string {
  const isSeconds = /^\d{1,11}$/.test(text);
  const isTime = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})$/i.test(text);
  const time = new Date(isSeconds ? Number(text) * 1000 : isTime ? text : Number.NaN);
  if (!Number.isNaN(time.getTime())) return time.toISOString().replace('.000Z', 'Z');
  throw new AlbaError(
    'usage',
    `${name} "${text}" is no time: expected RFC 3339, such as 2026-01-31T12:00:00Z, or seconds since 1970`,
  );
}

/** What comes of no time for images, and what helps. */
const imagesWithout = 'images are "created" in 1970: give "created", or SOURCE_DATE_EPOCH in the environment';

/**
 * The time of `SOURCE_DATE_EPOCH`, else that of the commit in a directory, else the beginning of 1970: where git keeps the
 * directory, and does not tell, that is a warning of what comes of it.
 */
export async function usualCreated(
  sourceDateEpoch: string | undefined,
  directory: string,
  progress: Progress,
  without = imagesWithout,
): Promise<string> {
  const given = sourceDateEpoch || (await commitTime(directory, progress, without)) || '0';
  return parseCreated(given, 'SOURCE_DATE_EPOCH');
}

/** Of the call of git: in milliseconds, and in bytes of a commit, whose message and signatures are read with it. */
const bounds = { timeout: 10_000, maxBuffer: 16 * 1024 * 1024 };

/** In seconds since 1970; undefined outside of what git keeps, too. */
async function commitTime(
  directory: string,
  progress: Progress,
  without: string,
): Promise<string | undefined> {
  const repository = await findRepository(directory);
  if (repository === undefined) return undefined;
  try {
    // This reads an object and runs nothing that a repository could name in its settings.
    const commit = await promisify(execFile)('git', ['-C', directory, 'cat-file', 'commit', 'HEAD'], bounds);
    return /^committer .*> (\d+) [+-]\d{4}$/m.exec(commit.stdout)?.[1];
  } catch (failure) {
    progress.warn(
      `${repository} does not tell when its commit was made (${whyOf(failure)}), so that ${without}`,
    );
    return undefined;
  }
}

/** The folder that git keeps and a directory lies in. */
async function findRepository(directory: string): Promise<string | undefined> {
  for (let at = directory; ; at = dirname(at)) {
    const found = await lstat(join(at, '.git')).catch(() => undefined);
    if (found) return at;
    if (at === dirname(at)) return undefined;
  }
}

const failureSchema = v.object({
  killed: v.nullish(v.boolean()),
  stderr: v.nullish(v.string()),
});

function whyOf(failure: unknown): string {
  if (systemCode(failure) === 'ENOENT') return 'git is not there';
  const found = v.safeParse(failureSchema, failure);
  const { killed, stderr } = found.success ? found.output : {};
  if (killed) return `git takes longer than ${formatDuration(bounds.timeout)}`;
  const [first = ''] = (stderr ?? '').split('\n');
  if (/Not a valid object name HEAD/.test(first)) return 'it has no commit';
  return first.replace(/^fatal: /, '') || messageOf(failure);
}
