import { AlbaError } from '../errors.ts';

/** The parameters that a URL may have, and how their values read. */
type Known = Readonly<Record<string, 'text' | 'boolean'>>;

/** Their values by name; a missing one is undefined. */
type Given<K extends Known> = { readonly [N in keyof K]?: K[N] extends 'boolean' ? boolean : string };

/** Go's strconv.ParseBool. */
const booleans: Readonly<Record<string, boolean>> = {
  ...Object.fromEntries(['1', 't', 'T', 'TRUE', 'true', 'True'].map((text) => [text, true])),
  ...Object.fromEntries(['0', 'f', 'F', 'FALSE', 'false', 'False'].map((text) => [text, false])),
};

/** The parameters of a URL; an unknown one, one given twice and a boolean that is none are errors. */
export function parseParameters<K extends Known>(query: string, known: K, where: string): Given<K> {
  const given: Record<string, string | boolean> = {};
  for (const [name, text] of new URLSearchParams(query)) {
    if (!Object.hasOwn(known, name)) {
      const names = Object.keys(known);
      const list = `known ${names.length === 1 ? 'is' : 'are'} ${names.join(', ')}`;
      throw new AlbaError('usage', `${where}: unknown parameter "${name}"; ${list}`);
    }
    if (Object.hasOwn(given, name)) {
      throw new AlbaError('usage', `${where}: parameter "${name}" is given twice`);
    }
    given[name] = known[name] === 'boolean' ? parseBoolean(text, name, where) : text;
  }
  return given as Given<K>;
}

function parseBoolean(text: string, name: string, where: string): boolean {
  const value = Object.hasOwn(booleans, text) ? booleans[text] : undefined;
  if (value !== undefined) return value;
  throw new AlbaError('usage', `${where}: parameter "${name}" must be true or false, not "${text}"`);
}
