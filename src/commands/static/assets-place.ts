import type { RetryContext } from '../../concurrency/retry.ts';
import { AlbaError } from '../../errors.ts';
import { type GitHubApi, openGitHub } from '../../network/github/github.ts';
import type { Connection } from '../../place/connection.ts';
import type { ReleaseTarget } from '../../place/scheme.ts';
import { publicApi } from '../../repository/github/home.ts';
import type { Host } from '../host.ts';

/** The repository whose releases an address means, by its owner and name; a usage error where it is that of no workflow. */
export function assetsRepository({ url, repository }: ReleaseTarget, { workflowRun }: Host): string {
  const found = repository ?? workflowRun?.repository;
  if (found !== undefined) return found;
  throw new AlbaError(
    'usage',
    `${url} means the repository of a workflow: name one, as github-release:owner/repo`,
  );
}

/** Where GitHub's API is, and who we are there. */
export interface GitHubAccess extends Pick<Connection, 'certificates' | 'proxies'> {
  readonly token: string;
  readonly home: URL;
  readonly fault: 'source' | 'target';
}

/** How the API is reached to read or to write releases; an auth error where there is no token. */
export function githubAccess(
  { url }: ReleaseTarget,
  { workflow, certificates, proxies }: Connection,
  right: 'read' | 'write',
): GitHubAccess {
  if (!workflow) {
    throw new AlbaError(
      'auth',
      `${url}: to ${right} a release takes a token: give github-token (GITHUB_TOKEN on the command line), of a workflow with "permissions: contents: ${right}"`,
    );
  }
  const { token, api = publicApi } = workflow;
  return { token, home: api, certificates, proxies, fault: right === 'read' ? 'source' : 'target' };
}

/** Opens GitHub's API for releases. */
export function openAssetsApi(access: GitHubAccess, context: RetryContext): Promise<GitHubApi> {
  return openGitHub({ ...access, ...context });
}
