import { type Digest, shortened } from '../oci/digest.ts';
import { subjectOfTag } from '../oci/referrer.ts';
import type { Inventory } from '../repository/inventory.ts';

/** Why content is reached: what leads to it first. */
export type ReachedContent = ReadonlyMap<Digest, string>;

/**
 * What leads to what in a repository: documents to their children, manifests to what refers to them, by a subject or by a tag
 * `sha256-<hex>`.
 */
export class ContentLinks {
  readonly #inventory: Inventory;
  readonly #referrers = new Map<Digest, Digest[]>();

  constructor(inventory: Inventory) {
    this.#inventory = inventory;
    for (const [digest, { subject }] of inventory.documents) if (subject) this.#note(subject, digest);
    for (const { tag, digest } of inventory.tags) {
      const subject = subjectOfTag(tag);
      if (subject) this.#note(subject, digest);
    }
  }

  /** Adds what a document leads to, and all that this leads to, to what is reached; what was reached before stays as it is. */
  reach(digest: Digest, why: string, reached: Map<Digest, string>): void {
    const waiting: (readonly [Digest, string])[] = [[digest, why]];
    for (let next = waiting.pop(); next; next = waiting.pop()) {
      const [at, reason] = next;
      if (reached.has(at)) continue;
      reached.set(at, reason);
      const children = this.#inventory.documents.get(at)?.children ?? [];
      const referrers = this.#referrers.get(at) ?? [];
      if (children.length + referrers.length === 0) continue;
      const name = shortened(at);
      const [asPart, asReferrer] = [`part of ${name}`, `refers to ${name}`];
      for (const child of children) waiting.push([child, asPart]);
      for (const referrer of referrers) waiting.push([referrer, asReferrer]);
    }
  }

  #note(subject: Digest, referrer: Digest): void {
    const known = this.#referrers.get(subject);
    if (known) known.push(referrer);
    else this.#referrers.set(subject, [referrer]);
  }
}
