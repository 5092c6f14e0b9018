import { allOrAbort } from '../concurrency/all-or-abort.ts';
import { AlbaError, messageOf } from '../errors.ts';
import { isAttestation } from '../oci/attestation.ts';
import type { Descriptor } from '../oci/descriptor.ts';
import type { Digest } from '../oci/digest.ts';
import { isForeign, isManifest } from '../oci/media-type.ts';
import type { Progress } from '../progress/progress.ts';
import type { Blob, Measured, Node } from './content.ts';
import { counted } from './count.ts';
import { Existence } from './existence.ts';
import { Lanes } from './lanes.ts';

/** What a copy needs of where it goes. */
export interface Sink {
  /** Whether an image's manifest that is there proves that its blobs are; an index proves nothing anywhere. */
  readonly closed: boolean;
  exists(descriptor: Descriptor): Promise<boolean>;
  push(blob: Blob): Promise<void>;
  /** Takes in bytes that are not known yet. */
  receive?(source: AsyncIterable<Uint8Array>): Promise<Measured>;
  /** Takes a blob over from the repository that holds it; false where that is not possible. */
  mount?(blob: Blob): Promise<boolean>;
  /** What of this content is not there: looked for anew, whatever `exists` has found before. */
  findMissing?(content: readonly Descriptor[]): Promise<readonly Descriptor[]>;
}

/** What became of one piece of content: sent, taken over from another repository, or there already. */
export type Fate = 'pushed' | 'mounted' | 'skipped';

/** How content is copied to one place. */
export interface CopyOptions {
  /** How many requests run at once at the most; undefined: what fits the work. */
  readonly concurrency: number | undefined;
  /** Find out what is missing, send nothing. */
  readonly dryRun: boolean;
  /** Aborted by the first failure; stops what has not begun. */
  readonly abort: AbortController;
  readonly progress: Progress;
  readonly onCopied: (descriptor: Descriptor, fate: Fate) => void;
}

/**
 * Copies content to one place, leaves first, each digest once however often it is asked for.
 * What is there is not sent again, and nothing is asked about twice.
 */
export class Copier {
  readonly #sink: Sink;
  readonly #options: CopyOptions;
  readonly #lanes: Lanes;
  readonly #copies = new Map<Digest, Promise<void>>();
  readonly #existence: Existence;
  /** Until it failed: then whatever follows is known before it is sent. */
  #receives = true;

  constructor(sink: Sink, options: CopyOptions) {
    this.#sink = sink;
    this.#options = options;
    this.#lanes = new Lanes(options.concurrency);
    this.#existence = new Existence((descriptor) => this.#ask(() => sink.exists(descriptor)));
  }

  /** How many requests run at once. */
  get concurrency(): number {
    return this.#lanes.most;
  }

  /** Brings content there; `after` has to be done before the node itself is sent, what it points to may go before. */
  copy(node: Node, after?: Promise<unknown>): Promise<void> {
    const { digest } = node.descriptor;
    const copy = this.#copies.get(digest) ?? this.#copy(node, after);
    this.#copies.set(digest, copy);
    return copy;
  }

