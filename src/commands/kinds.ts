import { AlbaError } from '../errors.ts';
import type { Input, InputOptions } from './input.ts';
import { parseEach } from './problems.ts';

/** One text; undefined where it is empty, unless it is needed. */
export function text(about: string, options: InputOptions & { readonly needed: string }): Input<string>;
export function text(about: string, options?: InputOptions): Input<string | undefined>;
export function text(about: string, options: InputOptions = {}): Input<string | undefined> {
  return parsed(about, (given) => given, options);
}

/** One text that `parse` makes a value of; undefined where it is empty, unless it is needed. */
export function parsed<T>(
  about: string,
  parse: (text: string, name: string) => T,
  options: InputOptions & { readonly needed: string },
): Input<T>;
export function parsed<T>(
  about: string,
  parse: (text: string, name: string) => T,
  options?: InputOptions,
): Input<T | undefined>;
export function parsed<T>(
  about: string,
  parse: (text: string, name: string) => T,
  options: InputOptions = {},
): Input<T | undefined> {
  return {
    ...options,
    about,
    takes: 'text',
    parse(name, [given]) {
      if (given !== undefined) return parse(given, name);
      if (options.needed !== undefined) throw new AlbaError('usage', options.needed);
      return undefined;
    },
  };
}

/** A text that no log may hold. On the command line it comes on stdin, or from its variable. */
export function secret(
  about: string,
  options: InputOptions & Pick<Input, 'expression' | 'variable'> = {},
): Input<string | undefined> {
  return { ...text(about, options), takes: 'secret' };
}

/** Yes or no; no where nothing is said, unless `default` is true. */
export function flag(
  about: string,
  options: InputOptions & { readonly default?: boolean; readonly no?: string } = {},
): Input<boolean> {
  const usual = `${options.default ?? false}`;
  return {
    ...options,
    about,
    takes: 'switch',
    default: usual,
    parse: (name, [given = usual]) => parseBoolean(name, given),
  };
}

/** A whole number within bounds; undefined where it is empty and there is no default. */
export function integer<D extends number | undefined = undefined>(
  about: string,
  options: InputOptions & { readonly least: number; readonly most: number; readonly default?: D },
): Input<number | D> {
  const { least, most, default: usual, ...rest } = options;
  return {
    placeholder: 'number',
    ...rest,
    about,
    takes: 'text',
    ...(usual !== undefined && { default: `${usual}` }),
    parse: (name, [given]) => (given === undefined ? (usual as D) : parseInteger(name, given, least, most)),
  };
}

/** One of these texts; where it is not needed, undefined is an empty one, which means `usual` and can be told from it. */
export function choice<const C extends string>(
  about: string,
  choices: readonly C[],
  options: InputOptions & { readonly needed: string },
): Input<C>;
export function choice<const C extends string, const U extends C | undefined = undefined>(
  about: string,
  choices: readonly C[],
  options?: InputOptions & { readonly usual?: U },
): Input<C | undefined> & { readonly usual: U };
export function choice<C extends string>(
  about: string,
  choices: readonly C[],
  options: InputOptions & { readonly usual?: C | undefined } = {},
): Input<C | undefined> & { readonly usual: C | undefined } {
  const find = (given: string, name: string): C => {
    const found = choices.find((known) => known === given);
    if (found !== undefined) return found;
    throw new AlbaError('usage', `${name} "${given}" is unknown: expected ${alternatives(choices)}`);
  };
  const { usual } = options;
  return { ...parsed(about, find, { placeholder: 'name', ...options }), choices, usual };
}

interface ListOptions<T> extends InputOptions {
  /** Gives the items that the given ones stand for. */
  readonly expand?: (items: readonly string[]) => readonly string[];
  /** Is given all items. */
  readonly parse: (items: readonly string[]) => T;
}

/** A list by lines; on the command line its option may repeat. */
export function lines<T>(about: string, options: ListOptions<T>): Input<T> {
  const { expand, parse, ...rest } = options;
  return {
    ...rest,
    about,
    takes: 'lines',
    parse(_name, given) {
      const items = expand?.(given) ?? given;
      if (rest.needed !== undefined && items.length === 0) throw new AlbaError('usage', rest.needed);
      return parse(items);
    },
  };
}

/** A list by lines or commas; on the command line its option may repeat, too. */
export function list<T>(about: string, options: ListOptions<T>): Input<T> {
  return { ...lines(about, options), takes: 'items' };
}

/** `key=value`, one a line. */
export function pairs<T>(about: string, options: ListOptions<T>): Input<T> {
  return lines(about, { placeholder: 'key=value', ...options });
}

/** Makes a parser of a list out of one for an item; all that is wrong with items is told at once. */
export function each<T>(parse: (item: string) => T): (items: readonly string[]) => T[] {
  return (items) => parseEach(items, parse);
}

/** A whole number within bounds, for a setting of this name. */
export function parseInteger(name: string, text: string, least: number, most: number): number {
  const value = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
  if (value >= least && value <= most) return value;
  throw new AlbaError('usage', `${name} "${text}" is not a whole number from ${least} to ${most}`);
}

/** YAML's booleans, as GitHub's own actions read them; a typo is an error, not a no. */
function parseBoolean(name: string, text: string): boolean {
  if (/^(true|True|TRUE)$/.test(text)) return true;
  if (/^(false|False|FALSE)$/.test(text)) return false;
  throw new AlbaError('usage', `${name} "${text}" is neither true nor false`);
}

/** `a, b or c`. */
export function alternatives(texts: readonly string[]): string {
  return texts.length > 1 ? `${texts.slice(0, -1).join(', ')} or ${texts.at(-1)}` : texts.join('');
}
