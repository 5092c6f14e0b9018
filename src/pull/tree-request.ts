import type { StoredLayer } from '../image/rootfs/take-apart.ts';
import type { WantedLayer } from './choose-layers.ts';
import type { Pulled } from './destination.ts';
import type { FetchOptions, FindLayer } from './unpack-layers.ts';

/** What of an image becomes a tree, and how. */
export interface TreeRequest extends FetchOptions {
  /** What lies below each becomes the root; all of the image where there is none. */
  readonly paths: readonly string[];
  /** The one layer that is wanted; undefined for all of them. */
  readonly layer: WantedLayer | undefined;
  /** Whether owners are as the layers have them. */
  readonly keepOwner: boolean;
  /** Whether setuid, setgid, devices and pipes are kept. */
  readonly keepSpecial: boolean;
}

/** Where layers lie that were taken apart before. */
export interface KnownLayers {
  has(layer: StoredLayer): Promise<boolean>;
  /** Finds a layer, or has it taken apart and keeps it. */
  readonly find: FindLayer;
  /** Whether files are linked to those that are kept; else copied, or cloned. */
  readonly isLinked: boolean;
}

/** What decides a tree besides the image: two pulls of one image are the same where it is. */
export function optionsOf(
  { paths, layer, keepOwner, keepSpecial }: TreeRequest,
  isLinked = false,
): Pulled['options'] {
  return {
    ...(paths.length > 0 && { paths: [...paths] }),
    ...(layer !== undefined && { layer }),
    ...(keepOwner && { keepOwner }),
    ...(keepSpecial && { keepSpecial }),
    ...(isLinked && { isLinked }),
  };
}
