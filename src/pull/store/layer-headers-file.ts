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
  readonly entries: readonly LayerEntry[];
  /** Undefined once all of the layer is on the disk. */
  readonly unsettled: Unsettled | undefined;
}

/** Headers as a file; undefined where there are too many of them to be kept. */
export function formatLayerHeaders(
  entries: LayerEntries,
  unsettled: Unsettled | undefined,
): Buffer | undefined {
  const all = [...entries];
  const some = <T>(of: (entry: LayerEntry) => T | undefined): Record<string, T> =>
    Object.fromEntries(
      all.flatMap((entry, number) => {
        const value = of(entry);
        return value === undefined ? [] : [[number, value]];
      }),
    );
  const headers: Headers = {
    schemaVersion: 1,
    unsettled,
    names: all.map(({ name }) => name),
    types: all.map(({ type }) => letters[type]).join(''),
    modes: all.map(({ mode }) => mode),
    uids: all.map(({ uid }) => uid),
    gids: all.map(({ gid }) => gid),
    sizes: all.map(({ size }) => size),
    mtimes: all.map(({ mtime }) => mtime),
    links: some(({ linkname }) => linkname),
    devices: some(({ device }) => device && [device.major, device.minor]),
    attributes: all.flatMap(({ hasAttributes }, number) => (hasAttributes ? [number] : [])),
  };
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
    const attributes = new Set(headers.attributes);
    const entries = names.map((_, number) => entryAt(headers, number, attributes));
    return { entries, unsettled: headers.unsettled };
  } catch {
    return undefined;
  }
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
