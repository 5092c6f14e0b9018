import { resolve } from 'node:path';
import { AlbaError } from '../errors.ts';
import { splitTag, tagColon } from './path-tag.ts';
import { isRead, type Place, type Scheme } from './scheme.ts';
import { splitDigest } from './split-digest.ts';

const form = 'oci:./directory[:tag]';

/** An OCI layout on this machine (image-spec 1.1, image-layout.md), written as skopeo does: a path, up to a tag. */
export const ociScheme: Scheme = {
  name: 'oci',
  calledElsewhere: ['oci-dir', 'ocidir', 'oci-layout'],
  about: 'an OCI image layout',
  forms: { target: form, reference: `${form}[@digest]`, download: `${form}[@digest]` },
  match: (text) => /^oci:(?!\/\/)/i.test(text),
  parse(text, role) {
    const { before, digest } = splitDigest(text.slice('oci:'.length), text);
    if (digest && !isRead(role)) {
      throw new AlbaError('usage', `${text} must not end with a digest: a release gets its digest by itself`);
    }
    const { path, tag } = splitTag(before);
    if (path === '') {
      throw new AlbaError('usage', `"${text}" names no directory: expected ${form}`);
    }
    return {
      url: text,
      place: placeOf(path, text),
      ...(tag !== undefined && { tag }),
      ...(digest && { digest }),
    };
  },
  /** A path after `oci://`. */
  guess(text) {
    const [, path] = /^oci:\/\/(\.{0,2}\/.+)$/i.exec(text) ?? [];
    return path === undefined ? undefined : `oci:${path}`;
  },
};

function placeOf(path: string, url: string): Place {
  return {
    url,
    directory: path,
    listsUntagged: true,
    referenceOf: (tag, digest) => `oci:${tag ? `${path}:${tag}` : closed(path)}@${digest}`,
    urlOf: (digest) => `oci:${closed(path)}@${digest}`,
    async openRepository({ directory }) {
      const { openLayout } = await import('../repository/layout.ts');
      return openLayout(resolve(directory, path));
    },
    async openDeleter({ directory }) {
      const { openLayoutDeleter } = await import('../repository/layout-deleter.ts');
      return openLayoutDeleter(resolve(directory, path));
    },
  };
}

/** With a slash at its end where it would else be read as a path and a tag. */
function closed(path: string): string {
  return tagColon(path) < 0 ? path : `${path}/`;
}
