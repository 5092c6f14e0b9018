import type { Graph } from '../content/graph.ts';
import { attestedBy } from '../oci/attestation.ts';
import { compareText } from '../oci/compare.ts';
import type { Descriptor } from '../oci/descriptor.ts';
import type { Digest } from '../oci/digest.ts';
import { isIndex } from '../oci/media-type.ts';
import type { Platform } from '../oci/platform.ts';
import { nameOf, withOwnAnnotations } from './own-annotations.ts';

/** What all descriptors of one manifest say together, in whichever indexes they are. */
export interface Mentioned {
  /** Of those the one that says most, with the annotations of all that are the image's own. */
  readonly descriptor: Descriptor;
  /** As each of them tells it, the one that says most first. */
  readonly platforms: readonly Platform[];
  /** The outermost index that it is in, if it is in one. */
  readonly within?: Digest;
  /** What the export calls it. */
  readonly name?: string;
}

/**
 * Each manifest that descriptors lead to once, as first named; what is said of it does not depend on their order. An
 * attestation is there once for each image that it is about: BuildKit has one for all where they have no name.
 */
export function collectMentions(graph: Graph, descriptors: readonly Descriptor[]): Mentioned[] {
  const mentions = new Map<string, Mentions>();
  for (const mention of flatten(graph, descriptors)) {
    const { descriptor } = mention;
    const key = `${descriptor.digest} ${attestedBy(descriptor) ?? ''}`;
    const known = mentions.get(key);
    if (known) known.add(mention);
    else mentions.set(key, new Mentions(mention));
  }
  return [...mentions.values()].map((known) => known.together());
}

/** What descriptors name, depth first, and in place of an index what it names. */
function* flatten(
  graph: Graph,
  descriptors: readonly Descriptor[],
  within?: Digest,
  seen: Set<Digest> = new Set(),
): Generator<Mentioned> {
  for (const descriptor of descriptors) {
    const { digest, mediaType, platform } = descriptor;
    if (isIndex(mediaType)) {
      if (seen.has(digest)) continue;
      seen.add(digest);
      yield* flatten(graph, graph.get(digest)?.successors ?? [], within ?? digest, seen);
    } else {
      const name = nameOf(descriptor);
      yield {
        descriptor: withOwnAnnotations(descriptor, !within),
        platforms: platform ? [platform] : [],
        ...(within && { within }),
        ...(name && { name }),
      };
    }
  }
}

/**
 * What is said of one manifest, by as many descriptors as there are: an index of 4 MiB has 20,000. The annotations of the one that says
 * less come first, those of the other win.
 */
class Mentions {
  #most: Mentioned;
  /** Values by key, and where a key comes: below and above 0, as each is put before or behind the others. */
  readonly #annotations = new Map<string, { readonly value: string; readonly place: number }>();
  #first = 0;
  #last = 0;
  /** Before those of the first mention, the nearest first, and behind them. */
  readonly #before: Platform[] = [];
  readonly #behind: Platform[];

  constructor(first: Mentioned) {
    this.#most = first;
    this.#behind = [...first.platforms];
    this.#putBehind(first);
  }

  add(other: Mentioned): void {
    const [own, its] = [this.#weight(), weigh(other.descriptor)];
    const isLess =
      own < its || (own === its && compareText(textOf(this.#descriptor()), textOf(other.descriptor)) > 0);
    if (isLess) {
      this.#most = { ...this.#most, ...other };
      for (const one of other.platforms.toReversed()) this.#before.push(one);
      this.#putBehind(other);
    } else {
      this.#most = { ...other, ...this.#most };
      for (const one of other.platforms) this.#behind.push(one);
      this.#putBefore(other);
    }
  }

  together(): Mentioned {
    const platforms = [...this.#before.toReversed(), ...this.#behind];
    return { ...this.#most, descriptor: this.#descriptor(), platforms };
  }

  #descriptor(): Descriptor {
    const { annotations: _, ...plain } = this.#most.descriptor;
    const sorted = [...this.#annotations].sort(([, one], [, other]) => one.place - other.place);
    const annotations = Object.fromEntries(sorted.map(([key, { value }]) => [key, value]));
    return { ...plain, ...(sorted.length > 0 && { annotations }) };
  }

  #weight(): number {
    const { platform } = this.#most.descriptor;
    return weightOf(platform, this.#annotations.size);
  }

  /** Of what says more. */
  #putBehind({ descriptor: { annotations = {} } }: Mentioned): void {
    for (const [key, value] of Object.entries(annotations)) {
      const place = this.#annotations.get(key)?.place ?? this.#last++;
      this.#annotations.set(key, { value, place });
    }
  }

  /** Of what says less. */
  #putBefore({ descriptor: { annotations = {} } }: Mentioned): void {
    for (const [key, value] of Object.entries(annotations).reverse()) {
      this.#first -= 1;
      this.#annotations.set(key, { value: this.#annotations.get(key)?.value ?? value, place: this.#first });
    }
  }
}

/** How much a descriptor says: of the platform above all. */
function weigh({ platform, annotations = {} }: Descriptor): number {
  return weightOf(platform, Object.keys(annotations).length);
}

function weightOf(platform: Platform | undefined, annotations: number): number {
  return Object.keys(platform ?? {}).length * 100 + Math.min(annotations, 99);
}

function textOf(descriptor: Descriptor): string {
  return JSON.stringify(descriptor);
}
