import { AlbaError } from '../errors.ts';
import { type Digest, isDigest } from './digest.ts';

/** A repository on a registry, with what it points to there. */
export interface Reference {
  /** `ghcr.io`, `localhost:5000`; Docker Hub is `docker.io`, whatever host answers for it. */
  readonly registry: string;
  /** `org/app`, on Docker Hub with its `library/`. */
  readonly repository: string;
  readonly tag?: string;
  readonly digest?: Digest;
  /** The repository as it was written, where that had capital letters. */
  readonly spelled?: string;
}

/** distribution-spec, "Pulling manifests": the grammar of a repository name and of a tag. */
export const nameGrammar = '[a-z0-9]+((\\.|_|__|-+)[a-z0-9]+)*(\\/[a-z0-9]+((\\.|_|__|-+)[a-z0-9]+)*)*';
export const tagGrammar = '[a-zA-Z0-9_][a-zA-Z0-9._-]{0,127}';

const name = new RegExp(`^${nameGrammar}$`);
const tag = new RegExp(`^${tagGrammar}$`);
const host =
  /^(?:\[[0-9a-fA-F:]+\]|[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?(?:\.[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?)*)(?::\d{1,5})?$/;

/** Whether a text is a tag by the grammar of the distribution spec. */
export function isTag(text: string): boolean {
  return tag.test(text);
}

/** Whether a text is a repository name by the grammar of the distribution spec. */
export function isName(text: string): boolean {
  return name.test(text) && text.length <= 255;
}

/** A repository name from outside; capital letters, which GitHub's repositories may have, are lowered. */
export function parseName(text: string): string {
  const lower = text.toLowerCase();
  if (isName(lower)) return lower;
  const grammar = 'lower-case letters and digits, with ".", "_", "-" or "/" between them';
  throw new AlbaError(
    'usage',
    `"${text}" is not a repository name: expected ${grammar}, at most 255 characters`,
  );
}

/** How a name was written that {@link parseName} read, where that is another text. */
export function spelledName(text: string, name: string): { readonly spelled?: string } {
  return text === name ? {} : { spelled: text };
}

/** A tag from outside. */
export function parseTag(text: string): string {
  if (isTag(text)) return text;
  const near = nearestTag(text);
  const hint = near === undefined ? 'at most 128 of them' : `such as ${near}`;
  const grammar = 'letters, digits, "_", and not as the first sign "." or "-"';
  throw new AlbaError('usage', `"${text}" is not a tag: expected ${grammar}, ${hint}`);
}

/** What is a tag and reads like a text, such as `feature-x` for `feature/x`; undefined where there is none. */
export function nearestTag(text: string): string | undefined {
  const near = text.replace(/[^a-zA-Z0-9._-]+/g, '-').replace(/^[.-]+/, '');
  return isTag(near) ? near : undefined;
}

/** A registry's host with an optional port; Docker Hub's several names become `docker.io`. */
export function parseRegistry(text: string): string {
  // The grammar leaves ports and addresses that no URL has, such as :99999 and 1.2.3.4.5.
  if (!host.test(text) || !URL.canParse(`https://${text}`))
    throw new AlbaError('usage', `"${text}" is not a registry host: expected host[:port]`);
  const lower = text.toLowerCase();
  return ['index.docker.io', 'registry-1.docker.io', 'registry.hub.docker.com'].includes(lower)
    ? 'docker.io'
    : lower;
}

/**
 * `host[:port]/repository[:tag][@digest]`, read as docker reads it: without a host it is on Docker Hub,
 * and a name there without a slash is in `library/`.
 */
export function parseReference(text: string): Reference {
  const [rest, digest, ...more] = text.split('@') as [string, ...string[]];
  if (more.length > 0 || (digest !== undefined && !isDigest(digest))) {
    throw new AlbaError(
      'usage',
      `"${text}" is not a reference: after @ comes sha256: and 64 hexadecimal digits`,
    );
  }
  const slash = rest.indexOf('/');
  const first = rest.slice(0, slash);
  const hasHost = slash > 0 && (/[.:]/.test(first) || first === 'localhost');
  const registry = hasHost ? parseRegistry(first) : 'docker.io';
  const path = hasHost ? rest.slice(slash + 1) : rest;
  const colon = path.indexOf(':');
  const tagged = colon >= 0 ? parseTag(path.slice(colon + 1)) : undefined;
  const written = colon >= 0 ? path.slice(0, colon) : path;
  const named = parseName(written);
  return {
    registry,
    repository: repositoryOn(registry, named),
    ...(tagged && { tag: tagged }),
    ...(digest && isDigest(digest) && { digest }),
    ...spelledName(written, named),
  };
}

/** The repository that a name means on a registry: on Docker Hub one without a slash is in `library/`. */
export function repositoryOn(registry: string, named: string): string {
  return registry === 'docker.io' && !named.includes('/') ? `library/${named}` : named;
}

/** The inverse of {@link parseReference}, always with its host. */
export function formatReference({ registry, repository, tag, digest }: Reference): string {
  return `${registry}/${repository}${tag ? `:${tag}` : ''}${digest ? `@${digest}` : ''}`;
}
