import * as v from 'valibot';
import { parseJson } from '../../oci/manifest.ts';
import { packBrotli, unpackBrotli } from '../brotli.ts';
import { type Pulled, pulledSchema } from '../destination.ts';
import { readPlainFile } from '../read-plain-file.ts';
import { type Unsettled, unsettledSchema } from '../settled.ts';
import { mostEntries, TreeStats } from './tree-stats.ts';

/** In bytes: of a record without its entries, of these packed, and of these unpacked, some 1,500,000. */
const mostTold = 1024 * 1024;
const mostPacked = 24 * 1024 * 1024;
const mostUnpacked = 160 * 1024 * 1024;

/** What is before the packed entries, which are the last in a record, and what is behind them. */
const entriesBegin = ',"entries":"';
const entriesEnd = /"}\s*$/;

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
export async function formatRecord({ pulled, entries, unsettled }: DestinationRecord): Promise<string> {
  const packed = entries && (await packEntries(entries));
  const told = JSON.stringify({ schemaVersion: 1, pulled, unsettled });
  return `${packed ? `${told.slice(0, -1)}${entriesBegin}${packed.toString('base64')}"}` : told}\n`;
}

/**
 * The record at a path; undefined where there is none, or what lies there is none, be it of a later version, or that of another
 * user: who may write beside a folder could have it replaced with one.
 */
export async function readRecord(path: string): Promise<DestinationRecord | undefined> {
  const bytes = await readPlainFile(path, mostTold + Math.ceil(mostPacked / 3) * 4, isOwn);
  if (!bytes) return undefined;
  try {
    const { told, packed } = partRecord(bytes);
    const { pulled, unsettled, entries = packed } = parseJson(recordSchema, told, path);
    return { pulled, unsettled, entries: entries === undefined ? undefined : await unpackEntries(entries) };
  } catch {
    return undefined;
  }
}

/** A large record in two: JSON of many small things comes to many times its size. Throws where it is none of ours. */
function partRecord(bytes: Buffer): { readonly told: Buffer; readonly packed?: string } {
  if (bytes.length <= mostTold) return { told: bytes };
  const at = bytes.subarray(0, mostTold).lastIndexOf(entriesBegin);
  const [end = ''] = entriesEnd.exec(bytes.toString('latin1', bytes.length - 10)) ?? [];
  if (at < 0 || end === '') throw new Error('it is too large');
  const told = Buffer.concat([bytes.subarray(0, at), Buffer.from('}')]);
  return { told, packed: bytes.toString('latin1', at + entriesBegin.length, bytes.length - end.length) };
}

/** Whether a file of this user is ours, or root's; Windows has no such numbers. */
function isOwn(owner: number): boolean {
  const user = process.getuid?.();
  return user === undefined || owner === user || owner === 0;
}

/** Undefined where there are too many. */
async function packEntries(entries: TreeStats): Promise<Buffer | undefined> {
  if (entries.size > mostUnpacked || entries.count > mostEntries) return undefined;
  return packBrotli(entries.pieces(), entries.size, mostPacked);
}

/** Throws where it is none. */
function unpackEntries(packed: string): Promise<TreeStats> {
  return TreeStats.read(unpackBrotli([Buffer.from(packed, 'base64')], mostUnpacked));
}
