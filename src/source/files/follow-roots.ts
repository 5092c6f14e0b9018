import { realpath } from 'node:fs/promises';
import path from 'node:path';
import { AlbaError, messageOf } from '../../errors.ts';
import { pathWithin } from './path-within.ts';

/** The folders below which a link out of the tree may lead: it stands for what it leads to then. */
export interface FollowRoots {
  /** Whether this real path lies there. */
  allows(real: string): boolean;
  /** Whether it lies in a store whose files may have several names for reasons of that machine's own. */
  isStore(real: string): boolean;
  /** The end of a sentence about a link that leads elsewhere. */
  readonly refusal: string;
}

/** Nix leaves links into it in all that it builds. */
const store = '/nix/store';

/** The store of Nix, and the folders that are named, relative to `directory`. Throws a usage error for one that is not there. */
export async function followRoots(named: readonly string[], directory: string): Promise<FollowRoots> {
  const roots = await Promise.all(
    named.map((root) =>
      realpath(path.resolve(directory, root)).catch((cause: unknown) => {
        throw new AlbaError('usage', `follow ${root} cannot be read: ${messageOf(cause)}`, { cause });
      }),
    ),
  );
  const isStore = (real: string): boolean => (pathWithin(store, real) ?? '') !== '';
  return {
    allows: (real) => isStore(real) || roots.some((root) => pathWithin(root, real) !== undefined),
    isStore,
    refusal: `which is neither in the tree nor below ${store}: it could give away a file of this machine; name the folder in "follow" if it is meant`,
  };
}
