import { createHash } from 'node:crypto';
import type { Descriptor } from '../../../src/oci/descriptor.ts';
import type { Platform } from '../../../src/oci/platform.ts';

/** What a cache says of one image. */
export interface Forged {
  kind: string;
  platform: Platform;
  config: { digest: string; size: number };
  layers: unknown[];
}

/** What a cache says of one archive. */
export interface ForgedArchive {
  images: readonly Forged[];
  indexes?: { annotations: readonly Record<string, string>[]; documents: readonly unknown[] };
}

/** What a cache says of all. */
export interface Body {
  archives: [digest: string, held: ForgedArchive, day: number][];
  layers: [key: string, blob: { digest: string; size: number; mediaType: string }, day: number][];
  headers?: [diffId: string, packed: string, day: number][];
}

/** What the file of a cache says. */
export function bodyOf(bytes: Buffer): Body {
  return JSON.parse(JSON.parse(String(bytes)).body);
}

/** The file of a cache, changed by hand into another that is formally valid. */
export function forge(bytes: Buffer, change: (body: Body) => void): Buffer {
  const { version } = JSON.parse(String(bytes));
  const body = bodyOf(bytes);
  change(body);
  const text = JSON.stringify(body);
  const checksum = createHash('sha256').update(text).digest('hex');
  return Buffer.from(JSON.stringify({ version, checksum, body: text }));
}

/** Says of every layer that it became this blob, under the settings that the cache knows. */
export function sayOfLayers(body: Body, blobs: ReadonlyMap<string, Descriptor>): void {
  const settings = (body.layers[0]?.[0] ?? '').replace(/^\S+ /, '');
  const day = body.layers[0]?.[2] ?? 0;
  const said = [...blobs].map(([diffId, { digest, size, mediaType }]): Body['layers'][0] => [
    `${diffId} ${settings}`,
    { mediaType, digest, size },
    day,
  ]);
  body.layers = [...said, ...body.layers.filter(([key]) => !blobs.has(key.replace(/ .*/, '')))];
}
