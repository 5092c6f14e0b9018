import { AlbaError, Problems } from '../errors.ts';
import { isNameOf, type NamedTag } from '../oci/named-tag.ts';
import { assertNamesFit } from './name-problems.ts';
import type { Address, Place, StoragePlace } from './scheme.ts';
import { parseTargetUrl, type Target } from './target.ts';

/** How a release is named. */
export interface Naming {
  /** The names and tags that a person gives. */
  readonly named: readonly NamedTag[];
  /** Whether it gets no tag: its digest is enough to find it by. */
  readonly byDigest: boolean;
  /** What a tag of git's gives where nobody names anything; asked for when it is needed. May throw a usage error. */
  usual(): Omit<NamedTag, 'text'> | undefined;
}

/**
 * The targets of a release with the tags that each gets. In a storage every name is a repository, and so a target, of its
 * own. A repository on a registry takes the names that are its own, else those that say no registry; a layout takes all
 * tags. Without addresses, full references are the targets. Throws one usage error for all that does not go together.
 */
export function assignTags(addresses: readonly Address[], naming: Naming): Target[] {
  const isGiven = addresses.length > 0;
  const all = isGiven ? addresses : addressesIn(naming.named);
  assertNamesFit(all, { ...naming, isGiven });
  const problems = new Problems();
  const targets = all.flatMap((address): Target[] => {
    try {
      if (address.place) return targetAt(address, address.place, naming);
      return address.storage ? storedIn(address.storage, naming) : [];
    } catch (thrown) {
      if (!(thrown instanceof AlbaError && thrown.code === 'usage')) throw thrown;
      problems.add(thrown.message);
      return [];
    }
  });
  problems.throwIfAny('usage');
  return targets;
}

/** The repositories that full references name, each once. */
function addressesIn(named: readonly NamedTag[]): Address[] {
  const isFull = named.length > 0 && named.every(({ registry }) => registry !== undefined);
  if (!isFull) {
    throw new AlbaError(
      'usage',
      'no target: name at least one URL, such as docker://ghcr.io/org/app, or in "tag" full references such as ghcr.io/org/app:1.0',
    );
  }
  const urls = named.map(({ registry = '', name }) => `docker://${registry}/${name}`);
  return [...new Set(urls)].map(parseTargetUrl);
}

function targetAt({ tag: own, url }: Address, place: Place, naming: Naming): Target[] {
  const { named, byDigest, usual } = naming;
  if (byDigest) return [{ place, tags: [] }];
  const chosen = chosenFor(place, named);
  const tags = tagsOf(chosen);
  if (own !== undefined) {
    if (tags.length === 0) return [{ place, tags: [own] }];
    if (tags.includes(own)) return [{ place, tags }];
    const both = `target ${url} says tag ${own}, "tag" says ${tags.join(', ')}`;
    throw new AlbaError('usage', `${both}: name it in one place, or the same in both`);
  }
  if (chosen.length > 0) return [{ place, tags }];
  const usualTag = named.length === 0 ? usual()?.tag : undefined;
  if (usualTag !== undefined) return [{ place, tags: [usualTag] }];
  if (place.listsUntagged) return [{ place, tags: [] }];
  const others = named.length > 0 ? `, those in "tag" are for other repositories` : '';
  throw new AlbaError(
    'usage',
    `target ${url} has no tag${others}: add :tag to it, give "tag", or publish by digest with by-digest`,
  );
}

function chosenFor({ reference }: Place, named: readonly NamedTag[]): readonly NamedTag[] {
  if (!reference) return named;
  const own = named.filter((item) => isNameOf(item, reference));
  return own.length > 0 ? own : named.filter(({ registry }) => registry === undefined);
}

function storedIn(storage: StoragePlace, { named, byDigest, usual }: Naming): Target[] {
  const items = named.length > 0 ? named : [usual() ?? []].flat();
  if (items.length === 0) {
    throw new AlbaError(
      'usage',
      byDigest
        ? `target ${storage.url} needs "tag": a name, which is the repository there`
        : `target ${storage.url} needs "tag": name:tag, whose name is the repository there`,
    );
  }
  return [...new Set(items.map(({ name }) => name))].map((name) => ({
    place: storage.repository(name),
    tags: byDigest ? [] : tagsOf(items.filter((item) => item.name === name)),
  }));
}

function tagsOf(named: readonly Pick<NamedTag, 'tag'>[]): string[] {
  return [...new Set(named.flatMap(({ tag }) => tag ?? []))];
}
