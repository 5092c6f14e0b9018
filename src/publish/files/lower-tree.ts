import { type ImageTree, partsOf } from '../../image/rootfs/image-tree.ts';
import type { LowerTree } from '../../source/files/plan-layers.ts';

/** The number of the first layer above a base: more than any base has. */
export const aboveBase = 1_000;

/** The tree of a base as what files are put on. */
export function lowerTreeOf(tree: ImageTree): LowerTree {
  // Most paths share their folder with many others.
  const folders = new Map<string, string>();
  const placeFolder = (folder: string): string => {
    const found =
      folders.get(folder) ??
      tree
        .place([...partsOf(folder), '-'], aboveBase)
        .join('/')
        .slice(0, -1);
    folders.set(folder, found);
    return found;
  };
  return {
    place(path) {
      const slash = path.lastIndexOf('/') + 1;
      return path === '' ? '' : placeFolder(path.slice(0, slash)) + path.slice(slash);
    },
    folderAt(path) {
      const node = tree.resolve(partsOf(path))?.node;
      return node?.kind === 'folder' ? node.owner : undefined;
    },
  };
}
