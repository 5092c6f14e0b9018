import type { Digest } from '../oci/digest.ts';
import { subjectOfTag } from '../oci/referrer.ts';
import type { Inventory } from './inventory.ts';

/**
 * The order in which content goes where each deletion may be refused: what points to it, and what it is about, goes first; where one
 * of these stays, it does, too.
 */
export class HoldersFirst {
  /** How many that are to go, and are there, hold it. */
  readonly #holders: Map<Digest, number>;
  readonly #held = new Map<Digest, Set<Digest>>();
  readonly #ready: Digest[];

  constructor({ documents, tags }: Pick<Inventory, 'documents' | 'tags'>, going: ReadonlySet<Digest>) {
    this.#holders = new Map([...going].map((digest) => [digest, 0]));
    for (const digest of going) {
      const { children = [], subject } = documents.get(digest) ?? {};
      for (const child of children) this.#note(digest, child);
      if (subject) this.#note(subject, digest);
    }
    for (const { tag, digest } of tags) {
      const subject = subjectOfTag(tag);
      if (subject) this.#note(subject, digest);
    }
    this.#ready = [...this.#holders].flatMap(([digest, count]) => (count === 0 ? [digest] : [])).reverse();
  }

  /** One that nothing holds any more, each once; undefined where there is none. */
  next(): Digest | undefined {
    return this.#ready.pop();
  }

  /** To be told of each that is gone; what it held may go then. */
  gone(digest: Digest): void {
    for (const held of this.#held.get(digest) ?? []) {
      const left = (this.#holders.get(held) ?? 1) - 1;
      this.#holders.set(held, left);
      if (left === 0) this.#ready.push(held);
    }
  }

  #note(holder: Digest, held: Digest): void {
    if (holder === held || !this.#holders.has(holder) || !this.#holders.has(held)) return;
    const known = this.#held.get(holder) ?? new Set();
    if (known.has(held)) return;
    this.#held.set(holder, known.add(held));
    this.#holders.set(held, (this.#holders.get(held) ?? 0) + 1);
  }
}
