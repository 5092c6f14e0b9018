import { AlbaError } from '../../errors.ts';
import type { GitHubAnswer } from '../../network/github/github.ts';

/** The error that a refusal of GitHub's releases API is: what it said, and what the token would need. */
export function refusedRelease({ status, said }: GitHubAnswer, what: string, host: string): AlbaError {
  const code = [401, 403, 404].includes(status) ? 'auth' : 'target';
  return new AlbaError(
    code,
    `${what}: ${host} answered ${status}${said && ` (${said})`}${remedyFor(status)}`,
  );
}

function remedyFor(status: number): string {
  if (status === 401)
    return '; the token in github-token (GITHUB_TOKEN) is wrong or expired: give another one';
  if (status === 403) {
    return '; to write releases a workflow needs "permissions: contents: write", another token "Contents: write" of this repository (a classic one: repo)';
  }
  if (status === 404) {
    return '; is there such a repository, and may the token see it? That of a workflow reaches its own repository alone';
  }
  return '';
}
