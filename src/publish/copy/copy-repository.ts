import pLimit from 'p-limit';
import pMap from 'p-map';
import { allOrAbort } from '../../concurrency/all-or-abort.ts';
import type { Digest } from '../../oci/digest.ts';
import type { Platform } from '../../oci/platform.ts';
import { isTag, type Reference } from '../../oci/reference.ts';
import type { TagChoice } from '../../oci/tag-choice.ts';
import { formatNames } from '../../progress/format.ts';
import type { AllTags, Repository, RepositoryReader } from '../../repository/repository.ts';
import { chooseMany, chooseOne, isChosen, type WantedReleases } from './choose-named.ts';
import type { Companion, CopiedRelease, ThinnedFrom } from './copied-release.ts';
import { type CopiedTag, type CopyOutcome, type CopyState, compareTags } from './copy-outcome.ts';
import { CopyTarget, type CopyTargetOptions, type ReadyManifest } from './copy-target.ts';
import type { Drift } from './drift.ts';
import { driftOf } from './find-drift.ts';
import { type NamedDigest, readCopiedRelease } from './read-release.ts';
import { tellThinned } from './tell-thinned.ts';

/** Releases that are on their way at once: while one waits for answers, others send. */
const atOnce = 4;
/** Tags that are asked for at once. */
const questions = 8;

/** What is copied from one repository to another. */
export interface RepositoryCopy extends CopyTargetOptions {
  readonly source: RepositoryReader;
  /** The source, where others of its registry can take its blobs over. */
  readonly heldBy: Reference | undefined;
  readonly target: Repository;
  readonly wanted: WantedReleases;
  /** The platforms that are copied; undefined: all. */
  readonly platforms: readonly Platform[] | undefined;
  /** Compare alone: what differs is told, and nothing is written; `dryRun` is set then, too. */
  readonly check: boolean;
}

/**
 * Copies releases with all that refers to them, digests unchanged: blobs, then manifests, then indexes, then what refers to them,
 * then tags. What is there is not sent, so that a copy that was cut off goes on where it was. The first failure stops the rest;
 * releases that are all there get their tags. `follow` is given how to ask how far it has come.
 */
export function copyRepository(
  copy: RepositoryCopy,
  follow: (state: () => CopyState) => void = () => {},
): Promise<CopyOutcome> {
  const copying = new Copying(copy);
  follow(() => copying.state);
  return copying.run();
}

/** A release that is all there, and what of it is to be tagged. */
interface Arrived {
  readonly release: CopiedRelease;
  readonly tags: readonly CopiedTag[];
  readonly ready: readonly ReadyManifest[];
}

class Copying {
  readonly #copy: RepositoryCopy;
  readonly #target: CopyTarget;
  readonly #done: CopiedTag[] = [];
  readonly #writing = new Set<string>();
  readonly #passedOver: string[] = [];
  readonly #drift: Drift[] = [];
  readonly #thinned: ThinnedFrom[] = [];
  #referrers = 0;

  constructor(copy: RepositoryCopy) {
    this.#copy = copy;
    this.#target = new CopyTarget(copy.target, copy);
  }

  get state(): CopyState {
    const { pushedBytes } = this.#target.bytes();
    return { done: this.#done, writing: this.#writing, hasWritten: this.#target.hasWritten, pushedBytes };
  }

  async run(): Promise<CopyOutcome> {
    const { wanted, source, target, progress } = this.#copy;
    if (wanted.kind === 'one') {
      await this.#copyAll([await chooseOne(source, wanted)], undefined);
    } else {
      const all = this.#withoutOdd(await source.allTags());
      const named = await chooseMany(source, wanted.choices, all);
      await this.#copyAll(named, all);
      if (this.#copy.check) await this.#findExtra(wanted.choices, named);
    }
    this.#target.tellSkipped();
    tellThinned(this.#thinned, target.reference(undefined, undefined), progress);
    return {
      tags: this.#done,
      passedOver: this.#passedOver,
      referrers: this.#referrers,
      drift: this.#drift,
      ...this.#target.bytes(),
    };
  }

  /** Layouts name what they like, whole references or worse; elsewhere nothing but tags can be written. */
  #withoutOdd(all: AllTags): AllTags {
    const { source, progress } = this.#copy;
    const odd = all.tags.filter((tag) => !isTag(tag));
    if (odd.length === 0) return all;
    const where = source.reference(undefined, undefined);
    progress.warn(
      `${where}: what no tag can be called is left out, copy it by its digest: ${formatNames(odd)}`,
    );
    return { ...all, tags: all.tags.filter(isTag) };
  }

  async #copyAll(named: readonly NamedDigest[], all: AllTags | undefined): Promise<void> {
    const most = this.#copy.target.together?.most ?? named.length;
    for (let at = 0; at < named.length; at += most) {
      await this.#copySome(named.slice(at, at + most), all);
    }
  }

  /** Releases whose tags are written together do not lose them because another one fails. */
  async #copySome(named: readonly NamedDigest[], all: AllTags | undefined): Promise<void> {
    const { target, abort } = this.#copy;
    const limit = pLimit(atOnce);
    const arrived: Arrived[] = [];
    const copyOne = async (one: NamedDigest): Promise<void> => {
      abort.signal.throwIfAborted();
      const found = await this.#bring(one, all);
      if (found && target.together) arrived.push(found);
      else if (found) await this.#finish([found]);
    };
    try {
      await allOrAbort(
        named.map((one) => limit(copyOne, one)),
        abort,
      );
    } catch (failure) {
      await this.#finish(arrived).catch(() => {});
      throw failure;
    }
    await this.#finish(arrived);
  }

