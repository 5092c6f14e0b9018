import { AlbaError } from '../../errors.ts';
import { type NamedTag, parseNamedTag } from '../../oci/named-tag.ts';
import { githubReleaseScheme } from '../../place/github-release.ts';
import type { Address, StoragePlace } from '../../place/scheme.ts';
import { formsIn, parseAddress, splitAddresses, unfit } from '../../place/schemes.ts';
import type { Input } from '../input.ts';
import { each, lines, list } from '../kinds.ts';

/** A name in a storage, and what of it is named. */
export interface NamedReleases {
  readonly storage: StoragePlace;
  readonly name: string;
  readonly tags: readonly string[];
}

/** Where plain files are. */
export const filesTarget: Input<Address[]> = lines('what is looked at, as URLs', {
  word: 'target',
  forms: formsIn('files'),
  needed: 'no target: name one, such as s3://bucket?region=… or file://./site',
  expand: (items) => items.flatMap(splitAddresses),
  parse: each((item) => {
    const address = parseAddress(item, githubReleaseScheme.match(item) ? 'files' : 'download');
    if (address.storage || address.assets) return address;
    throw unfit(item, 'files');
  }),
});

/** The name, and the tag if one is meant. */
export const namedTag = list('whose releases, as a name or `name:tag`', {
  placeholder: 'name:tag',
  short: 't',
  parse: each(parseNamedTag),
});

/** The names that addresses (`#name:tag`) and `tag` mean together, each once in each storage. */
export function namedReleases(addresses: readonly Address[], named: readonly NamedTag[]): NamedReleases[] {
  return addresses.flatMap(({ storage, place, tag }) => {
    if (!storage) return [];
    const own = place?.storedName === undefined ? [] : [{ name: place.storedName, tag }];
    const items = [...own, ...named];
    return [...new Set(items.map(({ name }) => name))].map((name) => ({
      storage,
      name,
      tags: [...new Set(items.flatMap((item) => (item.name === name ? (item.tag ?? []) : [])))],
    }));
  });
}

/** Throws where a target has no name. */
export function assertNamed(addresses: readonly Address[], named: readonly NamedTag[]): void {
  const nameless = addresses.find(({ place }) => !place);
  if (!nameless || named.length > 0) return;
  throw new AlbaError(
    'usage',
    `${nameless.url} holds releases by name: give "tag", such as -t albatros, or add #albatros`,
  );
}
