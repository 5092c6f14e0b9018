import { AlbaError, messageOf } from '../errors.ts';

/**
 * Runs every parser, so that a person reads all that is wrong with a call at once: the values under their
 * names, or one usage error with a line for each problem.
 */
export function parseAll<P extends Record<string, () => unknown>>(
  parsers: P,
): { [Name in keyof P]: ReturnType<P[Name]> } {
  const problems = new Set<string>();
  const values = Object.entries(parsers).map(([name, parse]) => {
    try {
      return [name, parse()];
    } catch (thrown) {
      if (!(thrown instanceof AlbaError && thrown.code === 'usage')) throw thrown;
      problems.add(messageOf(thrown));
      return [name, undefined];
    }
  });
  if (problems.size > 0) throw new AlbaError('usage', [...problems].join('\n'));
  return Object.fromEntries(values) as { [Name in keyof P]: ReturnType<P[Name]> };
}

/** Parses every item of a list, in the same way. */
export function parseEach<T, R>(items: readonly T[], parse: (item: T) => R): R[] {
  return Object.values(parseAll(Object.fromEntries(items.map((item, i) => [`${i}`, () => parse(item)]))));
}
