import { AlbaError } from '../errors.ts';
import { redactUrl } from '../progress/format.ts';
import type { Scheme } from './scheme.ts';

/** A repository on GitHub by its owner and name; undefined in an address that means the one of the workflow. */
export interface ReleaseTarget {
  readonly url: string;
  readonly repository: string | undefined;
}

const matching = /^github-release:/i;
const form = 'github-release:[owner/repo]';
const lack = {
  why: 'is only written to, by static push',
  instead: 'download assets from the page of the release, or with gh release download',
};

/**
 * The assets of a release on GitHub: no place of repositories, and none that is read or deleted in. What `static push` makes of one is
 * {@link parseReleaseTarget}.
 */
export const githubReleaseScheme: Scheme = {
  name: 'github-release',
  about: 'the assets of a release on GitHub',
  forms: {},
  lacks: {
    target: { why: 'holds plain files alone', instead: `give ${form} to static push` },
    files: { why: 'is only written to, by itself', instead: lack.instead },
    reference: lack,
    download: lack,
  },
  match: (text) => matching.test(text),
  parse(text) {
    throw new AlbaError('usage', `${redactUrl(text)} is only written to, by static push`);
  },
  guess: () => undefined,
};

/** The repository that `github-release:` or `github-release:owner/repo` names; undefined for what is no such address. Throws a usage error. */
export function parseReleaseTarget(text: string): ReleaseTarget | undefined {
  if (!matching.test(text)) return undefined;
  const repository = text.replace(matching, '');
  const url = `github-release:${repository}`;
  if (repository === '') return { url, repository: undefined };
  if (/^[A-Za-z0-9][\w-]*\/(?!\.\.?$)[\w.-]+$/.test(repository)) return { url, repository };
  throw new AlbaError('usage', `target "${redactUrl(text)}" names no repository: expected ${form}`);
}
