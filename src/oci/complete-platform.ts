import { AlbaError } from '../errors.ts';
import { formatPlatform, inGoNames, type Platform, spellPlatform } from './platform.ts';

/** A platform as one source tells it, perhaps in part. */
export interface ToldPlatform {
  readonly platform: Partial<Platform>;
  /** Who tells it, for a sentence: `the index`. */
  readonly by: string;
}

/** Parts that are one word. */
const parts = ['os', 'architecture', 'variant', 'os.version'] as const;

/**
 * The platform that several sources tell together: what one of them leaves out, another one completes. It is written as by the
 * first that names a system and an architecture; a variant that goes without saying ({@link formatPlatform}) is not added.
 * Undefined where nobody names both. Throws where two contradict each other; `origin` and `what` tell of which image.
 */
export function completePlatform(
  told: readonly ToldPlatform[],
  origin: string,
  what: string,
): Platform | undefined {
  assertAgreed(told, origin, what);
  const first = <K extends keyof Platform>(key: K): Platform[K] | undefined =>
    told.map(({ platform }) => platform[key]).find((value) => value !== undefined && value !== '');
  const [os, architecture] = [first('os'), first('architecture')];
  if (!os || !architecture) return undefined;
  const base = told.find(({ platform }) => platform.os && platform.architecture)?.platform;
  const features = first('os.features');
  const platform = { ...base, os, architecture, ...(features && { 'os.features': features }) };
  const versions = told.flatMap((source) => source.platform['os.version'] ?? []);
  const version = versions.sort((a, b) => b.length - a.length)[0];
  const complete = { ...platform, ...(version && { 'os.version': version }) };
  const variant = told.map(normalPart).find((part) => part.variant)?.variant;
  if (complete.variant || !variant) return complete;
  const exact = { ...complete, variant };
  return formatPlatform(exact) === formatPlatform(complete) ? complete : exact;
}

function assertAgreed(told: readonly ToldPlatform[], origin: string, what: string): void {
  for (const [index, one] of told.entries()) {
    const other = told.slice(index + 1).find((source) => contradicts(normalPart(one), normalPart(source)));
    if (!other) continue;
    throw new AlbaError(
      'source',
      `${origin}: ${one.by} says that ${what} is for ${formatPart(one)}, ${other.by} says ${formatPart(other)}`,
    );
  }
}

function contradicts(one: Partial<Platform>, other: Partial<Platform>): boolean {
  return parts.some((key) => {
    const [a, b] = [one[key], other[key]];
    if (!a || !b || a === b) return false;
    return key !== 'os.version' || !(a.startsWith(`${b}.`) || b.startsWith(`${a}.`));
  });
}

/** In Go's names; what is left out stays out. */
function normalPart({ platform }: ToldPlatform): Partial<Platform> {
  const { os = '', architecture = '' } = platform;
  return inGoNames({ ...platform, os, architecture });
}

function formatPart({ platform }: ToldPlatform): string {
  return spellPlatform({ ...platform, os: platform.os || '?', architecture: platform.architecture || '?' });
}
