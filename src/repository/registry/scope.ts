/** What a token is asked for: `repository:<name>:pull,push` (distribution, "Token Scope Documentation"). */
export function repositoryScope(name: string, access: 'pull' | 'push'): string {
  return `repository:${name}:${access === 'push' ? 'pull,push' : 'pull'}`;
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
