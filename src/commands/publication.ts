import type { Blob, Node } from '../content/content.ts';
import { Copier, type CopyOptions, type Fate } from '../content/copy.ts';
import type { Progress } from '../content/progress.ts';
import { together } from '../content/together.ts';
import { AlbaError } from '../errors.ts';
import type { Descriptor } from '../oci/descriptor.ts';
import type { Digest } from '../oci/digest.ts';
import { isIndex } from '../oci/media-type.ts';
import { formatPlatform } from '../oci/platform.ts';
import type { Reference } from '../oci/reference.ts';
import type { Repository } from '../repository/repository.ts';
import { formatBytes, formatCount } from './format.ts';
import { floatingTags } from './tag-rules.ts';

/** A repository and the tags that the release gets there. */
export interface Destination {
  readonly repository: Repository;
  readonly tags: readonly string[];
  /** Given on a registry, whose repositories can take over each other's blobs. */
  readonly reference?: Reference;
}

/** What one target has got. */
export interface TargetReport {
  readonly url: string;
  /** In bytes. */
  readonly pushedBytes: number;
  /** In bytes: what was there already, or in another repository of the registry. */
  readonly skippedBytes: number;
}

export interface PublicationOptions extends Pick<CopyOptions, 'concurrency' | 'dryRun' | 'progress'> {
  /** Whether the tags that follow a release (1.2, 1, latest) move with it, too. */
  readonly floating: boolean;
  /** Whether a tag that is there must stay as it is. */
  readonly immutable: boolean;
  /** Aborted by the first failure anywhere; nothing new is sent after it. */
  readonly abort: AbortController;
}

type Fates = Map<Digest, { fate: Fate; size: number }>;

interface Lane {
  readonly destination: Destination;
  /** Those of the destination, and with them those that follow it. */
  tags: readonly string[];
  readonly copier: Copier;
  readonly fates: Fates;
}

/** One release on its way to all of its targets at once. Tags come last, when every target has everything. */
export class Publication implements AsyncDisposable {
  readonly #lanes: readonly Lane[];
  readonly #labels = new Map<Digest, string>();
  readonly #abort: AbortController;
  readonly #dryRun: boolean;
  readonly #floating: boolean;
  readonly #immutable: boolean;
  readonly #progress: Progress;

