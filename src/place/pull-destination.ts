import { AlbaError } from '../errors.ts';
import { redactUrl } from '../progress/format.ts';
import type { Place } from './scheme.ts';
import { isAddress, parseAddress, splitAddresses } from './schemes.ts';

/** What a pull fills: a folder with files, a tar on standard output, an OCI layout or its archive, an archive for docker load. */
export type PullDestination =
  | { readonly kind: 'folder'; readonly path: string }
  | { readonly kind: 'stream' }
  | { readonly kind: 'layout'; readonly place: Place; readonly tag?: string }
  | { readonly kind: 'docker-archive'; readonly path: string; readonly name?: string };

/** How a destination can be written, and what each is. */
export const pullDestinationForms: readonly (readonly [form: string, what: string])[] = [
  ['./folder', 'the files of the image, in a folder that is all of the pull'],
  ['-', 'a tar of them on standard output, on the command line'],
  ['oci:./directory[:tag]', 'an OCI image layout, with all platforms, manifests as they are'],
  ['oci-archive:./file.tar[:tag]', 'the same in one tar'],
  ['docker-archive:./file.tar[:name:tag]', 'an archive for `docker load` and `podman load`'],
];

const dockerArchive = /^docker-archive:(?!\/\/)(.*)$/is;

/** The destination that a person named; a usage error tells what is wrong with it, and what may be meant. */
export function parsePullDestination(text: string): PullDestination {
  if (text === '-') return { kind: 'stream' };
  const archive = parseDockerArchive(text);
  if (archive) return archive;
  if (isAddress(text)) return parseLayout(text);
  if (/\.(?:tar|tgz|tar\.(?:gz|zst))$/i.test(text)) {
    throw new AlbaError(
      'usage',
      `${text} would be a folder: docker-archive:${text} and oci-archive:${text} are archives of an image, - is a tar of its files on standard output, and ${text}/ is a folder that is called so`,
    );
  }
  return { kind: 'folder', path: text };
}

/**
 * `docker-archive:`, a path, and behind the first colon that is not one of Windows the name of the image in it; undefined for
 * what is none, a usage error for what cannot be.
 */
export function parseDockerArchive(
  text: string,
): (PullDestination & { readonly kind: 'docker-archive' }) | undefined {
  const [, rest] = dockerArchive.exec(text) ?? [];
  if (rest === undefined) return undefined;
  const [, path = '', name] = /^((?:[a-z]:[\\/])?[^:]*)(?::(.*))?$/is.exec(rest) ?? [];
  if (path === '') {
    throw new AlbaError(
      'usage',
      'docker-archive: names no file: expected docker-archive:./file.tar[:name:tag]',
    );
  }
  if (name === undefined) return { kind: 'docker-archive', path };
  if (/^[a-z0-9][\w./:-]*:[\w][\w.-]{0,127}$/.test(name)) return { kind: 'docker-archive', path, name };
  throw new AlbaError(
    'usage',
    `docker-archive:${path} gives the image the name "${name}": expected name:tag, such as app:1.0, in lower case`,
  );
}

function parseLayout(text: string): PullDestination {
  if (splitAddresses(text).length > 1) {
    throw new AlbaError('usage', `${redactUrl(text)} is more than one destination: a pull has one`);
  }
  const { url, place, tag } = parseAddress(text, 'target');
  if (place?.listsUntagged) return { kind: 'layout', place, ...(tag !== undefined && { tag }) };
  throw new AlbaError(
    'usage',
    `${url} is no destination on this machine: expected a folder, -, oci:, oci-archive: or docker-archive:; what is published is brought elsewhere by alba container copy`,
  );
}
