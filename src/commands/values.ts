import { AlbaError } from '../errors.ts';

/** A whole number within bounds, for a setting of this name. */
export function parseInteger(name: string, text: string, least: number, most: number): number {
  const value = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
  if (value >= least && value <= most) return value;
  throw new AlbaError('usage', `${name} "${text}" is not a whole number from ${least} to ${most}`);
}

/** YAML's booleans, as GitHub's own actions read them; a typo is an error, not a no. */
export function parseBoolean(name: string, text: string): boolean {
  if (/^(true|True|TRUE)$/.test(text)) return true;
  if (/^(false|False|FALSE)$/.test(text)) return false;
  throw new AlbaError('usage', `${name} "${text}" is neither true nor false`);
}

/** A list that must not be empty; `otherwise` is told when it is. */
export function parseSome(items: readonly string[], otherwise: string): readonly string[] {
  if (items.length > 0) return items;
  throw new AlbaError('usage', otherwise);
}

/** The items of a list that is separated by lines or commas. */
export function splitItems(text: string): string[] {
  return text
    .split(/[\n,]/)
    .map((item) => item.trim())
    .filter((item) => item !== '');
}
