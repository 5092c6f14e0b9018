/** What is wanted of a repository. */
export type Access = 'pull' | 'push' | 'delete';

/** Each right comes with those that it is of no use without; who deletes may have to put back what another has come to need. */
const rights: Readonly<Record<Access, readonly string[]>> = {
  pull: ['pull'],
  push: ['pull', 'push'],
  delete: ['pull', 'push', 'delete'],
};

/** The rights that an access takes, as tokens name them. */
export function rightsFor(access: Access): readonly string[] {
  return rights[access];
}

/** What a token is asked for: `repository:<name>:pull,push` (distribution, "Token Scope Documentation"). */
export function repositoryScope(name: string, access: Access): string {
  return `repository:${name}:${rightsFor(access).join(',')}`;
}

/**
 * The union of scopes, one for each resource; the order of first mention is kept. What is no `type:name:actions`
 * (`aws` of public.ecr.aws, `*` of Gitea) stays as it is.
 */
export function mergeScopes(scopes: readonly string[]): string[] {
  const merged = new Map<string, Set<string>>();
  for (const scope of scopes) {
    const [, resource = scope, actions = ''] = /^([^:]+:.+):([^:]+)$/.exec(scope) ?? [];
    const known = merged.get(resource) ?? new Set();
    for (const action of actions.split(',').filter(Boolean)) known.add(action);
    merged.set(resource, known);
  }
  return [...merged].map(([resource, actions]) =>
    actions.size === 0 ? resource : `${resource}:${[...actions].join(',')}`,
  );
}
