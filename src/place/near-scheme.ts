import type { Scheme } from './scheme.ts';

type Names = Pick<Scheme, 'name' | 'otherNames' | 'calledElsewhere'>;

/**
 * A text with a known scheme in place of its own, which is what other tools call that one, or a slip of the hand away from
 * it; undefined where its own is known, or like none.
 */
export function withNearestScheme(text: string, schemes: readonly Names[]): string | undefined {
  const [, written = '', rest] = /^([a-z][\w+.-]*):(.*)$/is.exec(text) ?? [];
  if (rest === undefined) return undefined;
  const own = written.toLowerCase();
  const known = schemes.flatMap(({ name, otherNames = [] }) => [name, ...otherNames]);
  if (known.includes(own)) return undefined;
  const elsewhere = schemes.find(({ calledElsewhere = [] }) => calledElsewhere.includes(own));
  const meant = elsewhere?.name ?? known.find((name) => isSlipOf(own, name));
  return meant === undefined ? undefined : `${meant}:${rest}`;
}

/** Short words are like too many others. */
const shortest = 4;

/** Whether one letter is missing, too many, another, or two have changed places. */
function isSlipOf(written: string, name: string): boolean {
  if (Math.min(written.length, name.length) < shortest) return false;
  let same = 0;
  while (same < name.length && written[same] === name[same]) same += 1;
  const [left, right] = [written.slice(same), name.slice(same)];
  return (
    left.slice(1) === right ||
    left === right.slice(1) ||
    left.slice(1) === right.slice(1) ||
    (left.slice(2) === right.slice(2) && left[0] === right[1] && left[1] === right[0])
  );
}
