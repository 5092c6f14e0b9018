const alarm =
  /^::(?:warning|error)::(?=Failed to (?:restore|save): |Cache reservation failed: |Unable to finalize cache |You've hit a rate limit)/;

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
    write(typeof text === 'string' ? text.replace(alarm, '') : text, ...rest);
}
