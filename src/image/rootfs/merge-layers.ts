import type { Problems } from '../../errors.ts';
import { printable } from '../../progress/format.ts';
import { ImageTree, partsOf } from './image-tree.ts';
import type { LayerEntry, UnpackedLayer } from './unpacked-layer.ts';

const whiteout = '.wh.';
/** Of AUFS and of overlays: what begins so is of the layer, not of the tree. */
const meta = '.wh..wh.';

/** The tree that layers come to, from the base up. What no layer may have is added to the problems, each with its name. */
export function mergeLayers(layers: readonly UnpackedLayer[], origin: string, problems: Problems): ImageTree {
  const tree = new ImageTree(origin);
  for (const [layer, { entries }] of layers.entries()) {
    let entry = 0;
    for (const header of entries) {
      const problem = entryProblem(header);
      if (problem) problems.add(`${origin}, layer ${layer + 1}: ${printable(header.name)} ${problem}`);
      else tree.apply(treeEntry(header), { layer, entry });
      entry += 1;
    }
  }
  return tree;
}

function entryProblem({ name, type }: LayerEntry): string | undefined {
  if (name.endsWith(whiteout) || name.includes('.wh..')) return whiteoutProblem(partsOf(name).at(-1) ?? '');
  const isRoot = type !== 'directory' && partsOf(name).length === 0;
  return isRoot ? 'stands for the root, and is no folder' : undefined;
}

function whiteoutProblem(base: string): string | undefined {
  if (!base.startsWith(whiteout) || base.startsWith(meta)) return undefined;
  const hidden = base.slice(whiteout.length);
  return ['', '.', '..'].includes(hidden) ? 'is a whiteout that names nothing' : undefined;
}

/** Devices, pipes and what is not known are one to the tree. */
function treeEntry(entry: LayerEntry): Parameters<ImageTree['apply']>[0] {
  const { type } = entry;
  const isKnown = type === 'file' || type === 'link' || type === 'symlink' || type === 'directory';
  return { ...entry, type: isKnown ? type : 'other' };
}

/** Whether a name is of the layer alone: what is below it is found by hard links, and is nothing of the tree. */
export function isOfLayer(name: string): boolean {
  return name.startsWith(meta);
}
