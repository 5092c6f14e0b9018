/** What a token is asked for: `repository:<name>:pull,push` (distribution, "Token Scope Documentation"). */
export function repositoryScope(name: string, access: 'pull' | 'push'): string {
  return `repository:${name}:${access === 'push' ? 'pull,push' : 'pull'}`;
}

/** The union of scopes, one for each resource; the order of first mention is kept. */
export function mergeScopes(scopes: readonly string[]): string[] {
  const actions = new Map<string, Set<string>>();
  for (const scope of scopes) {
    const colon = scope.lastIndexOf(':');
    const resource = scope.slice(0, colon);
    const merged = actions.get(resource) ?? new Set();
    for (const action of scope.slice(colon + 1).split(',')) merged.add(action);
    actions.set(resource, merged);
  }
  return [...actions].map(([resource, merged]) => `${resource}:${[...merged].join(',')}`);
}
