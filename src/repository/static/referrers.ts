import pMap from 'p-map';
import { untilItStands } from '../../concurrency/converge.ts';
import { attestedBy, isAttestation } from '../../oci/attestation.ts';
import type { Descriptor } from '../../oci/descriptor.ts';
import { type Digest, digestOf, isDigest } from '../../oci/digest.ts';
import { parseIndex } from '../../oci/manifest.ts';
import { mediaTypes } from '../../oci/media-type.ts';
import {
  formatReferrers,
  mergeReferrers,
  parseReferrer,
  parseReferrers,
  type Referrer,
  referrersTag,
} from '../../oci/referrer.ts';
import { putBytes, readBytes, whereIs } from '../../storage/bytes.ts';
import { listedKeys } from '../../storage/key-range.ts';
import type { Storage } from '../../storage/storage.ts';
import { changing } from './caching.ts';
import { embeddedMediaType } from './embedded-media-type.ts';
import type { Tree } from './keys.ts';

const concurrency = 8;
const none = formatReferrers([]);
const listHeaders = { contentType: mediaTypes.oci.index, cacheControl: changing };

/** What refers to a manifest, as clients would find it: by the API's key, else by the fallback tag. */
export async function readReferrers(storage: Storage, tree: Tree, subject: Digest): Promise<Descriptor[]> {
  for (const key of listKeys(tree, subject)) {
    const entries = await readEntries(storage, key);
    if (entries.length > 0) return [...entries];
  }
  return [];
}

/**
 * Notes that a manifest is about another, before it is stored: while lists are read, changed and written by
 * several publishers, these marks are what nobody overwrites.
 */
export async function markReferrer(storage: Storage, tree: Tree, referrer: Referrer): Promise<void> {
  const key = `${tree.marks}${referrer.subject}/${referrer.descriptor.digest}`;
  await putBytes(storage, key, Buffer.alloc(0), { cacheControl: changing });
}

/**
 * Makes both lists of a manifest's referrers name all that is marked, and keep what others put there. What is
 * marked and not stored (yet) is not named.
 */
export async function rebuildReferrers(storage: Storage, tree: Tree, subject: Digest): Promise<void> {
  const keys = listKeys(tree, subject);
  await untilItStands(whereIs(storage, keys[0]), async () => {
    const lists = await Promise.all(keys.map((key) => readBytes(storage, key)));
    const listed = mergeReferrers(
      ...lists.map((bytes, at) => entriesOf(bytes, whereIs(storage, keys[at] ?? ''))),
    );
    const unlisted = await findUnlisted(storage, tree, subject, listed);
    const wanted = formatReferrers(mergeReferrers(listed, unlisted));
    const stale = keys.filter((_, at) => !lists[at]?.equals(wanted));
    if (stale.length === 0) return 'stands';
    await Promise.all(stale.map((key) => putBytes(storage, key, wanted, listHeaders)));
    return 'written';
  });
}

/**
 * Answers Docker ≥ 29.1, which asks for the referrers of attestations: where a missing key is a 403 or an HTML
 * page, the whole pull would fail. A list that is there stays.
 */
export async function ensureReferrers(
  storage: Storage,
  tree: Tree,
  digests: ReadonlySet<Digest>,
): Promise<void> {
  if (digests.size === 0) return;
  const ensure = async (digest: Digest): Promise<void> => {
    if (await storage.head(tree.referrers + digest)) return;
    await putBytes(storage, tree.referrers + digest, none, listHeaders);
    // Another publisher may have put a list there since.
    const marked = await keysBelow(storage, `${tree.marks}${digest}/`);
    if (marked.size > 0) await rebuildReferrers(storage, tree, digest);
  };
  await pMap(digests, ensure, { concurrency });
}

/** The attestation manifests of an index, and the manifests that they are about: clients ask about both. */
export function attested(index: Buffer, where: string): Set<Digest> {
  const attestations = parseIndex(index, where).manifests.filter(isAttestation);
  const subjects = attestations.flatMap((attestation) => attestedBy(attestation) ?? []);
  return new Set([...attestations.map(({ digest }) => digest), ...subjects.filter(isDigest)]);
}

/** Where clients look, in this order. */
function listKeys(tree: Tree, subject: Digest): [api: string, fallback: string] {
  return [tree.referrers + subject, tree.manifests + referrersTag(subject)];
}

async function findUnlisted(
  storage: Storage,
  tree: Tree,
  subject: Digest,
  listed: readonly Descriptor[],
): Promise<Descriptor[]> {
  const known = new Set<string>(listed.map(({ digest }) => digest));
  const marked = await keysBelow(storage, `${tree.marks}${subject}/`);
  const unlisted = [...marked].filter((digest) => !known.has(digest));
  const read = async (digest: string): Promise<Descriptor[]> => {
    const key = tree.manifests + digest;
    const bytes = await readBytes(storage, key);
    if (!bytes || digestOf(bytes) !== digest) return [];
    const where = whereIs(storage, key);
    const plain = { mediaType: embeddedMediaType(bytes, where), digest: digestOf(bytes), size: bytes.length };
    const referrer = parseReferrer(plain, bytes, where);
    return referrer?.subject === subject ? [referrer.descriptor] : [];
  };
  return (await pMap(unlisted, read, { concurrency })).flat();
}

/** What follows the prefix in the keys that begin with it. */
async function keysBelow(storage: Storage, prefix: string): Promise<Set<string>> {
  const keys = new Set<string>();
  for await (const key of listedKeys(storage, prefix)) keys.add(key.slice(prefix.length));
  return keys;
}

async function readEntries(storage: Storage, key: string): Promise<readonly Descriptor[]> {
  return entriesOf(await readBytes(storage, key), whereIs(storage, key));
}

function entriesOf(bytes: Buffer | undefined, where: string): readonly Descriptor[] {
  return bytes ? parseReferrers(bytes, where).manifests : [];
}
