import pMap from 'p-map';
import { readDocument } from '../content/verify.ts';
import { AlbaError } from '../errors.ts';
import type { Descriptor } from '../oci/descriptor.ts';
import type { Digest } from '../oci/digest.ts';
import { parseManifest } from '../oci/manifest.ts';
import { isManifest } from '../oci/media-type.ts';
import { referrersTag } from '../oci/referrer.ts';
import type { FoundContent } from './content.ts';
import { type ReferrerKind, referrerKind } from './referrer-kind.ts';
import type { Subject } from './subject.ts';

/** Something that is about another document: a signature, an attestation, a bill of materials. */
export interface FoundReferrer {
  readonly kind: ReferrerKind;
  readonly descriptor: Descriptor;
  /** The digest of what it is about. */
  readonly subject: string;
  /** How it was found: by its subject, in the index of an image, under a tag of cosign. */
  readonly by: 'subject' | 'index' | 'tag';
  readonly predicateTypes: readonly string[];
}

/** What refers to a subject. */
export interface FoundReferrers {
  readonly referrers: readonly FoundReferrer[];
  /** Documents that were not asked about. */
  readonly unasked: number;
}

/** Documents of which the referrers are asked for: a request each, at most two. */
const mostAsked = 100;
/** Referrers that are told of: a list of them is as long as who may write there likes. */
const mostTold = 1000;
const concurrency = 8;

/** Referrers that are read themselves, as their list does not tell what they are: a request each. */
const mostRead = 32;

/** Tags under which cosign keeps what has no subject (cosign, specs/SIGNATURE_SPEC.md). */
const cosignTags = ['sig', 'att', 'sbom'] as const;

/**
 * What refers to the documents of a subject, and what refers to that; attestations that lie in an index beside their image; and
 * what cosign keeps under tags of the root. Asks a repository for the list of each index, image and artifact, and for three tags.
 */
export async function findReferrers(subject: Subject, content: FoundContent): Promise<FoundReferrers> {
  const found = new Map<string, FoundReferrer>();
  const add = (referrer: FoundReferrer): boolean => {
    const key = `${referrer.descriptor.digest} ${referrer.subject}`;
    if (found.has(key) || found.size >= mostTold) return false;
    found.set(key, referrer);
    return true;
  };
  for (const { descriptor, subject: about, predicateTypes } of content.attestations) {
    const kind = referrerKind(predicateTypes, descriptor.annotations);
    const shown = kind === 'other' ? 'attestation' : kind;
    add({ kind: shown, descriptor, subject: about, by: 'index', predicateTypes });
  }
  for (const referrer of await findTagged(subject)) add(referrer);
  const asked = new Set<Digest>();
  let waiting = documentsOf(content);
  while (waiting.length > 0 && asked.size < mostAsked) {
    const batch = waiting.slice(0, mostAsked - asked.size);
    const rest = waiting.slice(batch.length);
    for (const digest of batch) asked.add(digest);
    const lists = await pMap(batch, (digest) => subject.referrers(digest), { concurrency });
    const added = lists.flatMap((list, at) =>
      list.filter((descriptor) => add(toReferrer(descriptor, batch[at] ?? ''))),
    );
    waiting = [...new Set([...rest, ...added.map(({ digest }) => digest)])].filter((one) => !asked.has(one));
  }
  return { referrers: await readUntold([...found.values()], subject), unasked: waiting.length };
}

/** Registries without the API of referrers have lists that clients write, some without types and annotations. */
async function readUntold(referrers: readonly FoundReferrer[], subject: Subject): Promise<FoundReferrer[]> {
  const untold = new Set(referrers.filter(({ kind }) => kind === 'other').slice(0, mostRead));
  return pMap(referrers, (referrer) => (untold.has(referrer) ? readReferrer(referrer, subject) : referrer), {
    concurrency,
  });
}

/** What a referrer says itself; what cannot be read stays what it is. */
async function readReferrer(referrer: FoundReferrer, { find, origin }: Subject): Promise<FoundReferrer> {
  const { descriptor, subject } = referrer;
  try {
    const open = await find(descriptor);
    if (!open || !isManifest(descriptor.mediaType)) return referrer;
    const where = `${origin} (${descriptor.digest})`;
    const manifest = parseManifest(await readDocument({ descriptor, open }, where), where);
    const { config, layers, annotations = descriptor.annotations } = manifest;
    const artifactType = manifest.artifactType ?? descriptor.artifactType ?? config.mediaType;
    const read = toReferrer({ ...descriptor, artifactType, ...(annotations && { annotations }) }, subject);
    if (read.kind !== 'other') return read;
    const types = layers.slice(0, mostRead).map(({ mediaType }) => mediaType);
    return { ...read, kind: referrerKind(types) };
  } catch (failure) {
    if (failure instanceof AlbaError) return referrer;
    throw failure;
  }
}

function documentsOf({ indexes, images, artifacts }: FoundContent): Digest[] {
  const documents = [
    ...indexes.map(({ descriptor }) => descriptor),
    ...images.flatMap(({ manifest }) => manifest ?? []),
    ...artifacts.map(({ descriptor }) => descriptor),
  ];
  return [...new Set(documents.map(({ digest }) => digest))];
}

function toReferrer(descriptor: Descriptor, subject: string): FoundReferrer {
  const { artifactType, mediaType, annotations } = descriptor;
  const predicate =
    annotations?.['dev.sigstore.bundle.predicateType'] ?? annotations?.['in-toto.io/predicate-type'];
  const kind = referrerKind([artifactType ?? [], mediaType].flat(), annotations);
  return { kind, descriptor, subject, by: 'subject', predicateTypes: predicate ? [predicate] : [] };
}

/** What cosign keeps without a subject: of one root alone, as it signs what is named. */
async function findTagged({ roots: [root, ...more], tagged }: Subject): Promise<FoundReferrer[]> {
  if (!root || more.length > 0) return [];
  const found = await Promise.all(
    cosignTags.map(async (suffix) => ({
      suffix,
      descriptor: await tagged(`${referrersTag(root.digest)}.${suffix}`),
    })),
  );
  return found.flatMap(({ suffix, descriptor }): FoundReferrer[] => {
    if (!descriptor) return [];
    const kind = ({ sig: 'signature', att: 'attestation', sbom: 'sbom' } as const)[suffix];
    return [{ kind, descriptor, subject: root.digest, by: 'tag', predicateTypes: [] }];
  });
}
