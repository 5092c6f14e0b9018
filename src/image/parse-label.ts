import { AlbaError } from '../errors.ts';

/** `key=value`, without quotes around it; a line without text says nothing. For Object.fromEntries. */
export function parseLabel(line: string): (readonly [key: string, value: string])[] {
  if (line.trim() === '') return [];
  const equals = line.indexOf('=');
  const key = line.slice(0, Math.max(equals, 0));
  if (key !== '' && !/[\s"']/.test(key)) return [[key, line.slice(equals + 1)]];
  throw new AlbaError('usage', `label "${line}" is not key=value, without quotes around it`);
}
