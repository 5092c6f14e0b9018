import { type LookupAddress, type LookupOptions, lookup } from 'node:dns';
import type { LookupFunction } from 'node:net';
import { bareHost, isPrivateHost } from './address.ts';
import { isCloudHost, isPrivateAddress } from './private-networks.ts';

/** A lookup for connections that must stay out of private networks. What is connected to is what was looked at. */
export const publicLookup: LookupFunction = (hostname, options, callback) => {
  answer(hostname, options, callback, (found) => {
    const refused = found.find(({ address }) => isPrivateAddress(address));
    return refused && new Error(`${hostname} is ${refused.address}, an address in a private network`);
  });
};

/**
 * Where a server is that is named by those who call us, by all that its name ever resolved to here. It is inside a
 * network only if each of these addresses is: one that is not may be who answers.
 */
export class Whereabouts {
  readonly #hostname: string;
  #isPrivate: boolean | undefined;

  /** Of a host as `URL` writes it. */
  constructor(hostname: string) {
    this.#hostname = hostname;
  }

  /** Looks its name up if no connection did so far. One that does not resolve is not inside. */
  async isPrivate(): Promise<boolean> {
    if (isPrivateHost(this.#hostname)) return true;
    if (this.#isPrivate === undefined) {
      await new Promise<void>((resolve) => {
        this.lookup(bareHost(this.#hostname), { all: true }, () => resolve());
      });
    }
    return this.#isPrivate ?? false;
  }

  /** A lookup for connections, to this server or to others in its network, but to none at which a cloud hands out keys. */
  readonly lookup: LookupFunction = (hostname, options, callback) => {
    answer(hostname, options, callback, (found) => {
      if (hostname !== bareHost(this.#hostname)) return refusalOf(hostname, found);
      if (found.length === 0) return undefined;
      this.#isPrivate = (this.#isPrivate ?? true) && found.every(({ address }) => isPrivateAddress(address));
      return undefined;
    });
  };
}

function refusalOf(hostname: string, found: readonly LookupAddress[]): Error | undefined {
  const refused = found.find(({ address }) => isCloudHost(address));
  return refused && new Error(`${hostname} is ${refused.address}, an address at which clouds hand out keys`);
}

type Callback = Parameters<LookupFunction>[2];

/** Looks a name up, and answers in the form that was asked for unless who looks at all addresses gives an error. */
function answer(
  hostname: string,
  options: LookupOptions,
  callback: Callback,
  lookAt: (found: readonly LookupAddress[]) => Error | undefined,
): void {
  lookup(hostname, { ...options, all: true }, (error, found: LookupAddress[] = []) => {
    const failure = error ?? lookAt(found);
    const [first] = found;
    if (failure || !first) callback(failure ?? new Error(`${hostname} has no address`), '', 0);
    else if (options.all) callback(null, found);
    else callback(null, first.address, first.family);
  });
}
