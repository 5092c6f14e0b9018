import type { KeyRange, ListOptions, Storage } from './storage.ts';

/** Whether a key is in one of the ranges; without any, every key is. */
export function isWithin(key: string, ranges: readonly KeyRange[] | undefined): boolean {
  return ranges?.some(({ after, before }) => key > after && key < before) ?? true;
}

/** Whether keys that begin with this folder's, which ends in a slash, can be in one of the ranges. */
export function mayHoldWithin(folder: string, ranges: readonly KeyRange[] | undefined): boolean {
  return (
    ranges?.some(({ after, before }) => folder < before && (folder > after || after.startsWith(folder))) ??
    true
  );
}

/** The keys that a storage lists. */
export async function* listedKeys(
  storage: Storage,
  prefix: string,
  options: ListOptions = {},
): AsyncGenerator<string> {
  if (storage.keys) yield* storage.keys(prefix, options);
  else for await (const { key } of storage.list(prefix, options)) yield key;
}
