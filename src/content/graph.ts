import { inOrder } from '../concurrency/in-order.ts';
import { AlbaError, type ErrorCode } from '../errors.ts';
import type { Descriptor } from '../oci/descriptor.ts';
import type { Digest } from '../oci/digest.ts';
import { parseSuccessors } from '../oci/manifest.ts';
import { isDocument } from '../oci/media-type.ts';
import { type Blob, leaf, type Node, openBytes } from './content.ts';

/** How far a graph is followed: what manifests name is the word of a stranger, and may go on for ever. */
export interface GraphLimits {
  /** Of documents below documents: those that are named first are at 0. */
  readonly depth?: number;
  /** In bytes: of all documents together, as their descriptors say. */
  readonly bytes?: number;
  /** Of documents. */
  readonly count?: number;
}

/** In bytes: documents are held until the release is out. */
const mostHeld = 64 * 1024 * 1024;

/** The limits of everything that follows a graph. */
export const graphLimits = {
  /** One release: an index over indexes over manifests is three deep, and no tool goes further. */
  release: { depth: 8, bytes: mostHeld },
  /** A release with what refers to it: that is the word of its repository, and may lead in circles. */
  referrers: { count: 10_000, bytes: mostHeld },
  /** All that the tags of a repository lead to, with what refers to that: a registry may make up another referrer for each. */
  repository: { depth: 64, count: 1_000_000 },
  /** All that a layout holds, which is read and not held: it has no list of referrers. */
  layout: { count: 10_000 },
} as const satisfies Record<string, GraphLimits>;

/** Images of a published release that are looked at to learn from it; more are passed over. */
export const mostLearnedFrom = 32;

/** Documents that are read at once. */
const concurrency = 16;

/** The verified bytes of a document. */
export interface DocumentBytes {
  readonly bytes: Buffer;
  /** Where they lie, for messages. */
  readonly origin: string;
}

/** A manifest or an index (image-spec 1.1), as it is found in a graph. */
export interface Document extends DocumentBytes {
  readonly descriptor: Descriptor;
  /** What it points to, in order; a subject is not among it. */
  readonly successors: readonly Descriptor[];
  /** What refers to it, where that is asked for. */
  readonly referrers: readonly Descriptor[];
}

/** All documents that some descriptors lead to. */
export type Graph = ReadonlyMap<Digest, Document>;

/** What holds a graph. */
export interface GraphSource {
  /** For messages. */
  readonly origin: string;
  /** Whose fault a graph beyond the limits is. */
  readonly fault: ErrorCode;
  readonly limits: GraphLimits;
  /** Asked once for each digest; undefined for what is not there, which is passed over. */
  read(descriptor: Descriptor, depth: number): Promise<DocumentBytes | undefined>;
  /** What refers to a document: asked once for each, and followed as if it pointed to it. */
  referrers?(digest: Digest): Promise<readonly Descriptor[]>;
}

/**
 * Reads the documents that descriptors lead to, each digest once, level by level, so that what is read does not depend
 * on the order in which they name each other. Beyond a limit it throws an AlbaError.
 */
export async function* walkGraph(
  roots: readonly Descriptor[],
  source: GraphSource,
): AsyncGenerator<Document, void, void> {
  const seen = new Set<Digest>();
  let bytes = 0;
  const isNew = ({ digest, mediaType, size }: Descriptor): boolean => {
    if (!isDocument(mediaType) || seen.has(digest)) return false;
    seen.add(digest);
    bytes += size;
    return true;
  };
  let level = roots.filter(isNew);
  for (let depth = 0; level.length > 0; depth += 1) {
    assertGraphWithin(source, { depth, bytes, count: seen.size });
    const below: Descriptor[] = [];
    const read = (descriptor: Descriptor) => readOne(descriptor, depth, source);
    for await (const document of inOrder(level, concurrency - 1, read)) {
      if (!document) continue;
      // There may be more than a call has arguments.
      for (const list of [document.successors, document.referrers]) {
        for (const descriptor of list) below.push(descriptor);
      }
      yield document;
    }
    level = below.filter(isNew);
  }
}

async function readOne(descriptor: Descriptor, depth: number, source: GraphSource) {
  const [found, referrers = []] = await Promise.all([
    source.read(descriptor, depth),
    source.referrers?.(descriptor.digest),
  ]);
  if (!found) return undefined;
  const successors = parseSuccessors(descriptor.mediaType, found.bytes, found.origin);
  return { ...found, descriptor, successors, referrers };
}

/** All that {@link walkGraph} reads; along what documents point to, it is nowhere deeper than a release may be. */
export async function readGraph(roots: readonly Descriptor[], source: GraphSource): Promise<Graph> {
  const graph = new Map<Digest, Document>();
  for await (const document of walkGraph(roots, source)) graph.set(document.descriptor.digest, document);
  let level = new Set(graph.values());
  for (let depth = 0; level.size > 0; depth += 1) {
    assertGraphWithin({ ...source, limits: graphLimits.release }, { depth });
    const below = [...level].flatMap(({ successors }) => successors);
    level = new Set(below.flatMap(({ digest }) => graph.get(digest) ?? []));
  }
  return graph;
}

/** Nodes of a graph by their descriptors, each with all that it points to; `toBlob` opens what is no document of it. */
export function nodesOf(
  graph: Graph,
  toBlob: (descriptor: Descriptor) => Blob,
): (descriptor: Descriptor) => Node {
  const known = new Map<Digest, readonly Node[]>();
  const toNode = (descriptor: Descriptor): Node => {
    const document = isDocument(descriptor.mediaType) ? graph.get(descriptor.digest) : undefined;
    if (!document) return leaf(toBlob(descriptor));
    const children = known.get(descriptor.digest) ?? document.successors.map(toNode);
    known.set(descriptor.digest, children);
    return { descriptor, open: openBytes(document.bytes), children };
  };
  return toNode;
}

/** Throws an AlbaError where what was found is beyond a limit. */
export function assertGraphWithin(
  { limits, origin, fault }: Pick<GraphSource, 'limits' | 'origin' | 'fault'>,
  found: GraphLimits,
): void {
  const isBeyond = (name: keyof GraphLimits): boolean =>
    (found[name] ?? 0) > (limits[name] ?? Number.POSITIVE_INFINITY);
  const what = isBeyond('depth')
    ? `nests its documents more than ${limits.depth} deep`
    : isBeyond('bytes')
      ? `leads to manifests of more than ${limits.bytes} bytes`
      : isBeyond('count') && `leads to more than ${limits.count} manifests: too many to look for referrers`;
  if (what) throw new AlbaError(fault, `${origin} ${what}`);
}
