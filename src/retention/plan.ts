import type { Digest } from '../oci/digest.ts';
import { subjectOfTag } from '../oci/referrer.ts';
import { sum } from '../progress/sum.ts';
import type { Inventory, InventoryTag, KnownTime } from '../repository/inventory.ts';
import type { Age } from './age.ts';
import type { Verdict } from './choose-tags.ts';
import { ContentLinks, type ReachedContent } from './content-links.ts';

/** A tag, and what becomes of it. */
export interface TagRow extends Verdict {
  readonly tag: string;
  readonly digest: Digest;
  readonly time?: KnownTime | undefined;
  /** `floating` is one that follows a release, `referrers` one that stands for what refers to a manifest. */
  readonly kind: 'release' | 'floating' | 'referrers';
}

/** A manifest or a blob, and what becomes of it. */
export interface ContentRow extends Verdict {
  readonly digest: Digest;
  /** In bytes. */
  readonly size: number;
}

/** A manifest or an index, and what becomes of it. */
export interface ManifestRow extends ContentRow {
  readonly mediaType: string;
}

/** What is to be deleted in one repository and what not, and why each. */
export interface DeletionPlan {
  readonly reference: string;
  readonly tags: readonly TagRow[];
  readonly manifests: readonly ManifestRow[];
  /** Those that go, and those that stay although nothing leads to them. */
  readonly blobs: readonly ContentRow[];
  /** How many blobs stay because something leads to them. */
  readonly usedBlobs: number;
  /** Keys of notes about what goes. */
  readonly notes: readonly string[];
  /** In bytes: all that goes. */
  readonly freedBytes: number;
  /** Why nothing but tags may be deleted, a sentence each; none where all can be told. */
  readonly obstacles: readonly string[];
}

/** What is said of a repository; the rest follows. */
export interface Decision {
  /** What becomes of tags; others that are not floating stay. */
  readonly verdicts: ReadonlyMap<string, Verdict>;
  /** Tags that stay and go with the releases that they follow; those that follow none stay. */
  readonly floating: ReadonlyMap<string, readonly string[]>;
  /** Manifests that are named to be deleted. */
  readonly digests?: ReadonlySet<Digest>;
  /** Whether all goes that nothing leads to; else only what led to nothing else than what goes now. */
  readonly sweepsAll: boolean;
  /** How long what nothing leads to stays. */
  readonly grace: Age;
  readonly now: Date;
}

/**
 * What becomes of everything in a repository, from what is said of its tags. What a tag that stays leads to stays, with all
 * that refers to it; so does what is younger than `grace`, and what that leads to, as a push may be about to tag it.
 */
export function planDeletion(inventory: Inventory, decision: Decision): DeletionPlan {
  const links = new ContentLinks(inventory);
  const live = findLive(inventory, decision, links);
  const tags = inventory.tags.map((entry) => ({ ...entry, ...judgeTag(entry, inventory, decision, live) }));
  const named = new Map<Digest, string>();
  for (const digest of decision.digests ?? []) links.reach(digest, 'named to be deleted', named);
  for (const { tag, digest, fate } of tags) {
    if (fate === 'goes') links.reach(digest, `only ${tag} led to it`, named);
  }
  const manifests = [...inventory.documents].map(([digest, { mediaType, size }]) => ({
    ...{ digest, mediaType, size },
    ...judgeContent(digest, live, named, decision),
  }));
  const blobs = [...inventory.blobs].flatMap(([digest, { size, stored }]): ContentRow[] => {
    if (live.has(digest)) return [];
    if (isYoung(stored, decision)) {
      return [{ digest, size, fate: 'stays', why: `younger than ${decision.grace.text}` }];
    }
    return [{ digest, size, ...judgeContent(digest, live, named, decision) }];
  });
  const notes = inventory.notes.filter(
    ({ subject, stored }) =>
      !live.has(subject) && !isYoung(stored, decision) && (decision.sweepsAll || named.has(subject)),
  );
  const freed = [
    ...tags.filter(goes).map(({ size = 0 }) => size),
    ...manifests
      .filter(({ digest, fate }) => fate === 'goes' && !inventory.documents.get(digest)?.isTagOnly)
      .map(({ size }) => size),
    ...blobs.filter(goes).map(({ size }) => size),
    ...notes.map(({ size }) => size),
  ];
  return {
    reference: inventory.reference,
    tags: tags.map(({ size: _, ...row }) => row),
    manifests,
    blobs,
    usedBlobs: inventory.blobs.size - blobs.length,
    notes: notes.map(({ key }) => key),
    freedBytes: sum(freed),
    obstacles: [...inventory.obstacles, ...missingBelow(inventory, live)],
  };
}

