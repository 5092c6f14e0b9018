import type { NamedSubject, SubjectContext } from '../../inspect/subject.ts';
import type { Connection } from '../../place/connection.ts';
import { trustOf } from '../../place/trusted-origins.ts';
import type { Host } from '../host.ts';
import { signedInAt } from '../signed-in-at.ts';
import { tellLowered } from '../tell-lowered.ts';

/** What opening these subjects takes; who named them is trusted with where they are. */
export function subjectContext(
  subjects: readonly NamedSubject[],
  connection: Connection,
  { env, directory, progress }: Host,
): SubjectContext {
  const sources = subjects.flatMap((named) => (named.kind === 'published' ? [named.locator] : []));
  tellLowered(
    sources.flatMap(({ lowered }) => lowered ?? []),
    progress,
  );
  const { origins } = trustOf(
    sources.map(({ place }) => place),
    [],
    env,
  );
  const trusted = { ...connection, trustedOrigins: origins };
  return {
    connection: signedInAt(trusted, { targets: [], sources }),
    directory,
    progress,
    signal: new AbortController().signal,
  };
}
