import { AlbaError, messageOf } from '../../errors.ts';
import { parseShallowJson } from '../../oci/shallow-json.ts';
import { type Locator, parseLocator } from '../../place/locator.ts';
import { isAddress } from '../../place/schemes.ts';
import { parseEach } from '../problems.ts';

/** What a person named to be published. */
export interface NamedArtifacts {
  /** Paths and globs. */
  readonly paths: readonly string[];
  /** What is published already. */
  readonly references: readonly Locator[];
}

/** Tells paths from references. */
export function parseNamedArtifacts(items: readonly string[]): NamedArtifacts {
  return {
    paths: items.filter((item) => !isAddress(item)),
    references: parseEach(items.filter(isAddress), parseLocator),
  };
}

/** What is named by lines, or by the JSON of a matrix job's outputs in them. */
export function expandJson(items: readonly string[]): readonly string[] {
  return /^[[{]/.test(items[0] ?? '') ? textsIn(items.join('\n')) : items;
}

/** The texts in a JSON array or object; empty ones are outputs that a job did not set. */
function textsIn(json: string): string[] {
  const collect = (value: unknown): string[] => {
    if (typeof value === 'string') return value.split('\n').filter((line) => line.trim() !== '');
    return typeof value === 'object' && value !== null ? Object.values(value).flatMap(collect) : [];
  };
  try {
    return collect(parseShallowJson(json));
  } catch (cause) {
    throw new AlbaError(
      'usage',
      `artifacts begin like JSON, but are none: give toJSON(needs.build.outputs), or one a line (${messageOf(cause)})`,
      { cause },
    );
  }
}
