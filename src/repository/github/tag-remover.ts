import { onFailure } from '../../concurrency/on-failure.ts';
import { AlbaError, messageOf } from '../../errors.ts';
import type { Digest } from '../../oci/digest.ts';
import type { Reference } from '../../oci/reference.ts';
import { Client } from '../registry/client.ts';
import { fetchManifest, putManifest, resolveTag } from '../registry/manifest.ts';
import type { RegistryOptions } from '../registry/options.ts';
import type { Packages, VersionFate } from './packages.ts';
import { makePlaceholder, pushAndDelete } from './placeholder.ts';

const unproved: VersionFate = {
  is: 'refused',
  why: 'it stays: that versions can be deleted was not proved; try again',
};

/**
 * Takes a tag off a version that stays. GitHub cannot: the tag is moved to an empty manifest, and the version of that is deleted. So that no
 * tag is left on it, nothing is pushed under a tag before a version was deleted.
 */
export class TagRemover {
  readonly #packages: Packages;
  readonly #client: Client;
  #isProved = false;

  constructor(place: Reference, packages: Packages, options: RegistryOptions) {
    this.#packages = packages;
    this.#client = new Client(place, { ...options, access: 'push' });
  }

  /** Takes a tag off what it names; `moved` where it names something else by now. */
  async takeOff(
    tag: string,
    digest: Digest,
    isProved: boolean,
  ): Promise<VersionFate | { readonly is: 'moved' }> {
    const found = await resolveTag(this.#client, tag);
    if (!found) return { is: 'gone' };
    if (found.digest !== digest) return { is: 'moved' };
    const before = await fetchManifest(this.#client, digest);
    if (!before) return { is: 'refused', why: `the registry does not have ${digest}` };
    if (!this.#isProved && !isProved) {
      const proof = await pushAndDelete(this.#client, this.#packages, makePlaceholder());
      if (proof.is !== 'deleted') return proof.is === 'gone' ? unproved : proof;
      // That took seconds, in which the tag may have moved.
      return this.takeOff(tag, digest, true);
    }
    this.#isProved = true;
    const placeholder = makePlaceholder();
    const putBack = async (): Promise<string> => {
      const now = await resolveTag(this.#client, tag);
      if (now && now.digest !== placeholder.descriptor.digest) return `the tag ${tag} names ${now.digest}`;
      await putManifest(this.#client, { ...found, digest }, before.bytes, tag);
      return `the tag ${tag} is as it was`;
    };
    const unmended = `the tag ${tag} could not be put back`;
    const work = () => pushAndDelete(this.#client, this.#packages, placeholder, tag);
    const fate = await onFailure(work, putBack, unmended);
    if (fate.is !== 'refused') return fate;
    await putBack().catch((thrown: unknown) => {
      throw new AlbaError('target', `${fate.why}; ${unmended}: ${messageOf(thrown)}`, { cause: thrown });
    });
    return fate;
  }

  close(): Promise<void> {
    return this.#client.close();
  }
}
