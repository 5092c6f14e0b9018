import { isElastic, secureRemedy } from '../../network/http/connection-hint.ts';
import type { HttpRequest } from '../../network/http/http.ts';
import { type Challenge, isAnswerable } from './challenge.ts';
import type { Access } from './scope.ts';

/** What an error says of the request it tells about. */
export interface Context {
  readonly registry: string;
  readonly repository: string;
  readonly access: Access;
  /** Which credentials were sent, in words. */
  readonly tried: string;
  /** How the registry wants to be signed in to; undefined as long as it has not asked. */
  readonly challenges?: readonly Challenge[] | undefined;
  /** Where credentials were looked for and not found, in words; empty where there were some. */
  readonly missed: readonly string[];
  /** What no message may hold. */
  readonly secrets: readonly string[];
}

/** An answer that refused. */
export interface Refusal {
  readonly request: Pick<HttpRequest, 'method' | 'url'>;
  readonly status: number;
  /** The registry's own, in upper case. */
  readonly codes: readonly string[];
  /** Its words, empty where it said none. */
  readonly said: string;
  /** Whether it comes from a server of buckets. */
  readonly isBucket: boolean;
  /** What it asks for itself. */
  readonly challenges: readonly Challenge[];
}

/** What to do about an answer that refused, in words that follow a semicolon; empty where nothing is known. */
export function statusHint(refusal: Refusal, context: Context): string {
  const { status, codes, said } = refusal;
  const { registry, repository, access, tried } = context;
  if (refusal.isBucket && refusal.request.url.host === registry) {
    const { origin } = refusal.request.url;
    return `it answers as a bucket does, not as a registry: write s3://bucket?endpoint=${origin}`;
  }
  if (isPlainToSecure(refusal)) return secureHint(refusal);
  if (status === 401) return signInHint(refusal, context);
  if (status === 403 && registry === 'ghcr.io') {
    return access === 'push'
      ? `a workflow needs "permissions: packages: write", and a package that exists has to let this repository write (package settings, Manage Actions access); tried with ${tried}`
      : `a workflow needs "permissions: packages: read"; tried with ${tried}`;
  }
  if (status === 403) return rightsHint(context);
  if (status === 404 && isElastic(registry)) {
    return `on ECR the repository has to exist: aws ecr create-repository --repository-name ${repository}`;
  }
  if (status === 404 && (said === '' || codes.includes('NAME_UNKNOWN'))) {
    return `is there a repository ${repository} on ${registry}, and may it be seen with ${tried}?`;
  }
  if (access === 'push' && (status === 405 || status === 501)) {
    return 'it takes no uploads: if it serves a bucket or a directory, publish to that: s3://bucket?endpoint=https://…, file://…';
  }
  if (status === 413) return 'the registry, or a proxy before it, limits the size of an upload';
  if (status >= 300 && status < 400) return 'redirects that lead nowhere';
  return '';
}

/** Go's and nginx's words, or their status in answer to a HEAD, which has no body. */
function isPlainToSecure({ request, status, said }: Refusal): boolean {
  if (/HTTP request (?:to an|was sent to) HTTPS/i.test(said)) return true;
  return status === 400 && request.method === 'HEAD' && request.url.protocol === 'http:';
}

function secureHint({ request, said }: Refusal): string {
  const what = said === '' ? 'if the registry speaks https' : 'the registry speaks https';
  return `${what}: ${secureRemedy(request.url)}`;
}

function signInHint({ challenges }: Refusal, context: Context): string {
  const { registry, tried, missed } = context;
  if (context.challenges && !context.challenges.some(isAnswerable)) return strangeHint(context.challenges);
  if (tried === 'no credentials') {
    const looked = missed.length === 0 ? '' : `; looked in ${missed.join(', ')}`;
    return `tried with ${tried}: give username and password, or log in with docker login ${registry}${looked}`;
  }
  const isOfRights = challenges.some(({ parameters }) => parameters.get('error') === 'insufficient_scope');
  if (isOfRights) return rightsHint(context);
  return `tried with ${tried}: check that they are right, for this registry, and not expired`;
}

/** About ways to sign in that are not ours. */
function strangeHint(challenges: readonly Challenge[]): string {
  if (challenges.length === 0) {
    return 'it does not say how to sign in (WWW-Authenticate is missing): is it a registry?';
  }
  const names = challenges.map(({ name }) => name).join(' or ');
  return `it wants to be signed in to by ${names}, which alba cannot do: let it take Basic or a token, too`;
}

function rightsHint({ access, repository, tried }: Context): string {
  return `to ${access} ${repository} needs more rights; tried with ${tried}`;
}
