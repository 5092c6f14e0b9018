import type { Node } from '../content/content.ts';
import { isAttestation } from '../oci/attestation.ts';
import type { Digest } from '../oci/digest.ts';
import { isIndex } from '../oci/media-type.ts';
import { formatPlatform } from '../oci/platform.ts';

/** What pieces of content are, for people: `layer linux/386`, `manifest linux/arm64`, `index`. The first name stays. */
export class ContentNames {
  readonly #names = new Map<Digest, string>();

  of(digest: Digest): string {
    return this.#names.get(digest) ?? 'blob';
  }

  /** Names a blob, whatever it was called before. */
  set(digest: Digest, name: string): void {
    this.#names.set(digest, name);
  }

  /** Names a document and all that it leads to. */
  add({ descriptor, children }: Node, name?: string): void {
    const { digest, mediaType, platform } = descriptor;
    if (this.#names.has(digest)) return;
    const owner = platform && platform.os !== 'unknown' ? formatPlatform(platform) : '';
    const about = isAttestation(descriptor) ? 'of an attestation' : owner;
    this.#names.set(digest, name ?? (isIndex(mediaType) ? 'index' : `manifest ${about}`.trim()));
    for (const [at, child] of children.entries()) {
      const part = `${at === 0 ? 'config' : 'layer'} ${owner}`.trim();
      this.add(child, child.children.length > 0 ? undefined : part);
    }
  }
}
