import { AlbaError } from '../../errors.ts';
import type { Digest } from '../../oci/digest.ts';
import { isNameOf, type NamedTag, parseNamedTag } from '../../oci/named-tag.ts';
import { isSamePlace } from '../../place/same-place.ts';
import type { Address, Place } from '../../place/scheme.ts';
import { splitDigest } from '../../place/split-digest.ts';

/** `name[:tag][@digest]`, as a person names what is published. */
export interface NamedContent extends NamedTag {
  readonly digest?: Digest;
}

/** One repository, and what of it is named. */
export interface NamedRepository {
  readonly place: Place;
  readonly tags: readonly string[];
  readonly digests: readonly Digest[];
}

/** Reads `name[:tag][@digest]`. */
export function parseNamedContent(text: string): NamedContent {
  const { before, digest } = splitDigest(text, text);
  return { ...parseNamedTag(before), text, ...(digest && { digest }) };
}

/** The repositories that addresses and names mean together, each once; in a storage a name is one. */
export function namedRepositories(
  addresses: readonly Address[],
  named: readonly NamedContent[],
): NamedRepository[] {
  const used = new Set<NamedContent>();
  const all = addresses.flatMap((address): NamedRepository[] => {
    const own = { tags: [address.tag ?? []].flat(), digests: [address.digest ?? []].flat() };
    if (!address.place) {
      const { storage } = address;
      if (!storage) return [];
      return named.map((item) => {
        used.add(item);
        return { place: storage.repository(item.name), ...contentOf(item) };
      });
    }
    const { place } = address;
    const items = named.filter((item) => isMeant(item, place));
    for (const item of items) used.add(item);
    return [{ place, ...own }, ...items.map((item) => ({ place, ...contentOf(item) }))];
  });
  const stranger = named.find((item) => !used.has(item));
  if (stranger) {
    throw new AlbaError('usage', `"${stranger.text}" names none of the targets: write it as name:tag`);
  }
  return merged(all);
}

/** The usage error where a storage is named and no repository in it. */
export function unnamed({ url }: Address): AlbaError {
  return new AlbaError('usage', `${url} holds repositories by name: give "tag", such as -t app, or add #app`);
}

function isMeant(item: NamedContent, { reference, storedName }: Place): boolean {
  if (reference) return isNameOf(item, reference);
  return storedName === undefined || storedName === item.name;
}

function contentOf({ tag, digest }: NamedContent) {
  return { tags: [tag ?? []].flat(), digests: [digest ?? []].flat() };
}

function merged(all: readonly NamedRepository[]): NamedRepository[] {
  const found: NamedRepository[] = [];
  for (const one of all) {
    const at = found.findIndex(({ place }) => isSamePlace(place, one.place));
    const known = found[at];
    if (!known) found.push(one);
    else {
      found[at] = {
        place: known.place,
        tags: [...new Set([...known.tags, ...one.tags])],
        digests: [...new Set([...known.digests, ...one.digests])],
      };
    }
  }
  return found;
}
