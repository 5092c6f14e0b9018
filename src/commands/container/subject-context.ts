import type { NamedSubject, SubjectContext } from '../../inspect/subject.ts';
import type { Connection } from '../../place/connection.ts';
import { assertTrusted, trustOf } from '../../place/trusted-origins.ts';
import type { Host } from '../host.ts';
import { signedInAt } from '../signed-in-at.ts';
import { tellLowered } from '../tell-lowered.ts';

/** Who is asked for subjects, and who may be shown who we are. */
interface NamedServers {
  readonly connection: Connection;
  /** Origins that may be shown it although a subject alone names them. */
  readonly trustedEndpoints: readonly string[];
}

/** What opening these subjects takes. What a person typed is trusted; a workflow's may come from another job, and name any server. */
export function subjectContext(
  subjects: readonly NamedSubject[],
  { connection, trustedEndpoints }: NamedServers,
  { env, directory, progress, isTyped }: Host,
): SubjectContext {
  const sources = subjects.flatMap((named) => (named.kind === 'published' ? [named.locator] : []));
  tellLowered(
    sources.flatMap(({ lowered }) => lowered ?? []),
    progress,
  );
  const trust = trustOf(isTyped ? sources.map(({ place }) => place) : [], trustedEndpoints, env);
  assertTrusted(sources, trust);
  const trusted = { ...connection, trustedOrigins: trust.origins };
  return {
    connection: signedInAt(trusted, { targets: [], ...(isTyped ? { sources } : { references: sources }) }),
    directory,
    progress,
    signal: new AbortController().signal,
  };
}
