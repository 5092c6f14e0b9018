import { type ImageTree, partsOf } from '../../image/rootfs/image-tree.ts';
import type { LowerTree } from '../../source/files/plan-layers.ts';

/** The number of the first layer above a base: more than any base has. */
export const aboveBase = 1_000;

/** The tree of a base as what files are put on. */
export function lowerTreeOf(tree: ImageTree): LowerTree {
  return {
    place: (path) => tree.place(partsOf(path), aboveBase).join('/'),
    folderAt(path) {
      const node = tree.resolve(partsOf(path))?.node;
      return node?.kind === 'folder' ? node.owner : undefined;
    },
  };
}
