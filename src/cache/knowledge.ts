import { createHash } from 'node:crypto';
import * as v from 'valibot';
import { type Descriptor, descriptorSchema, digestSchema, platformSchema } from '../oci/descriptor.ts';
import type { Digest } from '../oci/digest.ts';
import type { Platform } from '../oci/platform.ts';

/** A manifest or an index that an archive came with; the text of it tells what it points to, and has its digest. */
export interface KnownManifest {
  readonly descriptor: Descriptor;
  readonly document: string;
}

/** What an archive held, without its bytes. An image without a manifest is `loose` in the file, one with it `sealed`. */
export type KnownImage =
  | {
      readonly kind: 'loose';
      readonly platform: Platform;
      readonly config: Descriptor;
      readonly layers: readonly {
        readonly diffId: Digest;
        readonly size: number;
        readonly compressed?: Descriptor | undefined;
      }[];
    }
  | {
      readonly kind: 'sealed';
      readonly platform: Platform;
      readonly manifest: KnownManifest;
      readonly attestations: readonly KnownManifest[];
    };

/** What an archive held, without its bytes. */
export interface KnownArchive {
  readonly images: readonly KnownImage[];
  /** The indexes that its images came in, where it is a layout. */
  readonly indexes?: KnownIndexes | undefined;
}

export interface KnownIndexes {
  readonly annotations: readonly Readonly<Record<string, string>>[];
  /** Those that stay as they are, the outermost first. */
  readonly documents: readonly KnownManifest[];
}

/** More than this is not ours; in bytes. */
export const maxKnowledgeSize = 1_000_000;
/** What is larger is not remembered, so that it does not push out all else; in characters. */
const maxEntrySize = 100_000;

const version = 3;
const maxIdleDays = 90;
/** The last use is noted this coarsely, so that a run that learns nothing has nothing to save. */
const useGranularity = 7;

const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const manifestSchema = v.object({ descriptor: descriptorSchema, document: v.string() });
const imageSchema = v.variant('kind', [
  v.object({
    kind: v.literal('loose'),
    platform: platformSchema,
    config: descriptorSchema,
    layers: v.array(
      v.object({ diffId: digestSchema, size: count, compressed: v.optional(descriptorSchema) }),
    ),
  }),
  v.object({
    kind: v.literal('sealed'),
    platform: platformSchema,
    manifest: manifestSchema,
    attestations: v.array(manifestSchema),
  }),
]);
const archiveSchema = v.object({
  images: v.array(imageSchema),
  indexes: v.optional(
    v.object({
      annotations: v.array(v.record(v.string(), v.string())),
      documents: v.array(manifestSchema),
    }),
  ),
});
const bodySchema = v.object({
  /** Archive digest → what it holds; the last number is the day of its last use, since 1970. */
  archives: v.array(v.tuple([digestSchema, archiveSchema, count])),
  /** DiffID and compression settings → the blob that the layer became. */
  layers: v.array(v.tuple([v.string(), descriptorSchema, count])),
  /** DiffID of a layer of a base → its headers, as who reads them packs them; files of older versions have none. */
  headers: v.optional(v.array(v.tuple([digestSchema, v.string(), count])), []),
});
const fileSchema = v.object({ version: v.literal(version), checksum: v.string(), body: v.string() });

interface Entry<T> {
  readonly value: T;
  used: number;
}

/**
 * What earlier runs learned. A hint, never a proof: whether something is at a target is asked there, and what images and
 * layers became is only believed where the release that stands there says the same.
 */
export class Knowledge {
  readonly #archives = new Map<string, Entry<KnownArchive>>();
  readonly #layers = new Map<string, Entry<Descriptor>>();
  readonly #headers = new Map<string, Entry<string>>();
  readonly #today: number;
  #isChanged = false;

  constructor(now: Date) {
    this.#today = Math.floor(now.getTime() / 86_400_000);
  }

