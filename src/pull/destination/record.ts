import { brotliCompressSync, brotliDecompressSync, constants } from 'node:zlib';
import * as v from 'valibot';
import { parseJson } from '../../oci/manifest.ts';
import { type Pulled, pulledSchema } from '../destination.ts';
import { readPlainFile } from '../read-plain-file.ts';
import type { TreeStats } from './entries.ts';

/** In bytes: of a record as a file, and of its entries unpacked, some 1,500,000. */
const mostBytes = 96 * 1024 * 1024;
const mostUnpacked = 192 * 1024 * 1024;

const recordSchema = v.object({
  schemaVersion: v.literal(1),
  pulled: pulledSchema,
  unsettled: v.optional(v.string()),
  entries: v.optional(v.string()),
});

/** What a pull left beside its destination. */
export interface DestinationRecord {
  readonly pulled: Pulled;
  /** Undefined for a tree of too many entries. */
  readonly entries: TreeStats | undefined;
  /** The start of the machine in which it was written, until all that it tells of is known to be on the disk. */
  readonly unsettled: string | undefined;
}

/** The text of a record. */
export function formatRecord({ pulled, entries, unsettled }: DestinationRecord): string {
  const packed = entries && packEntries(entries);
  return `${JSON.stringify({ schemaVersion: 1, pulled, unsettled, entries: packed })}\n`;
}

/** The record at a path; undefined where there is none, or what lies there is none, be it of a later version. */
export async function readRecord(path: string): Promise<DestinationRecord | undefined> {
  const bytes = await readPlainFile(path, mostBytes);
  if (!bytes) return undefined;
  try {
    const { pulled, unsettled, entries } = parseJson(recordSchema, bytes, path);
    return { pulled, unsettled, entries: entries === undefined ? undefined : unpackEntries(entries) };
  } catch {
    return undefined;
  }
}

/** Each entry is its path, a NUL, what stat says of it, a NUL: no path has one. An inode that follows the one before is `+`. */
function packEntries(entries: TreeStats): string | undefined {
  let text = '';
  let last = '';
  for (const [path, stats] of entries) {
    const [kind, mode, time, inode = '', size] = stats.split(' ');
    text += `${path}\0${kind} ${mode} ${time} ${inode === follower(last) ? '+' : inode} ${size}\0`;
    last = inode;
  }
  const bytes = Buffer.from(text);
  if (bytes.length > mostUnpacked) return undefined;
  const params = {
    [constants.BROTLI_PARAM_QUALITY]: 4,
    [constants.BROTLI_PARAM_LGWIN]: 22,
    [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
  };
  return brotliCompressSync(bytes, { params }).toString('base64');
}

/** Throws where it is none. */
function unpackEntries(packed: string): TreeStats {
  const bytes = brotliDecompressSync(Buffer.from(packed, 'base64'), { maxOutputLength: mostUnpacked });
  const parts = bytes.toString('utf8').split('\0');
  const entries = new Map<string, string>();
  let last = '';
  for (let at = 0; at + 1 < parts.length; at += 2) {
    const [kind = '', mode = '', time = '', packedInode = '', size = ''] = (parts[at + 1] ?? '').split(' ');
    const inode = packedInode === '+' ? follower(last) : packedInode;
    entries.set(parts[at] ?? '', `${kind} ${mode} ${time} ${inode} ${size}`);
    last = inode;
  }
  return entries;
}

function follower(inode: string): string {
  const number = Number(inode);
  return Number.isSafeInteger(number) ? `${number + 1}` : '';
}
