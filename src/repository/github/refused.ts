import * as v from 'valibot';
import { AlbaError } from '../../errors.ts';
import type { GitHubAnswer } from '../../network/github/github.ts';

/** A request that was refused. */
export interface RefusedRequest {
  readonly method: string;
  readonly api: URL;
  /** What was asked for: `ghcr.io/org/app`. */
  readonly what: string;
}

/** The error that a refusal of GitHub's packages API is: what it said, and which token would do. */
export function refusedRequest({ status, said }: GitHubAnswer, request: RefusedRequest): AlbaError {
  const code = status === 401 || status === 403 || status === 404 ? 'auth' : 'target';
  const answer = `${request.what}: ${request.api.host} answered ${status}${said && ` (${said})`}`;
  return new AlbaError(code, `${answer}; ${remedyFor(status, said, request)}`);
}

function remedyFor(status: number, said: string, { method, what }: RefusedRequest): string {
  if (status === 401) return 'the token in github-token (GITHUB_TOKEN) is wrong or expired: give another one';
  if (/personal access token/i.test(said)) {
    return 'fine-grained tokens do not reach packages: give a classic one, with read:packages and delete:packages, in github-token (GITHUB_TOKEN)';
  }
  if (status === 403 && /scope/i.test(said)) return `the token lacks a scope: ${classic(method)}`;
  if ((status === 403 || status === 404) && method !== 'GET') {
    return `to delete takes the role Admin of the package: give it to this repository (package settings, Manage Actions access), with "permissions: packages: write", or ${classic(method)}, of an admin`;
  }
  if (status === 403)
    return `this token may not list packages, as that of a workflow may not: ${classic(method)}`;
  if (status === 404) {
    return `is there a package ${what}, and may the token see it? A workflow needs "permissions: packages: write", and a package that lets this repository in (package settings, Manage Actions access); else ${classic(method)}`;
  }
  return 'look at the page of the package, or try again later';
}

function classic(method: string): string {
  const scopes = method === 'GET' ? 'read:packages' : 'read:packages and delete:packages';
  return `give a classic token with ${scopes} in github-token (GITHUB_TOKEN)`;
}

/** What an answer tells, by a schema; an AlbaError names `what` where it is something else. */
export function parseAnswer<S extends v.GenericSchema>(
  schema: S,
  { data }: Pick<GitHubAnswer, 'data'>,
  what: string,
): v.InferOutput<S> {
  const result = v.safeParse(schema, data);
  if (result.success) return result.output;
  const [issue] = result.issues;
  const path = v.getDotPath(issue);
  throw new AlbaError('target', `${what}: malformed${path ? ` at ${path}` : ''}: ${issue.message}`);
}