  /** Whether there is something to save. */
  get isChanged(): boolean {
    return this.#isChanged;
  }

  /** Whether it knows any archive. */
  get knowsArchives(): boolean {
    return this.#archives.size > 0;
  }

  /** Whether it knows what any layer became. */
  get knowsLayers(): boolean {
    return this.#layers.size > 0;
  }

  archiveOf(archive: Digest): KnownArchive | undefined {
    return this.#use(this.#archives.get(archive));
  }

  learnArchive(archive: Digest, known: KnownArchive): void {
    this.#learn(this.#archives, archive, known);
  }

  layerOf(diffId: Digest, settings: string): Descriptor | undefined {
    return this.#use(this.#layers.get(`${diffId} ${settings}`));
  }

  learnLayer(diffId: Digest, settings: string, blob: Descriptor): void {
    this.#learn(this.#layers, `${diffId} ${settings}`, blob);
  }

  /** The headers of a layer with this diffID, packed as they were learned. */
  headersOf(diffId: Digest): string | undefined {
    return this.#use(this.#headers.get(diffId));
  }

  learnHeaders(diffId: Digest, packed: string): void {
    this.#learn(this.#headers, diffId, packed);
  }

  /** Takes in what a file says and we do not know; false when it is damaged, foreign or of another version. */
  read(bytes: Uint8Array): boolean {
    const body = bytes.length <= maxKnowledgeSize ? parseFile(bytes) : undefined;
    if (!body) return false;
    for (const [digest, known, used] of body.archives) this.#add(this.#archives, digest, known, used);
    for (const [key, blob, used] of body.layers) this.#add(this.#layers, key, blob, used);
    for (const [key, packed, used] of body.headers) this.#add(this.#headers, key, packed, used);
    return true;
  }

  /** The file, without what nobody used for long and, if need be, what was not used lately. */
  format(): Buffer {
    const recent = <T>(entries: Map<string, Entry<T>>) =>
      [...entries].flatMap(([key, { value, used }]) =>
        used >= this.#today - maxIdleDays ? [[key, value, used] as const] : [],
      );
    const headers = recent(this.#headers);
    const kept = {
      archives: recent(this.#archives),
      layers: recent(this.#layers),
      ...(headers.length > 0 && { headers }),
    };
    for (;;) {
      const body = JSON.stringify(kept);
      const file = Buffer.from(JSON.stringify({ version, checksum: checksumOf(body), body }));
      if (file.length <= maxKnowledgeSize) return file;
      // Headers are read again for less than layers are made.
      for (const list of kept.headers?.length ? [kept.headers] : [kept.archives, kept.layers]) {
        list.sort((a, b) => b[2] - a[2]);
        list.splice(Math.floor(list.length / 2));
      }
    }
  }

  /** A day to come, from a clock that was wrong, must not outlive all others. */
  #add<T>(entries: Map<string, Entry<T>>, key: string, value: T, used: number): void {
    if (!entries.has(key)) entries.set(key, { value, used: Math.min(used, this.#today) });
  }

  #use<T>(entry: Entry<T> | undefined): T | undefined {
    if (entry && entry.used <= this.#today - useGranularity) {
      entry.used = this.#today;
      this.#isChanged = true;
    }
    return entry?.value;
  }

  #learn<T>(entries: Map<string, Entry<T>>, key: string, value: T): void {
    const text = JSON.stringify(value);
    if (text.length > maxEntrySize || JSON.stringify(entries.get(key)?.value) === text) return;
    entries.set(key, { value, used: this.#today });
    this.#isChanged = true;
  }
}

function parseFile(bytes: Uint8Array): v.InferOutput<typeof bodySchema> | undefined {
  try {
    const { checksum, body } = v.parse(fileSchema, JSON.parse(Buffer.from(bytes).toString('utf8')));
    return checksum === checksumOf(body) ? v.parse(bodySchema, JSON.parse(body)) : undefined;
  } catch {
    return undefined;
  }
}

function checksumOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
