import * as v from 'valibot';
import { PackedEntries } from '../../image/rootfs/packed-entries.ts';
import type { LayerEntries } from '../../image/rootfs/unpacked-layer.ts';
import { parseJson } from '../../oci/manifest.ts';
import { packBrotli, unpackBrotli } from '../brotli.ts';
import { type Unsettled, unsettledSchema } from '../settled.ts';

/** How many headers are kept; in bytes, what is told of all, these packed, and unpacked. */
const mostEntries = 1_500_000;
const mostTold = 4096;
const mostPacked = 64 * 1024 * 1024;
const mostUnpacked = 160 * 1024 * 1024;
/** In bytes, of such a file. */
export const mostHeaderBytes = mostTold + mostPacked;

const toldSchema = v.object({
  schemaVersion: v.literal(1),
  unsettled: v.optional(unsettledSchema),
});

/** What is kept of a layer besides its contents. */
export interface KeptHeaders {
  readonly entries: PackedEntries;
  /** Undefined once all of the layer is on the disk. */
  readonly unsettled: Unsettled | undefined;
}

/** Headers as a file: a line of JSON, and the headers, packed; undefined where there are too many of them to be kept. */
export async function formatLayerHeaders(
  entries: LayerEntries,
  unsettled: Unsettled | undefined,
): Promise<Buffer | undefined> {
  const all = packedEntries(entries);
  if (all.length > mostEntries || all.size > mostUnpacked) return undefined;
  const packed = await packBrotli(all.pieces(), all.size, mostPacked);
  return (
    packed && Buffer.concat([Buffer.from(`${JSON.stringify({ schemaVersion: 1, unsettled })}\n`), packed])
  );
}

/** The headers in such a file; undefined where it is none, or damaged. */
export async function parseLayerHeaders(bytes: Buffer): Promise<KeptHeaders | undefined> {
  try {
    const end = bytes.subarray(0, mostTold).indexOf('\n');
    const { unsettled } = parseJson(toldSchema, bytes.subarray(0, Math.max(0, end)), 'headers');
    const entries = await PackedEntries.read(
      unpackBrotli([bytes.subarray(end + 1)], mostUnpacked),
      mostEntries,
    );
    return { entries, unsettled };
  } catch {
    return undefined;
  }
}

function packedEntries(entries: LayerEntries): PackedEntries {
  if (entries instanceof PackedEntries) return entries;
  const packed = new PackedEntries();
  for (const entry of entries) packed.add(entry);
  return packed;
}
