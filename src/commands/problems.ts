import { AlbaError, messageOf, Problems } from '../errors.ts';

type Parsers = Record<string, () => unknown>;
type Parsed<P extends Parsers> = { [Name in keyof P]: Awaited<ReturnType<P[Name]>> };

/**
 * Runs every parser, so that a person reads all that is wrong with a call at once: the values under their
 * names, or one usage error with a line for each problem.
 */
export function parseAll<P extends Parsers>(parsers: P): { [Name in keyof P]: ReturnType<P[Name]> } {
  const problems = new Problems();
  const values: Record<string, unknown> = {};
  for (const [name, parse] of Object.entries(parsers)) {
    try {
      values[name] = parse();
    } catch (thrown) {
      addUsage(problems, thrown);
    }
  }
  problems.throwIfAny('usage');
  return values as { [Name in keyof P]: ReturnType<P[Name]> };
}

/** The same for parsers that have to wait for something. */
export async function parseAllLater<P extends Parsers>(parsers: P): Promise<Parsed<P>> {
  const entries = Object.entries(parsers).map(async ([name, parse]) => [name, await outcomeOf(parse)]);
  return parseAll(Object.fromEntries(await Promise.all(entries))) as Parsed<P>;
}

/** Gives what a parser gave, or throws what it threw. */
async function outcomeOf<T>(parse: () => T): Promise<() => Awaited<T>> {
  try {
    const value = await parse();
    return () => value;
  } catch (thrown) {
    return () => {
      throw thrown;
    };
  }
}

/** Parses every item of a list, in the same way. */
export function parseEach<T, R>(items: readonly T[], parse: (item: T) => R): R[] {
  return Object.values(parseAll(Object.fromEntries(items.map((item, i) => [`${i}`, () => parse(item)]))));
}

/** What is not the caller's fault goes on as it is. */
function addUsage(problems: Problems, thrown: unknown): void {
  if (!(thrown instanceof AlbaError && thrown.code === 'usage')) throw thrown;
  problems.add(messageOf(thrown));
}
