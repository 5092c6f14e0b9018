import { AlbaError } from '../errors.ts';
import { redactUrl } from '../progress/format.ts';

/** The parts of a storage's URL, `scheme://authority/path?query#fragment`. */
export interface StorageUrl {
  /** For messages. */
  readonly where: string;
  /** All before the fragment as it was written, the scheme in lower case. */
  readonly base: string;
  readonly authority: string;
  /** Decoded; empty, or with a slash at its beginning. */
  readonly path: string;
  /** As it was written, without the question mark; empty where there is none. */
  readonly query: string;
  /** As it was written, without the `#`; undefined where there is none. */
  readonly fragment: string | undefined;
}

const parts = /^([^:/?#]+):\/\/([^/?#]*)([^?#]*)(?:\?([^#]*))?(?:#(.*))?$/s;

/**
 * Takes a URL that begins with a scheme and `://` apart by hand: WHATWG's URL would make `/out` of `file://./../out`.
 * Escapes such as `%20` in its path are decoded; a `%`, `?` or `#` that is meant must be escaped itself.
 */
export function splitStorageUrl(text: string): StorageUrl {
  const where = redactUrl(text);
  const [, scheme = '', authority = '', path = '', query = '', fragment] = parts.exec(text) ?? [];
  // A password may hold any sign: then what looks like the authority ends within it.
  if (/^[^/]*\/\/(?:[^/?#]*@|[^/?#]*:.*@(?!sha256:))/s.test(text)) {
    throw new AlbaError('usage', `${where} holds credentials: give them in the environment instead`);
  }
  const hash = text.indexOf('#');
  const base = scheme.toLowerCase() + text.slice(scheme.length, hash < 0 ? undefined : hash);
  return { where, base, authority, path: decodePath(path, where), query, fragment };
}

/** A path whose escapes are decoded; a usage error where that cannot be. */
export function decodePath(text: string, where: string): string {
  try {
    const decoded = decodeURIComponent(text);
    if (!decoded.includes('\0')) return decoded;
  } catch {
    // Told below, in the same words.
  }
  throw new AlbaError('usage', `${where} is not a path: write a % that is meant as %25`);
}
