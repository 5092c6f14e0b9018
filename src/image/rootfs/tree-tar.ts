import { fileChunks } from '../../content/file-chunks.ts';
import { tarBlockSize } from '../../content/tar/header.ts';
import { writeHeader, zerosBehind } from '../../content/tar/write-header.ts';
import type { PlannedEntry, TreePlan } from './tree-plan.ts';
import { packedOffset, type UnpackedLayer } from './unpacked-layer.ts';

/**
 * A planned tree as a tar (POSIX.1-2017 pax), without an entry for the root. Contents are read as it is written; each chunk is
 * good until the next one is asked for. The same plan gives the same bytes.
 */
export async function* treeTar(
  plan: TreePlan,
  layers: readonly UnpackedLayer[],
): AsyncGenerator<Uint8Array, void, void> {
  for (const entry of plan.entries) {
    if (entry.path === '') continue;
    yield headerOf(entry);
    if (entry.kind !== 'file' || !entry.place) continue;
    const layer = layers[entry.place.layer];
    if (layer) yield* contentOf(layer, entry.place.entry, entry.size);
    yield Buffer.alloc(zerosBehind(entry.size));
  }
  yield Buffer.alloc(2 * tarBlockSize);
}

function contentOf(layer: UnpackedLayer, entry: number, size: number): AsyncIterable<Uint8Array> {
  const offset = packedOffset(layer, entry);
  if (!layer.packed || offset === undefined) return fileChunks(layer.locate(entry));
  return fileChunks(layer.packed.path, { offset, size });
}

function headerOf({ path, kind, mode, owner, size, mtime, linkname, device }: PlannedEntry): Buffer {
  const { uid, gid } = owner ?? { uid: 0, gid: 0 };
  return writeHeader({
    name: path,
    kind,
    mode,
    uid,
    gid,
    size: kind === 'file' ? size : 0,
    ...(mtime !== undefined && { mtime }),
    ...(linkname !== undefined && { linkname }),
    ...(device && { device }),
  });
}
