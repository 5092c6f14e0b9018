import type { Descriptor } from '../../oci/descriptor.ts';

/** How two things differ. */
export type Change = 'added' | 'removed' | 'changed' | 'same';

/** What layers are compared by. */
export interface ComparedLayer {
  readonly descriptor: Descriptor;
  readonly diffId?: string;
}

/** A layer of one of two images, or of both. */
export interface LayerChange<L extends ComparedLayer> {
  /** `changed` is another compression of the same tar. */
  readonly change: Change;
  /** As the second image has it, else the first. */
  readonly layer: L;
}

/** Whether two layers are the same files: one blob, or blobs that configs say inflate to one tar. */
export function isSameLayer(a: ComparedLayer, b: ComparedLayer): boolean {
  return a.descriptor.digest === b.descriptor.digest || (a.diffId !== undefined && a.diffId === b.diffId);
}

/** How many layers two images have in common from the base up. */
export function countShared(before: readonly ComparedLayer[], after: readonly ComparedLayer[]): number {
  const end = before.findIndex((layer, at) => {
    const other = after[at];
    return !other || !isSameLayer(layer, other);
  });
  return end < 0 ? before.length : end;
}

/** The layers of both, those of the second in its order, then those that are gone. */
export function diffLayers<L extends ComparedLayer>(
  before: readonly L[],
  after: readonly L[],
): LayerChange<L>[] {
  const known = { digests: digestsOf(before), diffIds: diffIdsOf(before) };
  const kept = { digests: digestsOf(after), diffIds: diffIdsOf(after) };
  const isIn = ({ descriptor, diffId }: L, { digests, diffIds }: typeof known): Change | undefined => {
    if (digests.has(descriptor.digest)) return 'same';
    return diffId !== undefined && diffIds.has(diffId) ? 'changed' : undefined;
  };
  return [
    ...after.map((layer) => ({ change: isIn(layer, known) ?? ('added' as const), layer })),
    ...before
      .filter((layer) => isIn(layer, kept) === undefined)
      .map((layer) => ({ change: 'removed' as const, layer })),
  ];
}

function digestsOf(layers: readonly ComparedLayer[]): ReadonlySet<string> {
  return new Set(layers.map(({ descriptor }) => descriptor.digest));
}

function diffIdsOf(layers: readonly ComparedLayer[]): ReadonlySet<string> {
  return new Set(layers.flatMap(({ diffId }) => diffId ?? []));
}
