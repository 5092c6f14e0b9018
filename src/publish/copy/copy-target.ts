import pMap from 'p-map';
import { allOrAbort } from '../../concurrency/all-or-abort.ts';
import type { Node } from '../../content/content.ts';
import { Copier } from '../../content/copy.ts';
import type { Digest } from '../../oci/digest.ts';
import type { Progress } from '../../progress/progress.ts';
import { sum } from '../../progress/sum.ts';
import type { Repository, TaggedManifest } from '../../repository/repository.ts';
import { ContentNames } from '../content-names.ts';
import { Fates } from '../fates.ts';
import { ensureContent, ensureTags, type WrittenPlace } from '../read-back.ts';
import { type SentReferrer, sendAfterSubjects } from '../send-referrers.ts';
import { writeTags } from '../write-tags.ts';
import type { CopiedRelease } from './copied-release.ts';

/** Lists of referrers that are asked for at once. */
const questions = 8;

/** How releases are copied to one target. */
export interface CopyTargetOptions {
  /** How many requests run at once, at the most; undefined: what fits. */
  readonly concurrency: number | undefined;
  /** Find out what is missing, write nothing. */
  readonly dryRun: boolean;
  readonly progress: Progress;
  /** Aborted by the first failure; nothing new is sent after it. */
  readonly abort: AbortController;
}

/** A manifest with the tags that it is to have, all that these lead to being there. */
export interface ReadyManifest {
  readonly manifest: Node;
  readonly tags: readonly string[];
}

/** Where releases are copied to: each piece of content goes there once, whichever releases have it. */
export class CopyTarget {
  readonly repository: Repository;
  readonly #options: CopyTargetOptions;
  readonly #copier: Copier;
  readonly #fates: Fates;
  readonly #names = new ContentNames();

  constructor(repository: Repository, options: CopyTargetOptions) {
    const { concurrency, dryRun, progress, abort } = options;
    const nameOf = (digest: Digest): string => this.#names.of(digest);
    this.repository = repository;
    this.#options = options;
    this.#fates = new Fates({ url: repository.url, nameOf, dryRun, progress });
    this.#copier = new Copier(repository, {
      ...{ concurrency, dryRun, progress, abort },
      onCopied: (descriptor, fate) => this.#fates.note(descriptor, fate),
    });
  }

  /** Brings all of a release there, leaves first, and what refers to it after that; tags are another step. */
  async bring({ root, referrers, companions }: CopiedRelease): Promise<void> {
    for (const { root: companion } of companions) this.#names.add(companion, 'signature');
    this.#names.add(root, root.children.length > 0 ? undefined : 'manifest');
    for (const { node } of referrers) this.#names.add(node, 'referrer');
    const sent = this.#copier.copy(root);
    const sending = sendAfterSubjects(referrers, sent, (node, after) => this.#copier.copy(node, after));
    const beside = companions.map((companion) => this.#copier.copy(companion.root));
    await allOrAbort([sent, ...sending, ...beside], this.#options.abort);
  }

  /**
   * What of these is not there, or in no list; asked where it was there before this run, as what was sent is listed then. Without
   * `dryRun` it is listed now.
   */
  async mendReferrers(referrers: readonly SentReferrer[]): Promise<readonly SentReferrer[]> {
    const { dryRun } = this.#options;
    const missing: SentReferrer[] = [];
    const before = referrers.filter(({ node }) => !this.#fates.wasMissing(node.descriptor.digest));
    if (dryRun) for (const one of referrers.filter((one) => !before.includes(one))) missing.push(one);
    const mend = async (subject: Digest): Promise<void> => {
      const listed = new Set((await this.repository.referrers(subject)).map(({ digest }) => digest));
      const unlisted = before.filter(
        ({ subject: about, node }) => about === subject && !listed.has(node.descriptor.digest),
      );
      if (!dryRun) for (const { node } of unlisted) await this.repository.push(node);
      for (const one of unlisted) missing.push(one);
    };
    await pMap(new Set(before.map((one) => one.subject)), mend, { concurrency: questions });
    return missing;
  }

  /** Whether all of this is there. */
  has(node: Node): Promise<boolean> {
    return this.#copier.has(node);
  }

  /** Whether this was missing: by now it was sent, save in a dry run. */
  wasMissing(digest: Digest): boolean {
    return this.#fates.wasMissing(digest);
  }

  /** Whether anything was written. */
  get hasWritten(): boolean {
    return !this.#options.dryRun && this.#fates.sizesOf('pushed', 'mounted').length > 0;
  }

  /** Looks whether all of it is there, where a registry does not look itself; then lets the tags name it, and reads them back. */
  async tag(ready: readonly ReadyManifest[], sent: readonly Node[]): Promise<void> {
    const place = this.#place();
    const { repository } = this;
    const nodes = [...sent, ...ready.map(({ manifest }) => manifest)];
    if (!repository.closed && this.hasWritten) await ensureContent(nodes, place);
    await this.#writeAll(ready, place);
    // What was there when it was looked for, and was not sent, may have been deleted before the tags named it.
    if (!(await repository.wasSwept?.(nodes))) return;
    await ensureContent(nodes, place);
    for (const { manifest, tags } of ready) {
      await ensureTags(manifest, new Map(tags.map((tag) => [tag, undefined])), place);
    }
  }

  async #writeAll(ready: readonly ReadyManifest[], place: WrittenPlace): Promise<void> {
    const { together } = this.repository;
    if (together) {
      const named: TaggedManifest[] = [...ready];
      const written = await together.tag(named);
      for (const [at, { manifest, tags }] of ready.entries()) {
        await ensureTags(manifest, tags.length > 0 ? (written[at] ?? new Map()) : byDigest(manifest), place);
      }
      return;
    }
    for (const { manifest, tags } of ready) {
      if (tags.length > 0) {
        await writeTags(manifest, { own: tags, following: [] }, place);
        continue;
      }
      await this.repository.tag(manifest, []);
      await ensureTags(manifest, byDigest(manifest), place);
    }
  }

  /** In bytes. */
  bytes() {
    const { dryRun } = this.#options;
    const sent = sum(this.#fates.sizesOf('pushed'));
    return {
      pushedBytes: dryRun ? 0 : sent,
      skippedBytes: sum(this.#fates.sizesOf('skipped', 'mounted')),
      missingBytes: dryRun ? sent : 0,
    };
  }

  /** One line for all that was there. */
  tellSkipped(): void {
    this.#fates.tellSkipped();
  }

  #place(): WrittenPlace {
    const { progress } = this.#options;
    return { repository: this.repository, concurrency: this.#copier.concurrency, progress };
  }
}

/** What stands for a tag where there is none. */
function byDigest({ descriptor }: Node): ReadonlyMap<string, undefined> {
  return new Map([[descriptor.digest, undefined]]);
}
