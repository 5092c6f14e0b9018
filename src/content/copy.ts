import pLimit from 'p-limit';
import type { Descriptor } from '../oci/descriptor.ts';
import type { Digest } from '../oci/digest.ts';
import { isForeign } from '../oci/media-type.ts';
import type { Blob, Node } from './content.ts';
import { counted } from './count.ts';
import type { Progress } from './progress.ts';

/** What a copy needs of the place it copies to. */
export interface Destination {
  /** Whether a manifest that is there proves that all it points to is there. */
  readonly closed: boolean;
  exists(descriptor: Descriptor): Promise<boolean>;
  push(blob: Blob): Promise<void>;
}

/** What became of one piece of content. */
export type Fate = 'pushed' | 'skipped';

export interface CopyOptions {
  /** How many pushes run at once. */
  readonly concurrency: number;
  /** Find out what is missing, send nothing. */
  readonly dryRun: boolean;
  /** Stops what has not begun. */
  readonly signal: AbortSignal;
  readonly progress: Progress;
  readonly onCopied: (descriptor: Descriptor, fate: Fate) => void;
}

/**
 * Copies content to one destination, leaves first, each digest once however often it is asked for.
 * What is there is not sent again.
 */
export class Copier {
  readonly #destination: Destination;
  readonly #options: CopyOptions;
  readonly #limit: <T>(work: () => Promise<T>) => Promise<T>;
  readonly #copies = new Map<Digest, Promise<void>>();

  constructor(destination: Destination, options: CopyOptions) {
    this.#destination = destination;
    this.#options = options;
    this.#limit = pLimit(options.concurrency);
  }

  copy(node: Node): Promise<void> {
    const { digest } = node.descriptor;
    const copy = this.#copies.get(digest) ?? this.#copy(node);
    this.#copies.set(digest, copy);
    return copy;
  }

  async #copy(node: Node): Promise<void> {
    const { descriptor, children } = node;
    const isParent = children.length > 0;
    if (isParent && this.#destination.closed) {
      if (await this.#exists(descriptor)) return this.#skip(node);
    }
    await Promise.all(children.map((child) => this.copy(child)));
    if (isForeign(descriptor.mediaType)) return this.#options.onCopied(descriptor, 'skipped');
    const known = isParent && this.#destination.closed ? false : await this.#exists(descriptor);
    if (known) return this.#options.onCopied(descriptor, 'skipped');
    await this.#push(node);
  }

  #exists(descriptor: Descriptor): Promise<boolean> {
    return this.#limit(async () => {
      this.#options.signal.throwIfAborted();
      return this.#destination.exists(descriptor);
    });
  }

  async #push({ descriptor, open }: Node): Promise<void> {
    const { dryRun, progress, signal, onCopied } = this.#options;
    if (!dryRun) {
      progress.expect(descriptor.size);
      await this.#limit(() => {
        signal.throwIfAborted();
        return this.#destination.push({ descriptor, open: counted(open, progress.advance) });
      });
    }
    onCopied(descriptor, 'pushed');
  }

  /** A closed destination that has a parent has its children: nothing is asked about them. */
  #skip(node: Node): void {
    this.#options.onCopied(node.descriptor, 'skipped');
    for (const child of node.children) {
      if (this.#copies.has(child.descriptor.digest)) continue;
      this.#copies.set(child.descriptor.digest, Promise.resolve());
      this.#skip(child);
    }
  }
}
