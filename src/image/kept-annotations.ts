import { type Annotation, type Annotations, annotationsOf } from './annotate.ts';

/** What a new index takes over from the indexes that it replaces. */
export interface KeptAnnotations {
  /** To be put before those that are given, which win. */
  readonly annotations: readonly Annotation[];
  /** In sentences: what is lost, because indexes contradict each other. */
  readonly warnings: readonly string[];
}

/** The annotations of several indexes, each key on which they agree; those that are `given` are missed by nobody. */
export function keepAnnotations(
  indexes: readonly Annotations[],
  given: readonly Annotation[],
): KeptAnnotations {
  const own = annotationsOf(given, 'index') ?? {};
  const annotations: Annotation[] = [];
  const warnings: string[] = [];
  const keys = new Set(indexes.flatMap((index) => Object.keys(index)));
  for (const key of [...keys].filter((found) => !Object.hasOwn(own, found)).sort()) {
    const values = [
      ...new Set(indexes.flatMap((index) => (Object.hasOwn(index, key) ? [index[key] ?? ''] : []))),
    ];
    const [value, ...others] = values;
    if (value !== undefined && others.length === 0) annotations.push({ level: 'index', key, value });
    else {
      const said = values.map((text) => `"${text}"`).join(' and ');
      warnings.push(
        `annotation ${key} is left out of the index: those of the artifacts say ${said}; give it to choose`,
      );
    }
  }
  return { annotations, warnings };
}
