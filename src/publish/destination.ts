import { type Blob, leaf, type Node } from '../content/content.ts';
import { Copier, type Fate } from '../content/copy.ts';
import { AlbaError, messageOf } from '../errors.ts';
import { lacksParts } from '../network/http/error.ts';
import type { Descriptor } from '../oci/descriptor.ts';
import type { Digest } from '../oci/digest.ts';
import type { Reference } from '../oci/reference.ts';
import { planFloating } from '../oci/tag-floating.ts';
import { formatBytes, formatCount } from '../progress/format.ts';
import { sum } from '../progress/sum.ts';
import type { Repository } from '../repository/repository.ts';
import { Fates } from './fates.ts';
import { floatingRemarks } from './floating-remarks.ts';
import type { PublicationOptions, TaggedRepository, TargetReport } from './publication-options.ts';
import { ensureContent, ensureTags, type WrittenPlace } from './read-back.ts';
import { standingTags, writeTags } from './write-tags.ts';

/** One target of a release: what goes there, what became of it, and its tags. */
export class Destination {
  /** Brings content there, and knows what is there. */
  readonly copier: Copier;
  readonly #repository: Repository;
  readonly #reference: Reference | undefined;
  readonly #options: PublicationOptions;
  readonly #fates: Fates;
  /** What was to be sent. */
  readonly #nodes = new Set<Node>();
  #tags: readonly string[];
  /** What a person asked for; the others follow these. */
  readonly #own: readonly string[];
  #failure: { readonly thrown: unknown } | undefined;
  #mayBeTagged = false;

  /** `nameOf` tells what a piece of content is, for people. */
  constructor(
    { repository, tags, reference }: TaggedRepository,
    options: PublicationOptions,
    nameOf: (digest: Digest) => string,
  ) {
    const { concurrency, dryRun, progress, abort } = options;
    this.#fates = new Fates({ url: repository.url, nameOf, dryRun, progress });
    const onCopied = (descriptor: Descriptor, fate: Fate): void => this.#fates.note(descriptor, fate);
    this.copier = new Copier(repository, { concurrency, dryRun, progress, abort, onCopied });
    this.#repository = repository;
    this.#reference = reference;
    this.#options = options;
    this.#tags = tags;
    this.#own = tags;
  }

  /** The tags that the release has here; once it is tagged, with those that follow it. */
  get tags(): readonly string[] {
    return this.#tags;
  }

  /** From now on a tag may name the release, whatever becomes of the run. */
  beginTagging(): void {
    this.#mayBeTagged ||= !this.#options.dryRun && this.#own.length > 0;
  }