  constructor(
    destinations: readonly Destination[],
    { concurrency, dryRun, progress, abort, floating, immutable }: PublicationOptions,
  ) {
    this.#floating = floating;
    this.#immutable = immutable;
    this.#abort = abort;
    this.#dryRun = dryRun;
    this.#progress = progress;
    this.#lanes = destinations.map((destination) => {
      const fates: Fates = new Map();
      const onCopied = (descriptor: Descriptor, fate: Fate): void => {
        fates.set(descriptor.digest, { fate, size: descriptor.size });
        const line = this.#lineOf(descriptor, fate, destination);
        if (fate === 'skipped') progress.debug(line);
        else progress.line(line);
      };
      const copier = new Copier(destination.repository, {
        concurrency,
        dryRun,
        progress,
        onCopied,
        signal: abort.signal,
      });
      return { destination, tags: destination.tags, copier, fates };
    });
  }

  get destinations(): readonly Destination[] {
    return this.#lanes.map(({ destination }) => destination);
  }

  /** Brings content to every target. When one fails, none goes on. */
  async send(node: Node, label?: string): Promise<void> {
    this.#name(node, label ?? '');
    await this.#everywhere(({ copier }) => copier.copy(node));
  }

  /** Whether every target has all of this. */
  async has(node: Node): Promise<boolean> {
    const answers = this.#lanes.map(({ copier }) => copier.has(node));
    return (await together(answers, this.#abort)).every(Boolean);
  }

  /** Whether every target has a blob, or could take it over from another repository. */
  async obtain(blob: Blob, label: string): Promise<boolean> {
    this.#labels.set(blob.descriptor.digest, label);
    const answers = this.#lanes.map(({ copier }) => copier.obtain(blob));
    return (await together(answers, this.#abort)).every(Boolean);
  }

  /** Whether a tag of this release is there and must stay as it is. */
  async isHeld(): Promise<boolean> {
    if (!this.#immutable) return false;
    const found = this.#lanes.flatMap(({ destination: { repository, tags } }) =>
      tags.map((tag) => repository.resolve(tag)),
    );
    return (await together(found, this.#abort)).some((descriptor) => descriptor !== undefined);
  }

  /** Fails where an immutable tag names something else; one that names this index is as it should be. */
  async assertUnmoved({ descriptor }: Node): Promise<void> {
    if (!this.#immutable) return;
    await this.#everywhere(async ({ destination: { repository, tags } }) => {
      for (const tag of tags) {
        const found = await repository.resolve(tag);
        if (found && found.digest !== descriptor.digest) {
          throw new AlbaError(
            'target',
            `${repository.reference(tag, undefined)} is ${found.digest} and, as "immutable" asks, stays so; this release is ${descriptor.digest}: give it another tag`,
          );
        }
      }
    });
  }

  /** Lets the tags of every target name the index; a layout lists it without a name where there are none. */
  async tag(index: Node): Promise<void> {
    for (const { destination, fates } of this.#lanes) this.#tellSkipped(destination, fates);
    await this.assertUnmoved(index);
    await this.#everywhere(async (lane) => {
      const { repository, tags } = lane.destination;
      if (this.#floating) lane.tags = [...new Set([...tags, ...(await followers(repository, tags))])];
      if (!this.#dryRun) await repository.tag(index, lane.tags);
      for (const tag of lane.tags) {
        this.#progress.line(`[tag] ${repository.reference(tag, index.descriptor.digest)}`);
      }
    });
  }

  /** The tags that the release has got, over all targets. */
  get tags(): string[] {
    return [...new Set(this.#lanes.flatMap(({ tags }) => tags))];
  }

  /** What to pull: each tag of each target with the digest, or the digest alone where there is no tag. */
  references(digest: Digest): string[] {
    return this.#lanes.flatMap(({ destination: { repository }, tags }) =>
      tags.length > 0
        ? tags.map((tag) => repository.reference(tag, digest))
        : [repository.reference(undefined, digest)],
    );
  }

  /** Whether this content was sent to any target. */
  isPushed(digest: Digest): boolean {
    return this.#lanes.some(({ fates }) => fates.get(digest)?.fate === 'pushed');
  }

  report(): TargetReport[] {
    return this.#lanes.map(({ destination, fates }) => {
      const bytes = (wanted: Fate): number =>
        [...fates.values()].reduce((sum, { fate, size }) => sum + (fate === wanted ? size : 0), 0);
      return {
        url: destination.repository.url,
        pushedBytes: bytes('pushed'),
        skippedBytes: bytes('skipped') + bytes('mounted'),
      };
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.allSettled(this.#lanes.map(({ destination }) => destination.repository.close()));
  }

  async #everywhere(work: (lane: Lane) => Promise<void>): Promise<void> {
    await together(this.#lanes.map(work), this.#abort);
  }

  #name(node: Node, label: string): void {
    const { digest, mediaType, platform } = node.descriptor;
    const owner = platform ? formatPlatform(platform) : '';
    if (!this.#labels.has(digest)) {
      const kind = isIndex(mediaType) ? 'index' : `manifest ${owner || 'of an attestation'}`;
      this.#labels.set(digest, label || kind);
    }
    node.children.forEach((child, position) => {
      const role = position === 0 ? 'config' : 'layer';
      this.#name(child, child.children.length > 0 ? '' : `${role} ${owner}`);
    });
  }

  #tellSkipped({ repository }: Destination, fates: Fates): void {
    const sizes = [...fates.values()].flatMap(({ fate, size }) => (fate === 'skipped' ? [size] : []));
    if (sizes.length === 0) return;
    const bytes = formatBytes(sizes.reduce((sum, size) => sum + size, 0));
    this.#progress.line(
      `[all else] ${formatCount(sizes.length, 'item')} (${bytes}) -> ${repository.url}: already there`,
    );
  }

  #lineOf({ digest, size }: Descriptor, fate: Fate, { repository }: Destination): string {
    const what = `[${this.#labels.get(digest) ?? 'blob'}] ${digest} (${formatBytes(size)})`;
    const fates = {
      pushed: this.#dryRun ? 'would be sent' : 'sent',
      mounted: 'taken over from another repository',
      skipped: 'already there',
    };
    return `${what} -> ${repository.url}: ${fates[fate]}`;
  }
}

async function followers(repository: Repository, tags: readonly string[]): Promise<string[]> {
  const existing = await repository.tags();
  return tags.flatMap((tag) => floatingTags(tag, [...existing, ...tags]));
}
