import { AlbaError } from '../errors.ts';
import { isName, isTag, parseName, parseTag } from '../oci/reference.ts';
import { redactUrl } from '../progress/format.ts';
import { type Address, isRead, type Place, type Role, type StoragePlace } from './scheme.ts';
import { splitDigest } from './split-digest.ts';
import type { StorageUrl } from './storage-url.ts';

/** What a scheme of storages has of its own. */
interface Opener extends Pick<StoragePlace, 'loginHost' | 'directory' | 'origin' | 'profile'> {
  /** As that of a {@link StoragePlace}; told whether it is opened to publish to. */
  openStorage(
    ...given: [...Parameters<StoragePlace['openStorage']>, isTarget?: boolean]
  ): ReturnType<StoragePlace['openStorage']>;
  /** Another way to write the address of a repository, to which tag and digest are added. */
  readonly addressOf?: (name: string) => string;
  /** Finds out what the repository of a name can do, by requests of its own. */
  readonly examine?: (
    name: string,
    ...asked: Parameters<NonNullable<Place['examine']>>
  ) => ReturnType<NonNullable<Place['examine']>>;
}

/**
 * The address of a storage, which is a registry for who reads it: each name in it is a repository. A reference has
 * `#name[:tag][@digest]` at its end; a target has the names in its tags.
 */
export function storageAddress(url: StorageUrl, role: Role, opener: Opener): Address {
  const { where, fragment } = url;
  if (role !== 'reference') assertFolder(url);
  const storage = storagePlace(url, opener);
  if (fragment === undefined) return { url: where, storage };
  if (!isRead(role)) {
    throw new AlbaError('usage', `${where} has a "#", which means nothing here: write it as %23`);
  }
  const { before, digest } = splitDigest(fragment, where);
  const [name = '', ...rest] = before.split(':');
  if (name === '') return { url: where, storage };
  const lower = parseName(name);
  return {
    url: where,
    storage,
    place: storage.repository(lower),
    ...(rest.length > 0 && { tag: parseTag(rest.join(':')) }),
    ...(digest && { digest }),
    ...(lower !== name && { lowered: { name: lower, spelled: name } }),
  };
}

/** A registry's way to write a release would make a folder that is called so. */
function assertFolder({ where, base, path: decoded }: StorageUrl): void {
  // A host may end in a port.
  if (decoded === '') return;
  const [path = ''] = base.split('?');
  const [found, folder = '', name = '', tag = ''] = /^(.*)\/([^/]+):([^/]+)$/.exec(path) ?? [];
  if (found === undefined || !isName(name) || !isTag(tag)) return;
  throw new AlbaError(
    'usage',
    `${where} ends like name:tag, which would be a folder: write ${redactUrl(folder)} and give "tag" ${name}:${tag}; a colon that is meant is %3A`,
  );
}

function storagePlace({ where, base }: StorageUrl, opener: Opener): StoragePlace {
  const { openStorage, addressOf = (name) => `${base}#${name}`, examine, ...own } = opener;
  const shared = { url: where, ...own };
  return {
    ...shared,
    openStorage: (options, context) => openStorage(options, context),
    repository: (name) => ({
      ...shared,
      listsUntagged: false,
      storedName: name,
      urlOf: (digest) => `${addressOf(name)}@${digest}`,
      ...(examine && { examine: (...asked) => examine(name, ...asked) }),
      referenceOf: (tag, digest) => `${addressOf(name)}${tag ? `:${tag}` : ''}@${digest}`,
      async openRepository(connection, context, access) {
        const { openStatic } = await import('../repository/static/static.ts');
        return openStatic(await openStorage(connection, context, access === 'push'), name);
      },
      async openDeleter(connection, context) {
        const { openStaticDeleter } = await import('../repository/static/deleter.ts');
        return openStaticDeleter(await openStorage(connection, context), name);
      },
    }),
  };
}
