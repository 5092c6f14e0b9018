import type { Connection } from '../../place/connection.ts';
import type { StoragePlace } from '../../place/scheme.ts';
import { trustOf } from '../../place/trusted-origins.ts';
import type { Host } from '../host.ts';
import { signedInAt } from '../signed-in-at.ts';

/** The connection to storages that the workflow itself names: a username and a password are for the one web server of them. */
export function connectionTo(
  storages: readonly StoragePlace[],
  connection: Connection,
  env: Host['env'],
): Connection {
  const trustedOrigins = trustOf(storages, [], env).origins;
  return signedInAt({ ...connection, trustedOrigins }, { targets: storages.map((place) => ({ place })) });
}
