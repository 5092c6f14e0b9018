import { digestsIn, type Node } from '../../content/content.ts';
import type { Descriptor } from '../../oci/descriptor.ts';
import type { Digest } from '../../oci/digest.ts';

/** What a publisher counts on: manifests that were there and so were not sent, and the tags that it wrote. */
export class CountedOn {
  readonly #manifests = new Map<Digest, Descriptor>();
  readonly #tags = new Map<Digest, Set<string>>();

  addManifest(descriptor: Descriptor): void {
    this.#manifests.set(descriptor.digest, descriptor);
  }

  addTag(digest: Digest, tag: string): void {
    const tags = this.#tags.get(digest) ?? new Set();
    this.#tags.set(digest, tags.add(tag));
  }

  /** Of these alone, and all below them. */
  of(nodes: readonly Node[]): {
    readonly manifests: readonly Descriptor[];
    readonly tags: readonly string[];
  } {
    const digests = [...digestsIn(nodes)];
    return {
      manifests: digests.flatMap((digest) => this.#manifests.get(digest) ?? []),
      tags: digests.flatMap((digest) => [...(this.#tags.get(digest) ?? [])]),
    };
  }
}
