import { AlbaError } from '../errors.ts';
import { parseName, parseRegistry, parseTag } from './reference.ts';

/** `name:tag`, or `name` alone. */
export interface NamedTag {
  readonly name: string;
  readonly tag?: string;
}

/**
 * Reads what is before the colon as a name, what is after it as a tag. A host before the name, told from it as
 * docker does, is checked and dropped: where a registry is, its target says.
 */
export function parseNamedTag(text: string): NamedTag {
  const named = withoutHost(text);
  const colon = named.indexOf(':');
  if (colon < 0 && /^v?\d+(\.\d+)*([.-]|$)|^latest$/.test(named)) {
    throw new AlbaError(
      'usage',
      `"${text}" is a name without a tag: write name:${named}, or a name alone to publish by digest`,
    );
  }
  if (colon < 0) return { name: parseName(named) };
  return { name: parseName(named.slice(0, colon)), tag: parseTag(named.slice(colon + 1)) };
}

function withoutHost(text: string): string {
  const slash = text.indexOf('/');
  const first = text.slice(0, Math.max(slash, 0));
  const isTagged = /^[^[]*:\D/.test(first);
  if (isTagged || (!/[.:]/.test(first) && first !== 'localhost')) return text;
  parseRegistry(first);
  return text.slice(slash + 1);
}
