import type { Descriptor } from '../oci/descriptor.ts';
import type { Digest } from '../oci/digest.ts';

/** What a place is known to have: nothing is asked about twice. */
export class Existence {
  readonly #look: (descriptor: Descriptor) => Promise<boolean>;
  readonly #known = new Map<Digest, Promise<boolean>>();
  readonly #missing = new Set<Digest>();

  constructor(look: (descriptor: Descriptor) => Promise<boolean>) {
    this.#look = look;
  }

  /** Whether it was asked for, or is known without. */
  isKnown({ digest }: Descriptor): boolean {
    return this.#known.has(digest);
  }

  /** Whether it was asked for, and was not there. */
  wasMissing({ digest }: Descriptor): boolean {
    return this.#missing.has(digest);
  }

  /** Whether it is there. */
  of(descriptor: Descriptor): Promise<boolean> {
    const { digest } = descriptor;
    const known = this.#known.get(digest);
    if (known) return known;
    const looked = this.#look(descriptor);
    const note = (isThere: boolean): void => {
      if (!isThere) this.#missing.add(digest);
    };
    looked.then(note, () => undefined);
    this.#known.set(digest, looked);
    return looked;
  }

  /** Takes down what is known without a look. */
  settle({ digest }: Descriptor, isThere: boolean): void {
    this.#known.set(digest, Promise.resolve(isThere));
  }
}
