const alarm =
  /^::(?:warning|error)::(?=Failed to (?:restore|save): |Cache reservation failed: |Unable to finalize cache |You've hit a rate limit)/;
const denial = /^(?:::\w+::)?Failed to save: [^\n]*\bcache write denied:[^\n]*/;

/** That nothing can be saved, in a line; `mode` says by whose rule. */
export function readOnly(mode = ''): string {
  return `The Actions cache is read-only in this run${mode}: what it learned is not kept`;
}

let isCalm = false;

/**
 * From now on `@actions/cache` tells of its failures as of anything else. It offers no other way, and a fork's
 * token that may not save, or a service that is down, is nothing for the page of a run that succeeded.
 */
export function muteCacheWarnings(): void {
  if (isCalm) return;
  isCalm = true;
  const write = process.stdout.write.bind(process.stdout) as (...words: unknown[]) => boolean;
  process.stdout.write = (text: unknown, ...rest: unknown[]): boolean =>
    write(typeof text === 'string' ? text.replace(denial, readOnly()).replace(alarm, '') : text, ...rest);
}
