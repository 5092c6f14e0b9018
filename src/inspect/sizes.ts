import type { Descriptor } from '../oci/descriptor.ts';
import { sum } from '../progress/sum.ts';

/** Of one image among others, in bytes, as its blobs are stored; one that it has twice counts once. */
export interface ImageSizes {
  readonly size: number;
  /** What no other image has. */
  readonly uniqueSize: number;
}

/** The sizes of images by the blobs of each, and of all of them together. */
export function sizesOf(images: readonly (readonly Descriptor[])[]): {
  readonly sizes: readonly ImageSizes[];
  readonly total: number;
} {
  const own = images.map((blobs) => new Map(blobs.map(({ digest, size }) => [digest, size])));
  const holders = new Map<string, number>();
  const all = new Map<string, number>();
  for (const blobs of own) {
    for (const [digest, size] of blobs) {
      holders.set(digest, (holders.get(digest) ?? 0) + 1);
      all.set(digest, size);
    }
  }
  const sizes = own.map((blobs) => ({
    size: sum([...blobs.values()]),
    uniqueSize: sum([...blobs].map(([digest, size]) => (holders.get(digest) === 1 ? size : 0))),
  }));
  return { sizes, total: sum([...all.values()]) };
}
