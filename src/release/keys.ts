import { AlbaError } from '../errors.ts';
import { parseName, parseTag } from '../oci/reference.ts';
import { selfName } from '../storage/key-path.ts';

/** The prefix names the layout below it, so that it can change one day. */
const root = 'df-dist-v1';

const installerName = 'install.sh';

/** In bytes: what S3 takes at most. */
const maxKeyLength = 1024;

/** One tag of one name. */
export interface Release {
  readonly name: string;
  readonly tag: string;
}

/** A release from outside: the grammar is that of images, without what the layout needs for itself. */
export function parseRelease(text: string, tag: string): Release {
  const name = parseName(text);
  parseTag(tag);
  if (isReserved(tag)) {
    const owner =
      tag === selfName
        ? 'the list of tags'
        : tag.toLowerCase() === installerName
          ? 'the installer'
          : 'the page';
    throw new AlbaError('usage', `the tag "${tag}" is taken by ${owner} of ${name}: choose another`);
  }
  if (name.split('/').some(isReserved)) {
    throw new AlbaError(
      'usage',
      `the name "${name}" has a part that pages are called, or installers: choose another`,
    );
  }
  return { name, tag };
}

/** What no tag can be called. Some file systems take `Index.html` for `index.html`. */
export function isReserved(part: string): boolean {
  return part === selfName || ['index.html', installerName].includes(part.toLowerCase());
}

/** The list of a name's tags. */
export function listKey(name: string): string {
  return `${root}/${name}`;
}

/** The key of a tag's document: `df-dist-v1/<name>/<tag>`. */
export function tagKey({ name, tag }: Release): string {
  return `${root}/${name}/${tag}`;
}

/** What lies below a tag: its files by `<os>/<architecture>/<path>`, and SHA256SUMS. */
export function fileKey(release: Release, path: string): string {
  return `${tagKey(release)}/${path}`;
}

/** The page to download from. */
export function pageKey(name: string): string {
  return `${root}/${name}/index.html`;
}

/** The script that installs a release of the name. */
export function installerKey(name: string): string {
  return `${root}/${name}/${installerName}`;
}

/** Why this key cannot be stored, undefined if it can. */
export function keyProblem(key: string): string | undefined {
  const length = Buffer.byteLength(key);
  return length > maxKeyLength
    ? `its key would be ${length} bytes long; buckets take ${maxKeyLength} at most: shorten its path`
    : undefined;
}
