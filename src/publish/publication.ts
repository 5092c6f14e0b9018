import { together } from '../concurrency/all-or-abort.ts';
import type { Blob, Node } from '../content/content.ts';
import type { CopyOptions } from '../content/copy.ts';
import type { Descriptor } from '../oci/descriptor.ts';
import type { Digest } from '../oci/digest.ts';
import { isIndex } from '../oci/media-type.ts';
import { formatPlatform } from '../oci/platform.ts';
import { type Destination, Lane, type TargetReport } from './destination.ts';

/** What holds at every target. */
export interface PublicationOptions extends Pick<CopyOptions, 'concurrency' | 'dryRun' | 'progress'> {
  /** Whether the tags that follow a release (1.2, 1, latest) move with it, too. */
  readonly floating: boolean;
  /** Whether a tag that is there must stay as it is. */
  readonly immutable: boolean;
  /** Aborted by the first failure anywhere; nothing new is sent after it. */
  readonly abort: AbortController;
}

/** One release on its way to all of its targets at once. Tags come last, when every target has everything. */
export class Publication implements AsyncDisposable {
  readonly #lanes: readonly Lane[];
  readonly #names = new Map<Digest, string>();
  readonly #options: PublicationOptions;

  constructor(destinations: readonly Destination[], options: PublicationOptions) {
    this.#options = options;
    const nameOf = (digest: Digest): string => this.#names.get(digest) ?? 'blob';
    this.#lanes = destinations.map((destination) => new Lane(destination, { ...options, nameOf }));
  }

  get destinations(): readonly Destination[] {
    return this.#lanes.map(({ destination }) => destination);
  }

  /** The tags that the release has got, over all targets. */
  get tags(): string[] {
    return [...new Set(this.#lanes.flatMap(({ tags }) => tags))];
  }

  /** Brings content to every target. When one fails, none goes on. */
  async send(node: Node, name?: string): Promise<void> {
    this.#name(node, name);
    await this.#everywhere((lane) => lane.copy(node));
  }

  /** Sends a blob while it is made, if there is one target and that takes it; undefined: it is to be sent. */
  async receive(
    source: () => AsyncIterable<Uint8Array>,
    mediaType: string,
    name: string,
  ): Promise<Descriptor | undefined> {
    const [only, ...others] = this.#lanes;
    if (!only || others.length > 0) return undefined;
    return only.receive(source, ({ digest, size }) => {
      this.#names.set(digest, name);
      return { mediaType, digest, size };
    });
  }

  /** Whether every target has all of this. */
  async has(node: Node): Promise<boolean> {
    return (await this.#everywhere((lane) => lane.has(node))).every(Boolean);
  }

  /** Whether every target has a blob, or could take it over from another repository. */
  async obtain(blob: Blob, name: string): Promise<boolean> {
    this.#names.set(blob.descriptor.digest, name);
    return (await this.#everywhere((lane) => lane.obtain(blob))).every(Boolean);
  }

  /** Whether a tag of this release is there and must stay as it is. */
  async isHeld(): Promise<boolean> {
    if (!this.#options.immutable) return false;
    return (await this.#everywhere((lane) => lane.isTagged())).some(Boolean);
  }

  /** Fails where an immutable tag names something else; one that names this index is as it should be. */
  async assertUnmoved(index: Node): Promise<void> {
    if (this.#options.immutable) await this.#everywhere((lane) => lane.assertUnmoved(index));
  }

  /** Lets the tags of every target name the index; a layout lists it without a name where there are none. */
  async tag(index: Node): Promise<void> {
    await this.assertUnmoved(index);
    await this.#everywhere((lane) => lane.tag(index, this.#options.floating));
  }

  /** What to pull, over all targets. */
  references(digest: Digest): string[] {
    return this.#lanes.flatMap((lane) => lane.references(digest));
  }

  /** Whether any target lacked this content: by now it was sent there, save in a dry run. */
  wasMissing(digest: Digest): boolean {
    return this.#lanes.some((lane) => lane.wasMissing(digest));
  }

  report(): TargetReport[] {
    return this.#lanes.map((lane) => lane.report());
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.allSettled(this.#lanes.map(({ destination }) => destination.repository.close()));
  }

  #everywhere<T>(work: (lane: Lane) => Promise<T>): Promise<T[]> {
    return together(this.#lanes.map(work), this.#options.abort);
  }

  /** `layer linux/386`, `manifest linux/arm64`, `index`: the first name that content gets stays. */
  #name(node: Node, name?: string): void {
    const { digest, mediaType, platform } = node.descriptor;
    if (this.#names.has(digest)) return;
    const owner = platform ? formatPlatform(platform) : '';
    const own = isIndex(mediaType) ? 'index' : `manifest ${owner || 'of an attestation'}`;
    this.#names.set(digest, name ?? own);
    node.children.forEach((child, position) => {
      const role = position === 0 ? 'config' : 'layer';
      this.#name(child, child.children.length > 0 ? undefined : `${role} ${owner}`.trim());
    });
  }
}
