import { isElastic } from '../../network/http/connection-hint.ts';

/** What an error says of the request it tells about. */
export interface Context {
  readonly registry: string;
  readonly repository: string;
  readonly access: 'pull' | 'push';
  /** Which credentials were sent, in words. */
  readonly tried: string;
}

/** An answer that refused. */
export interface Refusal {
  readonly status: number;
  /** The registry's own, in upper case. */
  readonly codes: readonly string[];
  /** Its words, empty where it said none. */
  readonly said: string;
}

/** What to do about an answer that refused, in words that follow a semicolon; empty where nothing is known. */
export function statusHint({ status, codes, said }: Refusal, context: Context): string {
  const { registry, repository, access, tried } = context;
  if (/HTTP request (?:to an|was sent to) HTTPS/i.test(said)) {
    return 'the registry speaks https: remove plain-http, or add ?plain-http=false for a loopback host';
  }
  if (status === 401) {
    return tried === 'no credentials'
      ? `tried with ${tried}: give username and password, or log in with docker login ${registry}`
      : `tried with ${tried}: check that they are right, for this registry, and not expired`;
  }
  if (status === 403 && registry === 'ghcr.io') {
    return access === 'push'
      ? `a workflow needs "permissions: packages: write", and a package that exists has to let this repository write (package settings, Manage Actions access); tried with ${tried}`
      : `a workflow needs "permissions: packages: read"; tried with ${tried}`;
  }
  if (status === 403) return `to ${access} ${repository} needs more rights; tried with ${tried}`;
  if (status === 404 && isElastic(registry)) {
    return `on ECR the repository has to exist: aws ecr create-repository --repository-name ${repository}`;
  }
  if (status === 404 && (said === '' || codes.includes('NAME_UNKNOWN'))) {
    return `is there a repository ${repository} on ${registry}, and may it be seen with ${tried}?`;
  }
  if (status === 413) return 'the registry, or a proxy before it, limits the size of an upload';
  if (status >= 300 && status < 400) return 'redirects that lead nowhere';
  return '';
}
