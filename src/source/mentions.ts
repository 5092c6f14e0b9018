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
  const mentions = new Map<string, Mentioned>();
  for (const mention of flatten(graph, descriptors)) {
    const { descriptor } = mention;
    const key = `${descriptor.digest} ${attestedBy(descriptor) ?? ''}`;
    const known = mentions.get(key);
    mentions.set(key, known ? combine(known, mention) : mention);
  }
  return [...mentions.values()];
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

function combine(one: Mentioned, other: Mentioned): Mentioned {
  const isLess =
    weigh(one) < weigh(other) || (weigh(one) === weigh(other) && compareText(textOf(one), textOf(other)) > 0);
  const [more, less] = isLess ? [other, one] : [one, other];
  const annotations = { ...less.descriptor.annotations, ...more.descriptor.annotations };
  return {
    ...less,
    ...more,
    descriptor: { ...more.descriptor, ...(Object.keys(annotations).length > 0 && { annotations }) },
    platforms: [...more.platforms, ...less.platforms],
  };
}

/** How much a mention says: of the platform above all. */
function weigh({ descriptor: { platform, annotations = {} } }: Mentioned): number {
  return Object.keys(platform ?? {}).length * 100 + Math.min(Object.keys(annotations).length, 99);
}

function textOf({ descriptor }: Mentioned): string {
  return JSON.stringify(descriptor);
}
