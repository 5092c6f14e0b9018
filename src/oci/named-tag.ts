import {
  parseName,
  parseRegistry,
  parseTag,
  type Reference,
  repositoryOn,
  spelledName,
} from './reference.ts';

/** `name:tag`, or `name` alone, with or without a registry before it. */
export interface NamedTag {
  /** As it was given. */
  readonly text: string;
  /** Given in a full reference: `ghcr.io`, normalised. */
  readonly registry?: string;
  readonly name: string;
  readonly tag?: string;
  /** The name as it was written, where that had capital letters. */
  readonly spelled?: string;
}

/** Reads what is before the colon as a name, what is after it as a tag. A host before the name is told from it as docker does. */
export function parseNamedTag(text: string): NamedTag {
  const { registry, rest } = splitHost(text);
  const colon = rest.indexOf(':');
  const written = colon < 0 ? rest : rest.slice(0, colon);
  const name = parseName(written);
  return {
    text,
    ...(registry !== undefined && { registry }),
    name,
    ...(colon >= 0 && { tag: parseTag(rest.slice(colon + 1)) }),
    ...spelledName(written, name),
  };
}

/** Whether a name is that of a repository on a registry: its last part, its path, or all of it. */
export function isNameOf(
  { registry, name }: NamedTag,
  place: Pick<Reference, 'registry' | 'repository'>,
): boolean {
  if (registry !== undefined) {
    return registry === place.registry && repositoryOn(registry, name) === place.repository;
  }
  return name === place.repository || name === place.repository.split('/').at(-1);
}

function splitHost(text: string): { registry?: string; rest: string } {
  const slash = text.indexOf('/');
  const first = text.slice(0, Math.max(slash, 0));
  const isTagged = /^[^[]*:\D/.test(first);
  if (isTagged || (!/[.:]/.test(first) && first !== 'localhost')) return { rest: text };
  return { registry: parseRegistry(first), rest: text.slice(slash + 1) };
}