/** What stays and lacks a part: what that leads to cannot be told where all content is listed, and would go. */
function missingBelow({ reference, documents, isWhole }: Inventory, live: ReachedContent): string[] {
  if (!isWhole) return [];
  return [...documents].flatMap(([digest, { missing = [] }]) => {
    const [first] = live.has(digest) ? missing : [];
    return first === undefined ? [] : [`${reference}@${digest} (${live.get(digest)}) lacks ${first}`];
  });
}

/** What stays because something leads to it. */
function findLive(inventory: Inventory, decision: Decision, links: ContentLinks): ReachedContent {
  const { digests = new Set() } = decision;
  const live = new Map<Digest, string>();
  for (const entry of inventory.tags) {
    if (!staysByItself(entry, inventory, decision)) continue;
    links.reach(entry.digest, `named by ${entry.tag}`, live);
  }
  for (const digest of inventory.untagged) {
    const isAbout = inventory.documents.get(digest)?.subject !== undefined;
    if (!isAbout && !digests.has(digest)) links.reach(digest, 'listed without a tag', live);
  }
  for (const [digest, { stored }] of inventory.documents) {
    if (isYoung(stored, decision) && !digests.has(digest)) {
      links.reach(digest, `younger than ${decision.grace.text}`, live);
    }
  }
  return live;
}

/** Whether a tag stays whatever else does; one about a manifest stays with that. */
function staysByItself({ tag, time }: InventoryTag, inventory: Inventory, decision: Decision): boolean {
  const verdict = decision.verdicts.get(tag) ?? followingVerdict(tag, decision);
  if (verdict) return verdict.fate === 'stays';
  const subject = subjectOfTag(tag);
  if (!subject) return true;
  return !inventory.documents.has(subject) && (!inventory.isWhole || isYoung(time?.at, decision));
}

function followingVerdict(tag: string, { floating, verdicts }: Decision): Verdict | undefined {
  const followed = floating.get(tag);
  if (!followed) return undefined;
  if (followed.length === 0) return { fate: 'stays', why: 'names what no release does' };
  const staying = followed.find((release) => verdicts.get(release)?.fate !== 'goes');
  return staying === undefined
    ? { fate: 'goes', why: `follows ${followed.join(', ')}` }
    : { fate: 'stays', why: `follows ${staying}` };
}

function judgeTag(
  { tag, digest }: InventoryTag,
  { documents }: Inventory,
  decision: Decision,
  live: ReachedContent,
): Pick<TagRow, 'fate' | 'why' | 'kind'> {
  const subject = subjectOfTag(tag);
  const kind = subject ? 'referrers' : decision.floating.has(tag) ? 'floating' : 'release';
  const verdict = decision.verdicts.get(tag) ?? followingVerdict(tag, decision);
  if (verdict) return { ...verdict, kind };
  if (!subject) return { kind, fate: 'stays', why: 'not named' };
  if (documents.has(subject)) {
    return live.has(subject)
      ? { kind, fate: 'stays', why: 'is about what stays' }
      : { kind, fate: 'goes', why: 'is about what goes' };
  }
  return live.has(digest)
    ? { kind, fate: 'stays', why: 'is about what is not there, and may come' }
    : { kind, fate: 'goes', why: 'is about what is not there' };
}

function judgeContent(
  digest: Digest,
  live: ReachedContent,
  named: ReachedContent,
  { sweepsAll }: Decision,
): Verdict {
  const reason = live.get(digest);
  if (reason !== undefined) return { fate: 'stays', why: reason };
  const why = named.get(digest) ?? 'nothing leads to it';
  if (sweepsAll || named.has(digest)) return { fate: 'goes', why };
  return { fate: 'stays', why: `${why}: gc would delete it` };
}

function isYoung(stored: Date | undefined, { grace, now }: Pick<Decision, 'grace' | 'now'>): boolean {
  return stored !== undefined && now.getTime() - stored.getTime() < grace.milliseconds;
}

function goes({ fate }: Verdict): boolean {
  return fate === 'goes';
}
