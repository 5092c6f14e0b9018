import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { AlbaError } from '../../errors.ts';

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

/** The time of `SOURCE_DATE_EPOCH`, else that of the commit in a directory, else the beginning of 1970. */
export async function usualCreated(sourceDateEpoch: string | undefined, directory: string): Promise<string> {
  const given = sourceDateEpoch || (await commitTime(directory)) || '0';
  return parseCreated(given, 'SOURCE_DATE_EPOCH');
}

/** In seconds since 1970; undefined without git, and outside of what it keeps. */
async function commitTime(directory: string): Promise<string | undefined> {
  try {
    // This reads an object and runs nothing that a repository could name in its settings.
    const commit = await promisify(execFile)('git', ['-C', directory, 'cat-file', 'commit', 'HEAD']);
    return /^committer .*> (\d+) [+-]\d{4}$/m.exec(commit.stdout)?.[1];
  } catch {
    return undefined;
  }
}
