import { createHash } from 'node:crypto';
import pMap from 'p-map';
import type { Knowledge } from '../../cache/knowledge.ts';
import type { Layer } from '../../content/content.ts';
import { readTar } from '../../content/tar/read-tar.ts';
import { AlbaError } from '../../errors.ts';
import type { ImageEntry } from '../../image/rootfs/image-node.ts';
import { isWorthKnowing, packHeaders, unpackHeaders } from '../../image/rootfs/layer-headers.ts';
import type { Digest } from '../../oci/digest.ts';
import type { Progress } from '../../progress/progress.ts';

/** Layers that are read at once. */
const concurrency = 4;

/** What knowledge says of a layer, and how to find out. */
interface Guess {
  readonly packed: string;
  readonly layer: Layer;
  /** The base, for messages. */
  readonly origin: string;
}

/**
 * The tar headers of the layers of bases, of which a run reads each one once. What an earlier run remembered is a guess: who
 * can write the cache could let files go elsewhere, or give a folder to another owner.
 */
export class BaseHeaders {
  readonly #knowledge: Knowledge;
  readonly #progress: Progress;
  readonly #guesses = new Map<Digest, Guess>();
  readonly #read = new Map<Digest, readonly ImageEntry[]>();

  constructor(knowledge: Knowledge, progress: Progress) {
    this.#knowledge = knowledge;
    this.#progress = progress;
  }

  /** Whether some of what was given is not known from the layers themselves. */
  get isGuess(): boolean {
    return this.#guesses.size > 0;
  }

  /** Of a layer of a base: read in this run, else remembered, else read. A source error where the layer is not its diffID. */
  async of(layer: Layer, origin: string): Promise<readonly ImageEntry[]> {
    const { diffId } = layer;
    const read = this.#read.get(diffId);
    if (read) return read;
    const packed = this.#knowledge.headersOf(diffId);
    const remembered = packed === undefined ? undefined : unpackHeaders(packed);
    if (packed === undefined || !remembered) return this.#readLayer(layer, origin);
    this.#guesses.set(diffId, { packed, layer, origin });
    return remembered;
  }

  /** Reads the layers whose headers were guessed; whether all of that was right. None is a guess from then on. */
  async prove(): Promise<boolean> {
    const guesses = [...this.#guesses.values()];
    const rights = await pMap(
      guesses,
      async ({ packed, layer, origin }) => packHeaders(await this.#readLayer(layer, origin)) === packed,
      { concurrency },
    );
    this.#guesses.clear();
    return rights.every(Boolean);
  }

  async #readLayer(layer: Layer, origin: string): Promise<readonly ImageEntry[]> {
    const { diffId } = layer;
    this.#progress.debug(`the headers of layer ${diffId} of ${origin} are read`);
    const found: ImageEntry[] = [];
    const entries = readTar(heldTo(layer, origin), origin, { isProvenWhole: true, isBehindIgnored: true });
    for await (const { name, type, linkname, mode, uid, gid } of entries) {
      const entry = { name, type, ...(linkname && { linkname }), mode, uid, gid };
      if (isWorthKnowing(entry)) found.push(entry);
    }
    this.#read.set(diffId, found);
    this.#knowledge.learnHeaders(diffId, packHeaders(found));
    return found;
  }
}

/** The tar of a layer; fails at its end where it is not what the config says it is. */
async function* heldTo({ diffId, open }: Layer, origin: string): AsyncGenerator<Buffer, void, void> {
  const hash = createHash('sha256');
  for await (const chunk of open()) {
    hash.update(chunk);
    yield Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
  }
  const found = `sha256:${hash.digest('hex')}`;
  if (found === diffId) return;
  throw new AlbaError(
    'source',
    `${origin} is damaged: its config says ${diffId} of a layer that is ${found}`,
  );
}
