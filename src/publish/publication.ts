import { allOrAbort } from '../concurrency/all-or-abort.ts';
import type { Blob, Node } from '../content/content.ts';
import type { Descriptor } from '../oci/descriptor.ts';
import type { Digest } from '../oci/digest.ts';
import { ContentNames } from './content-names.ts';
import { Destination } from './destination.ts';
import type { PublicationOptions, TaggedRepository } from './publication-options.ts';

/** One release on its way to all of its targets at once. When one fails, none goes on. */
export class Publication {
  readonly destinations: readonly Destination[];
  readonly #names = new ContentNames();
  readonly #options: PublicationOptions;

  constructor(targets: readonly TaggedRepository[], options: PublicationOptions) {
    const nameOf = (digest: Digest): string => this.#names.of(digest);
    this.destinations = targets.map((target) => new Destination(target, options, nameOf));
    this.#options = options;
  }

  /** Brings content to every target; `name` is what a blob is, for people. The node itself goes after `after` is done. */
  async send(node: Node, name?: string, after?: Promise<unknown>): Promise<void> {
    this.#names.add(node, name);
    await this.#everywhere((destination) => destination.send(node, after));
  }

  /** Sends a blob while it is made, if there is one target and that takes it; undefined: it is to be sent. */
  async receive(
    source: () => AsyncIterable<Uint8Array>,
    mediaType: string,
    name: string,
  ): Promise<Descriptor | undefined> {
    const [only, ...others] = this.destinations;
    if (!only || others.length > 0) return undefined;
    return only.copier.receive(source, ({ digest, size }) => {
      this.#names.set(digest, name);
      return { mediaType, digest, size };
    });
  }

  /** Whether every target has all of this. */
  async has(node: Node): Promise<boolean> {
    return (await this.#everywhere(({ copier }) => copier.has(node))).every(Boolean);
  }

  /** Whether every target has a blob, or could take it over from another repository. */
  async obtain(blob: Blob, name: string): Promise<boolean> {
    this.#names.set(blob.descriptor.digest, name);
    return (await this.#everywhere(({ copier }) => copier.obtain(blob))).every(Boolean);
  }

  /** Whether {@link obtain} is worth an attempt: a blob is at every target, or in a repository beside it. */
  async couldObtain(blob: Blob): Promise<boolean> {
    return (await this.#everywhere((destination) => destination.couldObtain(blob))).every(Boolean);
  }

  /** Whether a tag of this release is there and must stay as it is. */
  async isHeld(): Promise<boolean> {
    if (!this.#options.immutable) return false;
    return (await this.#everywhere((destination) => destination.isTagged())).some(Boolean);
  }

  /** Fails where an immutable tag names something else; one that names this index is as it should be. */
  async assertUnmoved(index: Node): Promise<void> {
    if (this.#options.immutable) {
      await this.#everywhere((destination) => destination.assertUnmoved(index));
    }
  }

  /** Where something was sent, looks whether all of it is there. */
  async ensureSent(): Promise<void> {
    await this.#everywhere((destination) => destination.ensureSent());
  }

  /**
   * Lets the tags of every target name the index; a layout lists it without a name where there are none. What was
   * written is read back: the content before any tag moves, the tags at last. A target that refuses its tag does not keep
   * the others from theirs, as one may have it already; where none has, that is thrown. Of `leader` the tag `moved` names
   * it already.
   */
  async tag(index: Node, leader?: TaggedRepository, moved?: string): Promise<void> {
    await this.assertUnmoved(index);
    await this.ensureSent();
    await this.#everywhere((destination) =>
      destination.tag(index, destination.isOf(leader) && moved !== undefined ? [moved] : []),
    );
    const [failed] = this.destinations.flatMap(({ failure }) => failure ?? []);
    if (failed && !this.destinations.some(({ isPublished }) => isPublished)) throw failed.thrown;
  }

  /** Tells what of a run that failed stays at each target without a tag. */
  tellLeft(): void {
    for (const destination of this.destinations) destination.tellLeft();
  }

  #everywhere<T>(work: (destination: Destination) => Promise<T>): Promise<T[]> {
    return allOrAbort(this.destinations.map(work), this.#options.abort);
  }
}
