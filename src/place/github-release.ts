import { AlbaError } from '../errors.ts';
import { redactUrl } from '../progress/format.ts';
import type { Scheme } from './scheme.ts';

const matching = /^github-releases?:/i;
const form = 'github-release:[owner/repo]';

/** The assets of the releases of a repository on GitHub: plain files under tags of git's, and no place of repositories. */
export const githubReleaseScheme: Scheme = {
  name: 'github-release',
  otherNames: ['github-releases'],
  calledElsewhere: ['gh', 'github', 'gh-release', 'gh-releases', 'ghrelease'],
  about: 'the assets of a release on GitHub',
  forms: { files: form },
  lacks: {
    target: { why: 'holds plain files alone', instead: `give ${form} to static push` },
    download: {
      why: 'is not pulled from',
      instead: 'download assets from the page of the release, or with gh release download',
    },
    reference: { why: 'holds plain files alone', instead: `give ${form} to static ls, rm or gc` },
  },
  match: (text) => matching.test(text),
  parse(text) {
    const repository = text.replace(matching, '');
    const url = `github-release:${repository}`;
    if (repository === '') return { url, assets: { url, repository: undefined } };
    if (/^[A-Za-z0-9][\w-]*\/(?!\.\.?$)[\w.-]+$/.test(repository))
      return { url, assets: { url, repository } };
    throw new AlbaError('usage', `"${redactUrl(text)}" names no repository: expected ${form}`);
  },
  /** What stands after `github-release://`. */
  guess(text) {
    const [, repository] = /^github-releases?:\/\/([^@]*)$/i.exec(text) ?? [];
    return repository === undefined ? undefined : `github-release:${repository}`;
  },
};
