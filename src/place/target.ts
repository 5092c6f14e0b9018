import { AlbaError } from '../errors.ts';
import type { NamedTag } from '../oci/named-tag.ts';
import type { Address, Place, StoragePlace } from './scheme.ts';
import { parseAddress, unfit } from './schemes.ts';

/** Where a release goes, and the tags that it gets there; without tags it is published by digest alone. */
export interface Target {
  readonly place: Place;
  readonly tags: readonly string[];
}

/** The address of a target, before it is known which tags are for it. */
export function parseTargetUrl(text: string): Address {
  return parseAddress(text, 'target');
}

/** A target of plain files. */
export function parseFilesTarget(text: string): StoragePlace {
  const { storage } = parseAddress(text, 'files');
  if (storage) return storage;
  throw unfit(text, 'files');
}

/** The target with the tags that are for it; in a storage each name is a repository, and so a target, of its own. */
export function addTags(address: Address, named: readonly NamedTag[]): Target[] {
  if (!address.place) return addNames(address.storage, named);
  const { place, tag, url } = address;
  const tags = [...new Set(named.flatMap((item) => item.tag ?? []))];
  if (tag !== undefined && tags.length > 0 && !tags.includes(tag)) {
    const both = `target ${url} says tag ${tag}, "tag" says ${tags.join(', ')}`;
    throw new AlbaError('usage', `${both}: name it in one place, or the same in both`);
  }
  if (!place.listsUntagged && tag === undefined && named.length === 0) {
    const remedy = 'add :tag to it or give "tag"; a name alone there publishes by digest';
    throw new AlbaError('usage', `target ${url} has no tag: ${remedy}`);
  }
  return [{ place, tags: tags.length > 0 || tag === undefined ? tags : [tag] }];
}

function addNames(storage: StoragePlace, named: readonly NamedTag[]): Target[] {
  if (named.length === 0) {
    throw new AlbaError(
      'usage',
      `target ${storage.url} needs "tag": name:tag, whose name is the repository there`,
    );
  }
  return [...new Set(named.map(({ name }) => name))].map((name) => ({
    place: storage.repository(name),
    tags: [...new Set(named.flatMap((item) => (item.name === name ? (item.tag ?? []) : [])))],
  }));
}
