import { brotliCompressSync, brotliDecompressSync, constants } from 'node:zlib';
import * as v from 'valibot';
import type { LayerEntries, LayerEntry } from '../../image/rootfs/unpacked-layer.ts';
import { type Unsettled, unsettledSchema } from '../settled.ts';

/** In bytes: as a file, and as JSON, some 2,000,000 entries. */
export const mostHeaderBytes = 64 * 1024 * 1024;
const mostUnpacked = 256 * 1024 * 1024;

/** One letter each. */
const letters = {
  file: 'f',
  link: 'h',
  symlink: 'l',
  directory: 'd',
  'character-device': 'c',
  'block-device': 'b',
  pipe: 'p',
  other: 'o',
} as const satisfies Record<LayerEntry['type'], string>;
const typeOf = new Map(
  Object.entries(letters).map(([type, letter]) => [letter as string, type as LayerEntry['type']]),
);

const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
/** Column by column, which is smaller and faster than row by row; what few entries have, by their number. */
const headersSchema = v.object({
  schemaVersion: v.literal(1),
  unsettled: v.optional(unsettledSchema),
  names: v.array(v.string()),
  types: v.string(),
  modes: v.array(count),
  uids: v.array(count),
  gids: v.array(count),
  sizes: v.array(count),
  mtimes: v.array(v.number()),
  links: v.record(v.string(), v.string()),
  devices: v.record(v.string(), v.tuple([count, count])),
  attributes: v.array(count),
});
type Headers = v.InferOutput<typeof headersSchema>;

/** What is kept of a layer besides its contents. */
export interface KeptHeaders {
  readonly entries: LayerEntries;
  /** Undefined once all of the layer is on the disk. */
  readonly unsettled: Unsettled | undefined;
}

/** Headers as a file; undefined where there are too many of them to be kept. */
export function formatLayerHeaders(
  entries: LayerEntries,
  unsettled: Unsettled | undefined,
): Buffer | undefined {
  const headers: Headers = {
    schemaVersion: 1,
    unsettled,
    ...{ names: [], types: '', modes: [], uids: [], gids: [], sizes: [], mtimes: [] },
    ...{ links: {}, devices: {}, attributes: [] },
  };
  for (const entry of entries) add(headers, entry);
  const bytes = Buffer.from(JSON.stringify(headers));
  if (bytes.length > mostUnpacked) return undefined;
  const packed = brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 3 } });
  return packed.length > mostHeaderBytes ? undefined : packed;
}

/** The headers in such a file; undefined where it is none, or damaged. */
export function parseLayerHeaders(packed: Buffer): KeptHeaders | undefined {
  try {
    const json = brotliDecompressSync(packed, { maxOutputLength: mostUnpacked }).toString('utf8');
    const headers = v.parse(headersSchema, JSON.parse(json));
    const { names, types, modes, uids, gids, sizes, mtimes } = headers;
    const columns = [types, modes, uids, gids, sizes, mtimes];
    if (columns.some(({ length }) => length !== names.length)) return undefined;
    return { entries: entriesIn(headers), unsettled: headers.unsettled };
  } catch {
    return undefined;
  }
}

function add(headers: Headers, entry: LayerEntry): void {
  const { name, type, mode, uid, gid, size, mtime, linkname, device, hasAttributes } = entry;
  const number = headers.names.push(name) - 1;
  headers.types += letters[type];
  headers.modes.push(mode);
  headers.uids.push(uid);
  headers.gids.push(gid);
  headers.sizes.push(size);
  headers.mtimes.push(mtime);
  if (linkname !== undefined) headers.links[number] = linkname;
  if (device) headers.devices[number] = [device.major, device.minor];
  if (hasAttributes) headers.attributes.push(number);
}

/** Each entry is made when it is asked for: there may be a million. */
function entriesIn(headers: Headers): LayerEntries {
  const { length } = headers.names;
  const attributes = new Set(headers.attributes);
  return {
    length,
    at: (number) => (number in headers.names ? entryAt(headers, number, attributes) : undefined),
    *[Symbol.iterator]() {
      for (let number = 0; number < length; number += 1) yield entryAt(headers, number, attributes);
    },
  };
}

function entryAt(headers: Headers, number: number, attributes: ReadonlySet<number>): LayerEntry {
  const linkname = headers.links[number];
  const device = headers.devices[number];
  return {
    name: headers.names[number] ?? '',
    type: typeOf.get(headers.types[number] ?? '') ?? 'other',
    ...(linkname !== undefined && { linkname }),
    mode: headers.modes[number] ?? 0,
    uid: headers.uids[number] ?? 0,
    gid: headers.gids[number] ?? 0,
    size: headers.sizes[number] ?? 0,
    mtime: headers.mtimes[number] ?? 0,
    ...(device && { device: { major: device[0], minor: device[1] } }),
    ...(attributes.has(number) && { hasAttributes: true }),
  };
}
