import { AlbaError } from '../errors.ts';
import { parseName, parseTag } from '../oci/reference.ts';
import type { Address, Role, StoragePlace } from './scheme.ts';
import { splitDigest } from './split-digest.ts';
import type { StorageUrl } from './storage-url.ts';

/** What a scheme of storages has of its own. */
type Opener = Pick<StoragePlace, 'directory' | 'origin' | 'profile' | 'openStorage'>;

/**
 * The address of a storage, which is a registry for who reads it: each name in it is a repository. A reference has
 * `#name[:tag][@digest]` at its end; a target has the names in its tags.
 */
export function storageAddress(url: StorageUrl, role: Role, opener: Opener): Address {
  const { where, fragment } = url;
  const storage = storagePlace(url, opener);
  if (fragment === undefined) return { url: where, storage };
  if (role !== 'reference') {
    throw new AlbaError('usage', `${where} has a "#", which means nothing here: write it as %23`);
  }
  const { before, digest } = splitDigest(fragment, where);
  const [name = '', ...rest] = before.split(':');
  if (name === '') return { url: where, storage };
  return {
    url: where,
    storage,
    place: storage.repository(parseName(name)),
    ...(rest.length > 0 && { tag: parseTag(rest.join(':')) }),
    ...(digest && { digest }),
  };
}

function storagePlace({ where, base }: StorageUrl, opener: Opener): StoragePlace {
  const { openStorage, ...own } = opener;
  const shared = { url: where, ...own };
  return {
    ...shared,
    openStorage,
    repository: (name) => ({
      ...shared,
      listsUntagged: false,
      urlOf: (digest) => `${base}#${name}@${digest}`,
      async openRepository(connection, context) {
        const { openStatic } = await import('../repository/static/static.ts');
        return openStatic(await openStorage(connection, context), name);
      },
    }),
  };
}
