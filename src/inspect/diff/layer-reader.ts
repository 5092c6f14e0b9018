import pMap from 'p-map';
import { AlbaError } from '../../errors.ts';
import { isForeign } from '../../oci/media-type.ts';
import type { Progress } from '../../progress/progress.ts';
import { sum } from '../../progress/sum.ts';
import type { SeenLayer } from '../content.ts';
import { type HashedEntry, readLayerEntries } from './read-layer.ts';

/** Layers that are read at once. */
const concurrency = 4;
/** Of the layers of two images together: all of them are held while those are compared. */
const mostEntries = 1_000_000;
/** Entries that are held for the next platform, which may have the same layers. */
const mostKept = 200_000;

/** Reads layers, each blob once as long as it is remembered. */
export class LayerReader {
  readonly #progress: Progress;
  readonly #known = new Map<string, Promise<readonly HashedEntry[]>>();
  #held = 0;
  #bytes = 0;

  constructor(progress: Progress) {
    this.#progress = progress;
  }

  /** In bytes, as they are stored: what has been read. */
  get bytes(): number {
    return this.#bytes;
  }

  /** The entries of layers from the base up; none of one that is only named by a URL. Throws where there are too many to be compared. */
  async read(layers: readonly SeenLayer[], origin: string): Promise<(readonly HashedEntry[])[]> {
    const isStored = ({ descriptor }: SeenLayer): boolean => !isForeign(descriptor.mediaType);
    const fresh = layers.filter((layer) => isStored(layer) && !this.#known.has(layer.descriptor.digest));
    this.#progress.expect(sum(fresh.map(({ descriptor }) => descriptor.size)));
    return pMap(layers, (layer) => (isStored(layer) ? this.#readOnce(layer, origin) : []), { concurrency });
  }

  /** To be called between platforms: what is too much to be kept is forgotten. */
  tidy(): void {
    if (this.#held <= mostKept) return;
    this.#known.clear();
    this.#held = 0;
  }

  #readOnce(layer: SeenLayer, origin: string): Promise<readonly HashedEntry[]> {
    const { digest } = layer.descriptor;
    const known = this.#known.get(digest) ?? this.#read(layer, `${origin}, layer ${digest}`);
    this.#known.set(digest, known);
    return known;
  }

  async #read(layer: SeenLayer, origin: string): Promise<readonly HashedEntry[]> {
    const entries: HashedEntry[] = [];
    const take = (entry: HashedEntry): void => {
      entries.push(entry);
      this.#held += 1;
      if (this.#held <= mostEntries) return;
      throw new AlbaError(
        'source',
        `${origin}: the layers have more than ${mostEntries} entries, too many to compare; layers-only tells of all else`,
      );
    };
    await readLayerEntries(layer, origin, take, (bytes) => {
      this.#bytes += bytes;
      this.#progress.advance(bytes);
    });
    return entries;
  }
}
