import { dirname, resolve } from 'node:path';
import { AlbaError } from '../errors.ts';
import { splitTag, tagColon } from './path-tag.ts';
import { isRead, type Place, type Scheme } from './scheme.ts';
import { splitDigest } from './split-digest.ts';

const scheme = 'oci-archive:';
const form = `${scheme}./file.tar[:tag]`;

/** An OCI layout in one tar on this machine, written as skopeo and podman do: a path, up to a tag. */
export const ociArchiveScheme: Scheme = {
  name: 'oci-archive',
  about: 'the same in one tar, as skopeo and podman name it',
  forms: { target: form, reference: `${form}[@digest]`, download: `${form}[@digest]` },
  match: (text) => /^oci-archive:(?!\/\/)/i.test(text),
  parse(text, role) {
    const { before, digest } = splitDigest(text.slice(scheme.length), text);
    if (digest && !isRead(role)) {
      throw new AlbaError('usage', `${text} must not end with a digest: a release gets its digest by itself`);
    }
    const { path, tag } = splitTag(before);
    if (path === '' || /[/\\]$/.test(path)) {
      throw new AlbaError('usage', `"${text}" names no file: expected ${form}`);
    }
    if (tagColon(path) >= 0) {
      throw new AlbaError('usage', `${text}: the name of an archive cannot hold a colon, which begins a tag`);
    }
    return {
      url: text,
      place: placeOf(path, text),
      ...(tag !== undefined && { tag }),
      ...(digest && { digest }),
    };
  },
  /** A path after `oci-archive://`. */
  guess(text) {
    const [, path] = /^oci-archive:\/\/(\.{0,2}\/.+)$/i.exec(text) ?? [];
    return path === undefined ? undefined : `${scheme}${path}`;
  },
};

function placeOf(path: string, url: string): Place {
  return {
    url,
    directory: dirname(path),
    listsUntagged: true,
    referenceOf: (tag, digest) => `${scheme}${path}${tag ? `:${tag}` : ''}@${digest}`,
    urlOf: (digest) => `${scheme}${path}@${digest}`,
    async openRepository({ directory }) {
      const { openLayoutArchive } = await import('../repository/layout.ts');
      return openLayoutArchive(resolve(directory, path));
    },
    async openDeleter() {
      throw new AlbaError(
        'usage',
        `${url}: of an archive the tags alone are told (ls without --long), and nothing is deleted in one: unpack it, and name the layout as oci:./directory`,
      );
    },
  };
}
