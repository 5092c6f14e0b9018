import { AlbaError } from '../errors.ts';

/** Annotations that a workflow run knows the values of: the ends of their keys, org.opencontainers.image.* */
export const knownAnnotations = [
  'created',
  'description',
  'licenses',
  'revision',
  'source',
  'title',
  'url',
  'version',
] as const;

export type KnownAnnotation = (typeof knownAnnotations)[number];

/** The ones that are named, in their own order. `all` leaves out `created`, which may differ from run to run. */
export function parseKnownAnnotations(names: readonly string[]): KnownAnnotation[] {
  const known: readonly string[] = ['all', ...knownAnnotations];
  const unknown = names.find((name) => !known.includes(name));
  if (unknown !== undefined) {
    throw new AlbaError('usage', `annotate "${unknown}" is unknown: expected ${known.join(', ')}`);
  }
  return knownAnnotations.filter(
    (name) => names.includes(name) || (names.includes('all') && name !== 'created'),
  );
}
