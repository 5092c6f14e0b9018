import pMap from 'p-map';
import { type Blob, type Node, openLater } from '../../content/content.ts';
import {
  assertGraphWithin,
  type Document,
  type DocumentBytes,
  type Graph,
  graphLimits,
  nodesOf,
  readGraph,
} from '../../content/graph.ts';
import { openVerified, readDocument } from '../../content/verify.ts';
import { AlbaError, messageOf } from '../../errors.ts';
import { isAttestation } from '../../oci/attestation.ts';
import type { Descriptor } from '../../oci/descriptor.ts';
import type { Digest } from '../../oci/digest.ts';
import { isManifest } from '../../oci/media-type.ts';
import { formatPlatform, isSamePlatform, type Platform } from '../../oci/platform.ts';
import type { Reference } from '../../oci/reference.ts';
import { parseReferrer, referrersTag, subjectOfTag } from '../../oci/referrer.ts';
import { formatNames } from '../../progress/format.ts';
import type { Progress } from '../../progress/progress.ts';
import type { AllTags, RepositoryReader } from '../../repository/repository.ts';
import type { SentReferrer } from '../send-referrers.ts';
import type { Companion, CopiedRelease, ThinnedFrom } from './copied-release.ts';
import { type ThinnedIndex, thinIndex } from './thin-index.ts';

/** Tags under which cosign keeps what has no subject. */
const companionTags = ['sig', 'att', 'sbom'] as const;

/** Questions for tags that run at once. */
const concurrency = 8;

/** Where releases are read. */
export interface CopySourceContext {
  readonly repository: RepositoryReader;
  /** The target, where that seems to have the documents already: registries count what is read, and may refuse more. */
  readonly nearer: RepositoryReader | undefined;
  /** The repository, where others of its registry can take its blobs over. */
  readonly heldBy: Reference | undefined;
  /** Every tag there, where it was asked for: spares a question for each that there may be. */
  readonly tags: AllTags | undefined;
  /** The platforms that are copied; undefined: all. */
  readonly platforms: readonly Platform[] | undefined;
  /** Whether a release that has not all of these is an error, as one that was named is. */
  readonly isStrict: boolean;
  readonly progress: Progress;
}

/** A digest that is to be copied, and the tags that it gets. */
export interface NamedDigest {
  readonly descriptor: Descriptor;
  readonly tags: readonly string[];
  /** Where it is, for messages. */
  readonly origin: string;
}

/**
 * Reads all documents of a release, of what refers to it, and of what cosign keeps beside it; blobs are read when a target lacks
 * them. Undefined where none of it is for the wanted platforms.
 */
export async function readCopiedRelease(
  { descriptor, tags, origin }: NamedDigest,
  context: CopySourceContext,
): Promise<CopiedRelease | undefined> {
  const { platforms } = context;
  const thinned = platforms && (await thinIndex(descriptor, platforms, (one) => readAt(one, context)));
  if (thinned && platforms) tellMissing(origin, thinned, platforms, context);
  const own = thinned ? thinned.descriptor : descriptor;
  if (!own) return undefined;

  const graph = await readAll(own, thinned?.made ?? new Map(), origin, context);
  const toNode = nodesOf(graph, (child) => toLeaf(child, context));
  const leftOut =
    own.digest === descriptor.digest || !thinned ? undefined : await leftOutOf(descriptor, thinned, context);
  return {
    tags,
    root: toNode(own),
    ...(leftOut && { leftOut }),
    referrers: referrersIn(graph, toNode),
    companions: await readCompanions(subjectsIn(own, graph, context), context),
  };
}

function readAll(
  root: Descriptor,
  made: ReadonlyMap<Digest, DocumentBytes>,
  origin: string,
  context: CopySourceContext,
): Promise<Graph> {
  return readGraph([root], {
    origin,
    fault: 'source',
    limits: graphLimits.referrers,
    read: async (document) => made.get(document.digest) ?? readAt(document, context),
    referrers: async (digest) => (made.has(digest) ? [] : context.repository.referrers(digest)),
  });
}

function toLeaf(descriptor: Descriptor, { repository, heldBy }: CopySourceContext): Blob {
  const where = `${repository.url} (${descriptor.digest})`;
  const open = openVerified(
    openLater(() => repository.fetch(descriptor)),
    descriptor,
    where,
  );
  return { descriptor, open, ...(heldBy && { heldBy }) };
}

/** A digest says whether bytes are right, wherever they are. */
async function readAt(
  descriptor: Descriptor,
  { repository, nearer, progress }: CopySourceContext,
): Promise<DocumentBytes> {
  if (nearer) {
    try {
      return await readFrom(nearer, descriptor);
    } catch (failure) {
      if (!(failure instanceof AlbaError)) throw failure;
      progress.debug(`read at the source, as at the target: ${messageOf(failure)}`);
    }
  }
  return readFrom(repository, descriptor);
}

