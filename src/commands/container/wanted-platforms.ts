import { AlbaError } from '../../errors.ts';
import { parsePlatform } from '../../oci/platform.ts';
import type { WantedPlatforms } from '../../pull/choose-platforms.ts';
import { parseEach } from '../problems.ts';

/** The platforms that a person named; undefined where none are. */
export function parseWantedPlatforms(
  items: readonly string[],
): Exclude<WantedPlatforms, { readonly kind: 'own' }> | undefined {
  if (items.length === 0) return undefined;
  if (!items.includes('all'))
    return { kind: 'named', platforms: parseEach([...new Set(items)], parsePlatform) };
  if (items.length === 1) return { kind: 'all' };
  throw new AlbaError('usage', 'platform "all" is all of them: leave the others out');
}
