import type { Digest } from '../oci/digest.ts';
import { subjectOfTag } from '../oci/referrer.ts';
import type { Removal } from './deleter.ts';
import type { Inventory } from './inventory.ts';

/**
 * The order in which documents are deleted where nobody tells of what has no tag: release by release, and of each what refers to
 * it first, then it, then what is part of nothing else that is still to go.
 */
export class ContentOrder {
  readonly #going: ReadonlySet<Digest>;
  readonly #inventory: Inventory;
  readonly #parents = new Map<Digest, number>();
  readonly #referrers = new Map<Digest, Digest[]>();
  readonly #given = new Set<Digest>();

  constructor(inventory: Inventory, { manifests, tags }: Removal) {
    this.#inventory = inventory;
    this.#going = new Set([...manifests.flat(), ...tags.map(({ digest }) => digest)]);
    for (const parent of manifests.flat()) {
      for (const child of this.#childrenOf(parent)) {
        this.#parents.set(child, (this.#parents.get(child) ?? 0) + 1);
      }
    }
    const about = [
      ...[...inventory.documents].map(([digest, { subject }]) => ({ digest, subject })),
      ...inventory.tags.map(({ tag, digest }) => ({ digest, subject: subjectOfTag(tag) })),
    ];
    for (const { digest, subject } of about) {
      if (!subject || !this.#going.has(digest)) continue;
      this.#referrers.set(subject, [...(this.#referrers.get(subject) ?? []), digest]);
    }
  }

  /** What nothing else that goes leads to; what refers to something comes when that does. */
  roots(): Digest[] {
    const referrers = new Set(
      [...this.#referrers].flatMap(([subject, own]) => (this.#going.has(subject) ? own : [])),
    );
    const roots = [...this.#going].filter((digest) => !this.#parents.has(digest));
    return [
      ...roots.filter((digest) => !referrers.has(digest)),
      ...roots.filter((digest) => referrers.has(digest)),
    ];
  }

  /** What is to be deleted with a document, in order, each once: to be read step by step, as the deletion goes on. */
  *from(digest: Digest): Generator<Digest, void, void> {
    if (this.#given.has(digest) || !this.#going.has(digest)) return;
    this.#given.add(digest);
    for (const referrer of this.#referrers.get(digest) ?? []) {
      if (!this.#parents.get(referrer)) yield* this.from(referrer);
    }
    yield digest;
    for (const child of this.#childrenOf(digest)) {
      const left = (this.#parents.get(child) ?? 1) - 1;
      this.#parents.set(child, left);
      if (left === 0) yield* this.from(child);
    }
  }

  #childrenOf(digest: Digest): Digest[] {
    return [...new Set(this.#inventory.documents.get(digest)?.children)].filter((child) =>
      this.#going.has(child),
    );
  }
}