async function readFrom(repository: RepositoryReader, descriptor: Descriptor): Promise<DocumentBytes> {
  const origin = `${repository.url} (${descriptor.digest})`;
  const open = openLater(() => repository.fetch(descriptor));
  return { bytes: await readDocument({ descriptor, open }, origin), origin };
}

/** A list of referrers is what somebody wrote: only what says so itself is about its subject. */
function referrersIn(graph: Graph, toNode: (descriptor: Descriptor) => Node): SentReferrer[] {
  const found = new Map<Digest, SentReferrer>();
  const isAbout = (subject: Digest, { descriptor, bytes, origin }: Document): boolean =>
    parseReferrer(descriptor, bytes, origin)?.subject === subject;
  for (const [subject, { referrers }] of graph) {
    for (const { mediaType, digest, size } of referrers) {
      const document = graph.get(digest);
      if (!document || found.has(digest) || !isAbout(subject, document)) continue;
      found.set(digest, { subject, node: toNode({ mediaType, digest, size }) });
    }
  }
  return [...found.values()];
}

/** What cosign may have signed: all documents, or where each is a question of its own the release, and the images and artifacts in it. */
function subjectsIn(root: Descriptor, graph: Graph, { tags }: CopySourceContext): Set<Digest> {
  if (tags?.isWhole) return new Set(graph.keys());
  const found = new Set<Digest>();
  const visit = (descriptor: Descriptor): void => {
    const document = graph.get(descriptor.digest);
    if (!document || found.has(descriptor.digest) || isAttestation(descriptor)) return;
    found.add(descriptor.digest);
    if (!isManifest(descriptor.mediaType)) document.successors.forEach(visit);
  };
  visit(root);
  return found;
}

/** Those of these subjects, of all that they lead to, and so on. */
async function readCompanions(
  subjects: ReadonlySet<Digest>,
  context: CopySourceContext,
): Promise<Companion[]> {
  const { repository, tags } = context;
  const read = async (tag: string): Promise<{ readonly companion: Companion; readonly graph: Graph }[]> => {
    const descriptor = await repository.resolve(tag);
    if (!descriptor) return [];
    const graph = await readAll(descriptor, new Map(), repository.reference(tag, undefined), context);
    const root = nodesOf(graph, (child) => toLeaf(child, context))(descriptor);
    return [{ companion: { tag, root }, graph }];
  };
  const found = new Map<string, Companion>();
  const bounds = { origin: repository.url, fault: 'source' } as const;
  for (let [asked, depth] = [subjects, 0]; asked.size > 0; depth += 1) {
    assertGraphWithin({ ...bounds, limits: graphLimits.release }, { depth });
    assertGraphWithin({ ...bounds, limits: graphLimits.referrers }, { count: found.size });
    const names = tags?.isWhole
      ? tags.tags.filter((tag) => !found.has(tag) && isCompanion(tag, asked))
      : [...asked]
          .flatMap((digest) => companionTags.map((kind) => `${referrersTag(digest)}.${kind}`))
          .filter((tag) => !found.has(tag));
    const next = (await pMap(names, read, { concurrency })).flat();
    for (const { companion } of next) found.set(companion.tag, companion);
    asked = new Set(next.flatMap(({ graph }) => [...graph.keys()]));
  }
  return [...found.values()];
}

/** A list of referrers is no companion: targets write their own. */
function isCompanion(tag: string, subjects: ReadonlySet<Digest>): boolean {
  const subject = subjectOfTag(tag);
  return subject !== undefined && subjects.has(subject) && tag !== referrersTag(subject);
}

async function leftOutOf(
  descriptor: Descriptor,
  { left }: ThinnedIndex,
  context: CopySourceContext,
): Promise<ThinnedFrom> {
  const { digest } = descriptor;
  const [referrers, companions] = await Promise.all([
    context.repository.referrers(digest),
    readCompanions(new Set([digest]), context),
  ]);
  return { digest, platforms: left, referrers: referrers.length + companions.length };
}

/** What a release lacks of what is wanted is an error where that release was named, else told. */
function tellMissing(
  origin: string,
  { kept, left }: ThinnedIndex,
  wanted: readonly Platform[],
  { isStrict, progress }: CopySourceContext,
): void {
  const missing = wanted.filter((platform) => !kept.some((found) => isSamePlatform(platform, found)));
  if (missing.length === 0) return;
  const lack = `${origin} has nothing for ${formatNames(missing.map(formatPlatform))}`;
  if (isStrict) {
    const there = [...kept.map(formatPlatform), ...left];
    const others = there.length > 0 ? `it has ${formatNames(there)}` : 'it names no platform';
    throw new AlbaError('source', `${lack}: ${others}; name one of them in "platforms"`);
  }
  progress.warn(kept.length > 0 ? lack : `${lack}: it is left out`);
}
