import { brotliCompressSync, brotliDecompressSync, constants } from 'node:zlib';
import * as v from 'valibot';
import { parseJson } from '../../oci/manifest.ts';
import { type Pulled, pulledSchema } from '../destination.ts';
import { readPlainFile } from '../read-plain-file.ts';
import { type Unsettled, unsettledSchema } from '../settled.ts';
import { TreeStats } from './tree-stats.ts';

/** In bytes: of a record as a file, and of its entries unpacked, some 1,500,000. */
const mostBytes = 96 * 1024 * 1024;
const mostUnpacked = 192 * 1024 * 1024;

const recordSchema = v.object({
  schemaVersion: v.literal(1),
  pulled: pulledSchema,
  unsettled: v.optional(unsettledSchema),
  entries: v.optional(v.string()),
});

/** What a pull left beside its destination. */
export interface DestinationRecord {
  readonly pulled: Pulled;
  /** Undefined for a tree of too many entries. */
  readonly entries: TreeStats | undefined;
  /** Undefined once all that it tells of is on the disk. */
  readonly unsettled: Unsettled | undefined;
}

/** The text of a record. */
export function formatRecord({ pulled, entries, unsettled }: DestinationRecord): string {
  const packed = entries && packEntries(entries);
  return `${JSON.stringify({ schemaVersion: 1, pulled, unsettled, entries: packed })}\n`;
}

/**
 * The record at a path; undefined where there is none, or what lies there is none, be it of a later version, or that of another
 * user: who may write beside a folder could have it replaced with one.
 */
export async function readRecord(path: string): Promise<DestinationRecord | undefined> {
  const bytes = await readPlainFile(path, mostBytes, isOwn);
  if (!bytes) return undefined;
  try {
    const { pulled, unsettled, entries } = parseJson(recordSchema, bytes, path);
    return { pulled, unsettled, entries: entries === undefined ? undefined : unpackEntries(entries) };
  } catch {
    return undefined;
  }
}

/** Whether a file of this user is ours, or root's; Windows has no such numbers. */
function isOwn(owner: number): boolean {
  const user = process.getuid?.();
  return user === undefined || owner === user || owner === 0;
}

/** Undefined where there are too many. */
function packEntries(entries: TreeStats): string | undefined {
  if (entries.size > mostUnpacked) return undefined;
  const bytes = entries.bytes();
  const params = {
    [constants.BROTLI_PARAM_QUALITY]: 3,
    [constants.BROTLI_PARAM_LGWIN]: 22,
    [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
  };
  return brotliCompressSync(bytes, { params }).toString('base64');
}

/** Throws where it is none. */
function unpackEntries(packed: string): TreeStats {
  return TreeStats.of(brotliDecompressSync(Buffer.from(packed, 'base64'), { maxOutputLength: mostUnpacked }));
}