  /** Brings a release there, and finds out what its tags name; undefined where none of it is wanted. */
  async #bring(named: NamedDigest, all: AllTags | undefined): Promise<Arrived | undefined> {
    const { source, heldBy, platforms, wanted, progress } = this.#copy;
    const isStrict = wanted.kind === 'one';
    const standing = await this.#findStanding(named.tags);
    const digests = [...standing.values()];
    const isNear = platforms ? digests.length > 0 : digests.includes(named.descriptor.digest);
    const nearer = isNear ? this.#copy.target : undefined;
    const context = { repository: source, nearer, heldBy, tags: all, platforms, isStrict, progress };
    const release = await readCopiedRelease(named, context);
    if (!release) {
      for (const one of named.tags) this.#passedOver.push(one);
      return undefined;
    }
    if (release.leftOut) {
      this.#thinned.push(release.leftOut);
      const { digest } = release.root.descriptor;
      progress.line(`${named.origin}: index ${release.leftOut.digest} becomes ${digest}, of fewer platforms`);
    }
    const tags = compareTags(release, standing);
    await this.#target.bring(release);
    const unlisted = await this.#target.mendReferrers(release.referrers);
    const companions = await this.#staleCompanions(release);
    await this.#noteDrift(release, tags, [
      ...unlisted.map(({ node }) => node.descriptor.digest),
      ...companions.map(({ tag }) => tag),
    ]);
    this.#referrers += release.referrers.length + release.companions.length;
    const stale = tags.flatMap(({ tag, digest, before }) => (tag && before !== digest ? tag : []));
    const { root } = release;
    const isWritten = release.tags.length > 0 && stale.length === 0 && !this.#copy.target.together;
    return {
      release,
      tags,
      ready: [
        ...companions.map((companion) => ({ manifest: companion.root, tags: [companion.tag] })),
        ...(isWritten ? [] : [{ manifest: root, tags: this.#copy.target.together ? release.tags : stale }]),
      ],
    };
  }

  /** What these tags name at the target. */
  async #findStanding(tags: readonly string[]): Promise<ReadonlyMap<string, Digest>> {
    const { target } = this.#copy;
    const found = await pMap(tags, async (tag) => ({ tag, named: await target.resolve(tag) }), {
      concurrency: questions,
    });
    return new Map(found.flatMap(({ tag, named }) => (named ? [[tag, named.digest] as const] : [])));
  }

  /** Those that the target has not, or has with other content. */
  async #staleCompanions({ companions }: CopiedRelease): Promise<readonly Companion[]> {
    const found = await pMap(companions, ({ tag }) => this.#copy.target.resolve(tag), {
      concurrency: questions,
    });
    return companions.filter(({ root }, at) => found[at]?.digest !== root.descriptor.digest);
  }

  async #noteDrift(
    { root }: CopiedRelease,
    tags: readonly CopiedTag[],
    referrers: readonly string[],
  ): Promise<void> {
    if (!this.#copy.check) return;
    const isThere = await this.#target.has(root);
    for (const one of driftOf(root.descriptor.digest, { tags, isThere, referrers })) this.#drift.push(one);
  }

  async #findExtra(choices: readonly TagChoice[], named: readonly NamedDigest[]): Promise<void> {
    const known = new Set(named.flatMap(({ tags }) => tags));
    const { tags } = await this.#copy.target.allTags();
    for (const what of tags) {
      if (isChosen(what, choices) && !known.has(what)) this.#drift.push({ kind: 'extra', what });
    }
  }

  /** Tags what is there. */
  async #finish(arrived: readonly Arrived[]): Promise<void> {
    const { dryRun, target } = this.#copy;
    const ready = arrived.flatMap((one) => one.ready);
    if (!dryRun && ready.length > 0) {
      const writing = ready.flatMap(({ tags }) => tags);
      for (const tag of writing) this.#writing.add(tag);
      const sent = arrived.flatMap(({ release }) => release.referrers.map(({ node }) => node));
      await this.#target.tag(ready, sent);
      for (const tag of writing) this.#writing.delete(tag);
    }
    for (const { tags } of arrived) {
      for (const one of tags) this.#done.push(one);
      const news = tags.flatMap(({ tag, digest, before }) => (tag && before !== digest ? tag : []));
      const where = target.reference(undefined, undefined);
      const word = dryRun ? 'would tag' : 'tag';
      if (news.length > 0) this.#copy.progress.line(`[${word}] ${news.join(', ')} -> ${where}`);
    }
  }
}