  /** Whether all of this is there. */
  async has(node: Node): Promise<boolean> {
    const asked = new Map<Digest, Promise<boolean>>();
    const ask = (one: Node): void => {
      const { descriptor, children } = one;
      if (asked.has(descriptor.digest)) return;
      asked.set(descriptor.digest, this.#existence.of(descriptor));
      if (!this.#isProof(one)) children.forEach(ask);
    };
    ask(node);
    return (await Promise.all(asked.values())).every(Boolean);
  }

  /** Whether a blob is there, or could be had without sending it. */
  async obtain(blob: Blob): Promise<boolean> {
    return (await this.#existence.of(blob.descriptor)) || (await this.#mount(blob));
  }

  /**
   * Takes in a blob while it is made, which is done with then; undefined where that is not possible or did not
   * work out: then it is to be copied. `describe` tells what to call it.
   */
  async receive(
    source: () => AsyncIterable<Uint8Array>,
    describe: (received: Measured) => Descriptor,
  ): Promise<Descriptor | undefined> {
    const { dryRun, abort, progress, onCopied } = this.#options;
    const receive = this.#sink.receive?.bind(this.#sink);
    if (!receive || dryRun || !this.#receives) return undefined;
    try {
      const descriptor = describe(
        await this.#lanes.send(
          this.#begin(() => receive(source())),
          undefined,
        ),
      );
      this.#existence.settle(descriptor, true);
      this.#copies.set(descriptor.digest, Promise.resolve());
      onCopied(descriptor, 'pushed');
      return descriptor;
    } catch (failure) {
      abort.signal.throwIfAborted();
      if (failure instanceof AlbaError && failure.code === 'source') throw failure;
      this.#receives = false;
      progress.line(`not sent while it was made, so it waits on disk: ${messageOf(failure)}`);
      return undefined;
    }
  }

  async #copy(node: Node, after: Promise<unknown> | undefined): Promise<void> {
    const { descriptor, children } = node;
    if (this.#isProof(node)) {
      this.#conclude(node);
      if (await this.#existence.of(descriptor)) return this.#skip(node);
    }
    const isAsked = this.#existence.isKnown(descriptor);
    // Asked meanwhile, and heard of below.
    if (children.length > 0) this.#existence.of(descriptor).catch(() => undefined);
    await this.#copyChildren(children);
    if (isForeign(descriptor.mediaType)) return this.#options.onCopied(descriptor, 'skipped');
    // Taking a blob over tells whether it is there as well as a look would.
    if (!isAsked && (await this.#mount(node))) return;
    if (await this.#existence.of(descriptor)) return this.#options.onCopied(descriptor, 'skipped');
    if (isAsked && (await this.#mount(node))) return;
    await after;
    await this.#pushWhole(node);
  }

  /** An attestation may have its image as its subject, which GitLab's registry wants to have first. */
  async #copyChildren(children: readonly Node[]): Promise<void> {
    const { abort } = this.#options;
    const others: Promise<unknown> = allOrAbort(
      children.filter(({ descriptor }) => !isAttestation(descriptor)).map((child) => this.copy(child)),
      abort,
    );
    const attestations = children
      .filter(({ descriptor }) => isAttestation(descriptor))
      .map((child) => this.copy(child, others));
    await allOrAbort([others, ...attestations], abort);
  }

  /** A registry refuses a manifest that lacks a part: one that was there and was deleted since is sent anew, once. */
  async #pushWhole(node: Node): Promise<void> {
    try {
      await this.#push(node);
    } catch (failure) {
      if (!this.#sink.closed || this.#options.abort.signal.aborted || !(await this.#sendLost(node)))
        throw failure;
      await this.#push(node);
    }
  }

  /** Sends what is missing below a node; whether there was anything. */
  async #sendLost(node: Node): Promise<boolean> {
    const below = [...partsOf(node)].filter(({ descriptor }) => !isForeign(descriptor.mediaType));
    const missing = await this.#sink.findMissing?.(below.map(({ descriptor }) => descriptor)).catch(() => []);
    const lost = new Set(missing?.map(({ digest }) => digest));
    for (const part of below) if (lost.has(part.descriptor.digest)) await this.#push(part);
    return (missing?.length ?? 0) > 0;
  }

  /** Registries delete the manifests of an index from under it, but no blob from under a manifest. */
  #isProof({ descriptor }: Node): boolean {
    return this.#sink.closed && isManifest(descriptor.mediaType);
  }

  /** What proves that its parts are there is not there itself where one of them was missing: it need not be asked for. */
  #conclude({ descriptor, children }: Node): void {
    if (this.#existence.isKnown(descriptor)) return;
    const lacksPart = children.some((child) => this.#existence.wasMissing(child.descriptor));
    if (lacksPart) this.#existence.settle(descriptor, false);
  }

  async #mount(blob: Blob): Promise<boolean> {
    const { descriptor, heldBy } = blob;
    const mount = this.#sink.mount?.bind(this.#sink);
    if (!mount || !heldBy || this.#options.dryRun || !(await this.#ask(() => mount(blob)))) return false;
    this.#existence.settle(descriptor, true);
    this.#copies.set(descriptor.digest, Promise.resolve());
    this.#options.onCopied(descriptor, 'mounted');
    return true;
  }

  async #push({ descriptor, open }: Blob): Promise<void> {
    const { dryRun, progress, onCopied } = this.#options;
    if (!dryRun) {
      progress.expect(descriptor.size);
      const blob = { descriptor, open: counted(open, progress.advance) };
      await this.#lanes.send(
        this.#begin(() => this.#sink.push(blob)),
        descriptor.size,
      );
    }
    onCopied(descriptor, 'pushed');
  }

  #ask<T>(work: () => Promise<T>): Promise<T> {
    return this.#lanes.ask(this.#begin(work));
  }

  /** Work that does not begin once the run has failed. */
  #begin<T>(work: () => Promise<T>): () => Promise<T> {
    return () => {
      this.#options.abort.signal.throwIfAborted();
      return work();
    };
  }

  /** A closed sink that has a parent has its children: nothing is asked about them. */
  #skip(node: Node): void {
    this.#options.onCopied(node.descriptor, 'skipped');
    for (const child of node.children) {
      if (this.#copies.has(child.descriptor.digest)) continue;
      this.#copies.set(child.descriptor.digest, Promise.resolve());
      this.#skip(child);
    }
  }
}

/** All that lies below, leaves first, each once: an index may name a part in many ways. */
function partsOf({ children }: Node, found = new Map<Digest, Node>()): Iterable<Node> {
  for (const child of children) {
    if (found.has(child.descriptor.digest)) continue;
    partsOf(child, found);
    found.set(child.descriptor.digest, child);
  }
  return found.values();
}