  /** How far it came, for who is told of a failure; where that is unsure, with what to look at. */
  get reached(): {
    readonly stage: 'untouched' | 'begun' | 'unsure';
    readonly references: readonly string[];
  } {
    if (this.#mayBeTagged) {
      return {
        stage: 'unsure',
        references: this.#own.map((tag) => this.#repository.reference(tag, undefined)),
      };
    }
    return { stage: this.#hasWritten() ? 'begun' : 'untouched', references: [] };
  }

  /** Tells what was sent here that nothing leads to, if it stays: another run counts on that, a deletion may take it. */
  tellLeft(): void {
    if (this.reached.stage !== 'begun' || this.#repository.dropsUntagged) return;
    const sizes = this.#fates.sizesOf('pushed', 'mounted');
    const left = `${formatCount(sizes.length, 'item')} (${formatBytes(sum(sizes))})`;
    const next = `another run sends only what is missing, ${this.#repository.sweptBy}`;
    this.#options.progress.warn(`${this.#repository.url} keeps ${left} that no tag names: ${next}`);
  }

  /** Whether it was made of this target. */
  isOf(target: TaggedRepository | undefined): boolean {
    return target?.repository === this.#repository;
  }

  /** Brings content there, the node itself not before `after` is done. */
  send(node: Node, after?: Promise<unknown>): Promise<void> {
    this.#nodes.add(node);
    return this.copier.copy(node, after);
  }

  /** Whether a blob is there, or held by another repository of the registry. */
  async couldObtain(blob: Blob): Promise<boolean> {
    if (await this.copier.has(leaf(blob))) return true;
    const [own, other] = [this.#reference, blob.heldBy];
    if (!own || !other || this.#options.dryRun) return false;
    return own.registry === other.registry && own.repository !== other.repository;
  }

  /** Where something was sent, looks whether all of it is there; a registry looks itself before it takes a manifest. */
  async ensureSent(): Promise<void> {
    if (this.#repository.closed || !this.#hasWritten()) return;
    await ensureContent([...this.#nodes], this.#place());
  }

  /** Whether any of the tags is there. */
  async isTagged(): Promise<boolean> {
    const found = await Promise.all(this.#tags.map((tag) => this.#repository.resolve(tag)));
    return found.some((descriptor) => descriptor !== undefined);
  }

  /** Fails where a tag names something else than this index. */
  async assertUnmoved({ descriptor }: Node): Promise<void> {
    for (const tag of this.#tags) {
      const found = await this.#repository.resolve(tag);
      if (!found || found.digest === descriptor.digest) continue;
      const reference = this.#repository.reference(tag, undefined);
      throw new AlbaError(
        'target',
        `${reference} is ${found.digest} and, as "immutable" asks, stays so; this release is ${descriptor.digest}: give it another tag`,
      );
    }
  }

  /**
   * Lets the tags name the index, and with `floating` those that follow them, too. Never rejects, as other targets may be
   * tagged by then: {@link failure} tells why this one is not, or not with all tags. Those that were `moved` name it already.
   */
  async tag(index: Node, moved: readonly string[] = []): Promise<void> {
    this.#fates.tellSkipped();
    const { dryRun, floating, progress } = this.#options;
    // Another round may follow one that failed.
    this.#failure = undefined;
    this.#tags = this.#own;
    this.beginTagging();
    try {
      if (floating) await this.#addFloating();
      if (dryRun) await this.#repository.assertTakes?.();
      else {
        await this.#writeTags(index, moved).catch((failure: unknown) => this.#tagAnew(index, moved, failure));
        await this.#ensureUnswept(index);
      }
    } catch (thrown) {
      this.#failure = { thrown };
      const { standing, isSure } = await standingTags(index, this.#tags, this.#place());
      this.#tags = standing;
      this.#mayBeTagged = standing.length > 0 || !isSure;
    }
    if (this.#failure && this.#tags.length === 0) return;
    const where = this.#repository.reference(undefined, undefined);
    if (this.#tags.length === 0) progress.line(`[by digest, no tag] ${where}`);
    else progress.line(`[${dryRun ? 'would tag' : 'tag'}] ${this.#tags.join(', ')} -> ${where}`);
  }

  /** What kept it from getting its tags, if anything did. */
  get failure(): { readonly thrown: unknown } | undefined {
    return this.#failure;
  }

  /** Whether the release is there under any of its tags, or without one where it has none. */
  get isPublished(): boolean {
    return !this.#failure || this.#tags.length > 0;
  }

  /** What to pull: each tag with the digest, or the digest alone where there is no tag. */
  references(digest: Digest): string[] {
    if (!this.isPublished) return [];
    if (this.#tags.length === 0) return [this.#repository.reference(undefined, digest)];
    return this.#tags.map((tag) => this.#repository.reference(tag, digest));
  }

  /** Whether this content was missing: by now it was sent, save in a dry run. */
  wasMissing(digest: Digest): boolean {
    return this.#fates.wasMissing(digest);
  }

  report(): TargetReport {
    const { dryRun } = this.#options;
    const bytes = sum(this.#fates.sizesOf('pushed'));
    return {
      url: this.#repository.url,
      pushedBytes: dryRun ? 0 : bytes,
      skippedBytes: sum(this.#fates.sizesOf('skipped', 'mounted')),
      missingBytes: dryRun ? bytes : 0,
      ...(this.#failure && { failure: messageOf(this.#failure.thrown) }),
    };
  }

  async #writeTags(index: Node, moved: readonly string[]): Promise<void> {
    if (this.#tags.length > 0) {
      const own = this.#own.filter((tag) => !moved.includes(tag));
      const following = this.#tags.filter((tag) => !this.#own.includes(tag));
      const isAll = own.length + following.length === 0;
      this.#tags = [...moved, ...(isAll ? [] : await writeTags(index, { own, following }, this.#place()))];
      return;
    }
    const written = await this.#repository.tag(index, []);
    const { digest } = index.descriptor;
    await ensureTags(index, this.#hasWritten() ? new Map([[digest, undefined]]) : written, this.#place());
  }

  /** A registry refuses a tag whose manifest lacks a part: where one was deleted since, it is sent, and the tags are written again. */
  async #tagAnew(index: Node, moved: readonly string[], failure: unknown): Promise<void> {
    const { closed } = this.#repository;
    const parts = index.children.map(({ descriptor }) => descriptor);
    const missing = closed ? await this.#repository.findMissing(parts).catch(() => []) : [];
    // Who deleted it may have put it back by now.
    if (missing.length === 0 && !lacksParts(failure)) throw failure;
    await ensureContent([...this.#nodes, index], this.#place());
    await this.#writeTags(index, moved);
  }

  /** What was there when it was looked for, and was not sent, may have been deleted before the tags named it. */
  async #ensureUnswept(index: Node): Promise<void> {
    const nodes = [...this.#nodes, index];
    if (!(await this.#repository.wasSwept?.(nodes))) return;
    await ensureContent(nodes, this.#place());
    await ensureTags(index, new Map(this.#tags.map((tag) => [tag, undefined])), this.#place());
  }

  #hasWritten(): boolean {
    return !this.#options.dryRun && this.#fates.sizesOf('pushed', 'mounted').length > 0;
  }

  #place(): WrittenPlace {
    const { progress } = this.#options;
    return { repository: this.#repository, concurrency: this.copier.concurrency, progress };
  }

  async #addFloating(): Promise<void> {
    const tags = this.#tags;
    const existing = [...(await this.#repository.tags()), ...tags];
    const plans = tags.map((tag) => planFloating(tag, existing));
    this.#tags = [...new Set([...tags, ...plans.flatMap(({ moves }) => moves)])];
    for (const line of floatingRemarks(plans, this.#tags, this.#repository.url)) {
      this.#options.progress.line(line);
    }
  }
}
