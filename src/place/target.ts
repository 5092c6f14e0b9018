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

/** A target of plain files: a storage that holds them as they are. */
export function parseFilesTarget(text: string): StoragePlace {
  const { storage } = parseAddress(text, 'files');
  if (storage) return storage;
  throw unfit(text, 'files');
}
