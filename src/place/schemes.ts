import { AlbaError } from '../errors.ts';
import { redactUrl, withoutPassword } from '../progress/format.ts';
import { dockerScheme } from './docker.ts';
import { fileScheme } from './file.ts';
import { githubReleaseScheme } from './github-release.ts';
import { httpsScheme } from './https.ts';
import { withNearestScheme } from './near-scheme.ts';
import { ociScheme } from './oci.ts';
import { ociArchiveScheme } from './oci-archive.ts';
import { s3Scheme } from './s3.ts';
import type { Address, Role, Scheme } from './scheme.ts';

/** All that can be an address, in the order in which messages name them. A new scheme is a file, and its line here. */
export const schemes: readonly Scheme[] = [
  dockerScheme,
  s3Scheme,
  fileScheme,
  ociScheme,
  ociArchiveScheme,
  httpsScheme,
  githubReleaseScheme,
];

const roles: Readonly<Record<Role, { readonly noun: string; readonly refusal: string }>> = {
  target: { noun: 'target', refusal: 'is of no known kind' },
  files: { noun: 'target', refusal: 'cannot hold plain files' },
  reference: { noun: 'reference', refusal: 'is of no known kind' },
  download: { noun: 'source', refusal: 'is of no known kind' },
};

/** In letters: more than any server takes in one request, and few enough for whatever looks through them. */
const longest = 8192;

/** How an address can be written in a role, and what each is. */
export function formsIn(role: Role): (readonly [form: string, about: string])[] {
  return schemes.flatMap(({ forms: { [role]: form }, about }) => (form === undefined ? [] : [[form, about]]));
}

/** Whether a text is meant as an address rather than as a path: `://`, a known scheme, or what a scheme takes without. */
export function isAddress(text: string): boolean {
  const [, scheme = '', slashes] = /^(\w[\w+.-]+):(\/\/)?/.exec(text) ?? [];
  if (slashes === undefined && text.length > longest) return false;
  return (
    slashes !== undefined || schemes.some(({ name, match }) => name === scheme.toLowerCase() || match(text))
  );
}

/** The addresses in a text that separates them by commas; a comma that no known scheme follows is a part of one. */
export function splitAddresses(text: string): string[] {
  const names = schemes.flatMap(({ name, otherNames = [] }) => [name, ...otherNames]).join('|');
  return text.split(new RegExp(`,\\s*(?=(?:${names}):)`, 'i')).map((part) => part.trim());
}

/** What an address says. A usage error tells what is wrong with it, or what may be meant, without its password. */
export function parseAddress(text: string, role: Role): Address {
  if (text.length > longest) {
    const beginning = redactUrl(text).slice(0, 100);
    throw new AlbaError(
      'usage',
      `${roles[role].noun} "${beginning}…" has ${text.length} letters: expected no more than ${longest}`,
    );
  }
  const scheme = schemes.find((candidate) => candidate.match(text));
  if (scheme?.forms[role] !== undefined) return scheme.parse(text, role);
  throw unfit(text, role);
}

/** The usage error for a text that is no address in this role: what may be meant, or all that is known. */
export function unfit(text: string, role: Role): AlbaError {
  const { noun, refusal } = roles[role];
  const lack = schemes.find(({ match }) => match(text))?.lacks?.[role];
  const meant = guessAddress(text, role);
  const expected = meant ? `did you mean ${meant}?` : (lack?.instead ?? `expected ${formsOf(role)}`);
  return new AlbaError('usage', `${noun} "${withoutPassword(text)}" ${lack?.why ?? refusal}: ${expected}`);
}

/**
 * The address that a text may mean whose scheme is missing, or is written as another tool has it; it can be parsed in
 * that role. Undefined if the text may be anything. Almost all may name a registry: that is guessed last.
 */
export function guessAddress(text: string, role: Role): string | undefined {
  if (text.length > longest) return undefined;
  const corrected = withNearestScheme(text, schemes);
  if (corrected === undefined) return guessBySchemes(text, role);
  const named = schemes.find(({ match }) => match(corrected));
  return named && canBe(corrected, role, named) ? corrected : guessBySchemes(corrected, role);
}

function guessBySchemes(text: string, role: Role): string | undefined {
  for (const scheme of schemes.toReversed()) {
    const meant = scheme.guess(text);
    if (meant !== undefined && canBe(meant, role, scheme)) return meant;
  }
  return undefined;
}

function canBe(text: string, role: Role, scheme: Scheme): boolean {
  if (scheme.forms[role] === undefined) return false;
  try {
    const { place } = scheme.parse(text, role);
    return role !== 'reference' || place !== undefined;
  } catch {
    return false;
  }
}

function formsOf(role: Role): string {
  const forms = formsIn(role).map(([form]) => form);
  return [forms.slice(0, -1).join(', '), ...forms.slice(-1)].filter((part) => part !== '').join(' or ');
}
