import type { Image } from '../content/content.ts';
import type { NameRules } from '../image/rootfs/name-rules.ts';
import { planTree } from '../image/rootfs/plan-tree.ts';
import { storedLayersOf } from '../image/rootfs/stored-layers.ts';
import type { StoredLayer } from '../image/rootfs/take-apart.ts';
import type { TreePlan } from '../image/rootfs/tree-plan.ts';
import type { UnpackedLayer } from '../image/rootfs/unpacked-layer.ts';
import { formatCount } from '../progress/format.ts';
import { sum } from '../progress/sum.ts';
import { chooseLayers } from './choose-layers.ts';
import type { TreeRequest } from './tree-request.ts';
import { type FindLayer, unpackLayers } from './unpack-layers.ts';

/** Of so many the plan takes some ten MB. */
const manyEntries = 50_000;

/** A tree that is ready to be written. */
export interface PlannedImage {
  readonly plan: TreePlan;
  readonly layers: readonly UnpackedLayer[];
}

/** The layers of an image that are wanted; warns of those that cannot be had. */
export async function wantedLayers(
  image: Image,
  { layer, progress }: TreeRequest,
): Promise<readonly StoredLayer[]> {
  const { layers, warnings } = await storedLayersOf(image);
  for (const warning of warnings) progress.warn(warning);
  return chooseLayers(layers, layer, image.origin);
}

/** In bytes: of layers as they are stored, each once. */
export function storedSize(layers: readonly StoredLayer[]): number {
  const sizes = new Map(layers.map(({ diffId, descriptor }) => [diffId, descriptor?.size ?? 0]));
  return sum([...sizes.values()]);
}

/** Takes layers apart below a folder and plans the tree that they come to, for a place with these rules for names. */
export async function planImage(
  { origin }: Image,
  stored: readonly StoredLayer[],
  folder: string,
  names: NameRules,
  request: TreeRequest,
  find?: FindLayer,
): Promise<PlannedImage> {
  const { progress, paths, keepOwner, keepSpecial, maxSize } = request;
  // Layers that are found are used again, each file by itself.
  const layers = await unpackLayers(stored, folder, { ...request, packs: !find }, find);
  // Their memory would be there beside that of a large plan.
  if (sum(layers.map(({ entries }) => entries.length)) > manyEntries) await request.threads?.rest();
  if (request.layer !== undefined) tellWhiteouts(layers, progress.warn);
  const plan = planTree(layers, { paths, keepOwner, keepSpecial, maxSize, names }, origin);
  for (const warning of plan.warnings) progress.warn(warning);
  return { plan, layers };
}

/** A layer alone has nothing below it to hide. */
function tellWhiteouts(layers: readonly UnpackedLayer[], warn: (text: string) => void): void {
  const count = sum(
    layers.map(({ entries }) => {
      let whiteouts = 0;
      for (const { name } of entries) if (/(^|\/)\.wh\.[^/]*\/?$/.test(name)) whiteouts += 1;
      return whiteouts;
    }),
  );
  if (count > 0)
    warn(
      `${formatCount(count, 'whiteout')} left out: the layers below, which they hide files of, are not pulled`,
    );
}
