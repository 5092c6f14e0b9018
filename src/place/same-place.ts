import type { Place } from './scheme.ts';

const any = `sha256:${'0'.repeat(64)}` as const;

/**
 * Whether two addresses lead to one repository, as far as their words tell: the server, the parameters and the name, whatever
 * the tag. Two spellings of one may count as two.
 */
export function isSamePlace(one: Place, other: Place): boolean {
  return one.urlOf(any) === other.urlOf(any);
}
