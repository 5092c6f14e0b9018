import { AlbaError } from '../errors.ts';
import type { Digest } from '../oci/digest.ts';
import type { Address, Place } from './scheme.ts';
import { parseAddress } from './schemes.ts';

/** Something that was published: a place, and a tag or a digest there. */
export interface Locator {
  readonly place: Place;
  readonly tag?: string;
  readonly digest?: Digest;
  readonly lowered?: Address['lowered'];
}

/**
 * `docker://host/repository[:tag][@digest]`, `oci:./dir[:tag][@digest]`, and for a bucket or a directory its URL
 * followed by `#name[:tag][@digest]`; a usage error where it is none of that.
 */
export function parseLocator(text: string): Locator {
  const { url, place, tag, digest, lowered } = parseAddress(text, 'reference');
  if (!place) {
    throw new AlbaError('usage', `${url} names no repository: add #name[:tag][@digest] to it`);
  }
  return { place, ...(tag !== undefined && { tag }), ...(digest && { digest }), ...(lowered && { lowered }) };
}
