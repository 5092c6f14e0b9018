import { AlbaError } from '../errors.ts';
import type { Connection } from '../place/connection.ts';
import type { Place } from '../place/scheme.ts';

/** What has a place that may take a login. */
interface Named {
  readonly place: Pick<Place, 'loginHost'>;
}

/** What a push writes to and reads from. */
export interface SignedInPlaces {
  readonly targets: readonly Named[];
  /** What the workflow itself names to read from. */
  readonly sources?: readonly Named[];
  /** Artifacts, which another job may have named. */
  readonly references?: readonly Named[];
}

/** A password is for one registry, that of the targets, else the one that is read from: no other is shown it. */
export function signedInAt(
  connection: Connection,
  { targets, sources = [], references = [] }: SignedInPlaces,
): Connection {
  const { login, trustedOrigins } = connection;
  if (!login) return connection;
  const own = registriesOf(targets);
  const [registry, ...more] = own.length > 0 ? own : registriesOf([...references, ...sources]);
  if (registry !== undefined && more.length === 0) {
    const isNamed = own.length > 0 || registriesOf(sources).length > 0 || isTrusted(registry, trustedOrigins);
    if (isNamed) return { ...connection, login: { ...login, registry } };
    throw new AlbaError(
      'usage',
      `username and password would be shown to ${registry}, which an artifact alone names: name it in trusted-endpoints, or log in to it before (docker/login-action, docker login)`,
    );
  }
  if (registry === undefined) return connection;
  throw new AlbaError(
    'usage',
    `username and password are for one registry, not for ${[registry, ...more].join(', ')}: log in to each before (docker/login-action, docker login)`,
  );
}

/** By either scheme: over which one a password goes is told apart when it is asked for. */
function isTrusted(registry: string, origins: ReadonlySet<string> = new Set()): boolean {
  return ['https', 'http'].some((scheme) => origins.has(new URL(`${scheme}://${registry}`).origin));
}

function registriesOf(places: readonly Named[]): string[] {
  return [...new Set(places.flatMap(({ place }) => place.loginHost ?? []))];
}
