import { AlbaError } from '../errors.ts';
import type { StoredLayer } from '../image/rootfs/take-apart.ts';
import { type Digest, isDigest } from '../oci/digest.ts';
import { formatCount } from '../progress/format.ts';

/** One layer of an image: by the digest of its blob or its diffID, or by its number, from 0 at the base, or from -1 at the top. */
export type WantedLayer = Digest | number;

/** The layer that a person named; else a usage error. */
export function parseWantedLayer(text: string, name: string): WantedLayer {
  if (isDigest(text)) return text;
  if (/^-?\d{1,4}$/.test(text)) return Number(text);
  throw new AlbaError(
    'usage',
    `${name} "${text}" is no layer: expected its digest or its diffID, sha256: and 64 hexadecimal digits, or its number, 0 for the first and -1 for the last`,
  );
}

/** All layers, or the one that is wanted. A source error tells those that there are, where that is not among them. */
export function chooseLayers(
  layers: readonly StoredLayer[],
  wanted: WantedLayer | undefined,
  origin: string,
): readonly StoredLayer[] {
  if (wanted === undefined) return layers;
  const found =
    typeof wanted === 'number'
      ? layers.at(wanted)
      : layers.find(({ descriptor, diffId }) => descriptor?.digest === wanted || diffId === wanted);
  if (found) return [found];
  const there = layers.map(({ descriptor, diffId }, at) => `${at} is ${descriptor?.digest ?? diffId}`);
  throw new AlbaError(
    'source',
    `${origin} has no layer ${wanted}: it has ${formatCount(layers.length, 'layer')}${there.length > 0 ? `; ${there.slice(0, 20).join(', ')}` : ''}`,
  );
}
