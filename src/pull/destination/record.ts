import { isUtf8 } from 'node:buffer';
import { brotliCompressSync, brotliDecompressSync, constants } from 'node:zlib';
import * as v from 'valibot';
import { decodeName, encodeName } from '../../content/tar/tar-name.ts';
import { parseJson } from '../../oci/manifest.ts';
import { type Pulled, pulledSchema } from '../destination.ts';
import { readPlainFile } from '../read-plain-file.ts';
import { type Unsettled, unsettledSchema } from '../settled.ts';
import type { TreeStats } from './entries.ts';

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

/** In characters: so many are turned into bytes at once. */
const pieceLength = 64 * 1024;

/**
 * Each entry is its path, a NUL, what stat says of it, a NUL: no path has one. An inode that follows the one before is `+`. Made
 * piece by piece: all rows of a million entries as text take several times as much as their bytes.
 */
function packEntries(entries: TreeStats): string | undefined {
  const pieces: Buffer[] = [];
  let [size, text, last] = [0, '', ''];
  const add = (piece: Buffer): void => {
    pieces.push(piece);
    size += piece.length;
  };
  const flush = (): void => {
    add(Buffer.from(text));
    text = '';
  };
  for (const [path, stats] of entries) {
    const name = encodeName(path);
    if (typeof name === 'string') text += name;
    else {
      flush();
      add(name);
    }
    const at = stats.lastIndexOf(' ') + 1;
    const inode = stats.slice(at);
    text += `\0${stats.slice(0, at)}${inode === follower(last) ? '+' : inode}\0`;
    last = inode;
    if (text.length >= pieceLength) flush();
    if (size > mostUnpacked) return undefined;
  }
  flush();
  if (size > mostUnpacked) return undefined;
  const params = {
    [constants.BROTLI_PARAM_QUALITY]: 3,
    [constants.BROTLI_PARAM_LGWIN]: 22,
    [constants.BROTLI_PARAM_SIZE_HINT]: size,
  };
  return brotliCompressSync(Buffer.concat(pieces), { params }).toString('base64');
}

/** Throws where it is none. */
function unpackEntries(packed: string): TreeStats {
  const bytes = brotliDecompressSync(Buffer.from(packed, 'base64'), { maxOutputLength: mostUnpacked });
  const parts = isUtf8(bytes) ? bytes.toString('utf8').split('\0') : splitNames(bytes);
  const entries = new Map<string, string>();
  let last = '';
  for (let at = 0; at + 1 < parts.length; at += 2) {
    const row = parts[at + 1] ?? '';
    const end = row.lastIndexOf(' ') + 1;
    last = row.endsWith('+') ? follower(last) : row.slice(end);
    entries.set(parts[at] ?? '', `${row.slice(0, end)}${last}`);
  }
  return entries;
}

function splitNames(bytes: Buffer): string[] {
  const parts: string[] = [];
  for (let at = 0; at < bytes.length; ) {
    const end = bytes.indexOf(0, at);
    if (end < 0) break;
    parts.push(decodeName(bytes.subarray(at, end)));
    at = end + 1;
  }
  return parts;
}

function follower(inode: string): string {
  const number = Number(inode);
  return Number.isSafeInteger(number) ? `${number + 1}` : '';
}
