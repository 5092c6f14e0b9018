import { AlbaError, messageOf } from '../../errors.ts';
import type { Digest } from '../../oci/digest.ts';
import type { Reference } from '../../oci/reference.ts';
import { Client } from '../registry/client.ts';
import { fetchManifest, putManifest, resolveTag } from '../registry/manifest.ts';
import type { RegistryOptions } from '../registry/options.ts';
import type { Packages, VersionFate } from './packages.ts';
import { pushAndDelete } from './placeholder.ts';

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
    this.#isProved ||= isProved;
    if (!this.#isProved) {
      const proof = await pushAndDelete(this.#client, this.#packages);
      if (proof.is !== 'deleted') return proof.is === 'gone' ? unproved : proof;
      this.#isProved = true;
    }
    const restore = () => putManifest(this.#client, { ...found, digest }, before.bytes, tag);
    try {
      const fate = await pushAndDelete(this.#client, this.#packages, tag);
      if (fate.is === 'refused') await restore();
      return fate;
    } catch (failure) {
      await restore();
      const code = failure instanceof AlbaError ? failure.code : 'target';
      throw new AlbaError(code, `${messageOf(failure)}; the tag ${tag} is as it was`, { cause: failure });
    }
  }

  close(): Promise<void> {
    return this.#client.close();
  }
}
