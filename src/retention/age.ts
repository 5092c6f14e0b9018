import { AlbaError } from '../errors.ts';

/** In milliseconds. */
const units: Readonly<Record<string, number>> = {
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 7 * 86_400_000,
};

/** An age, in milliseconds. */
export interface Age {
  /** As it was written: `30d`. */
  readonly text: string;
  readonly milliseconds: number;
}

/** An age such as `30d`, `12h`, `90m`, `45s`, `2w`, for an input of this name. */
export function parseAge(text: string, name: string): Age {
  const [, count = '', unit = ''] = /^(\d{1,6})([smhdw])$/.exec(text) ?? [];
  const length = units[unit];
  if (length !== undefined) return { text, milliseconds: Number(count) * length };
  const why = /^-\d/.test(text) ? 'is negative' : 'is no age';
  throw new AlbaError(
    'usage',
    `${name} "${text}" ${why}: expected a number and a unit, such as 30d, 12h or 90m`,
  );
}
