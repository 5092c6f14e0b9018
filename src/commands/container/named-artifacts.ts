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
