import { systemCode } from '../../errors.ts';

/** What an error says of the request it tells about. */
export interface Context {
  readonly registry: string;
  readonly repository: string;
  readonly access: 'pull' | 'push';
  /** Which credentials were sent, in words. */
  readonly tried: string;
}

const untrusted: readonly string[] = [
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
];

const elastic = /^(?:public\.ecr\.aws|.+\.dkr\.ecr(?:-fips)?\..+\.amazonaws\.com(?:\.cn)?)$/;

/** What to do about a connection that failed. */
export function connectionHint(cause: unknown, url: URL, registry: string): string {
  const code = systemCode(cause) ?? '';
  if (code.startsWith('ERR_SSL') || code === 'EPROTO') {
    return 'if the registry speaks plain http, add ?plain-http=true';
  }
  if (untrusted.includes(code)) return 'give the certificate of its authority as ca-certificate';
  if (code === 'ECONNREFUSED') return `is a server listening at ${url.host}?`;
  if (code === 'ENOTFOUND') return 'check the name of the registry';
  if (elastic.test(registry)) return 'on ECR the repository has to exist before it is pushed to';
  return '';
}

/** What to do about an answer that refused. */
export function statusHint(status: number, said: string, context: Context): string {
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
  if (status === 404 && elastic.test(registry)) {
    return `on ECR the repository has to exist: aws ecr create-repository --repository-name ${repository}`;
  }
  if (status === 404 && /^$|NAME_UNKNOWN/i.test(said)) {
    return `is there a repository ${repository} on ${registry}, and may it be seen with ${tried}?`;
  }
  if (status === 413) return 'the registry, or a proxy before it, limits the size of an upload';
  if (status >= 300 && status < 400) return 'redirects that lead nowhere';
  return '';
}
