import { systemCode } from '../../errors.ts';
import { isLoopbackHost } from '../address.ts';
import { handshakeHint, isNoTls, isRefusedHandshake } from './handshake.ts';

const untrusted: readonly string[] = [
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
];

/** Whether a system code says that nobody known vouches for a certificate. */
export function isUntrusted(code: string): boolean {
  return untrusted.includes(code);
}

/** Whether a system code says that the other end does not speak plain http: it answers in TLS, or hangs up. */
function isNoHttp(code: string): boolean {
  return code.startsWith('HPE_INVALID') || code === 'ECONNRESET' || code === 'UND_ERR_SOCKET';
}

/** How a registry is reached by https that is reached by plain http now. */
export function secureRemedy(url: URL): string {
  return isLoopbackHost(url.hostname) ? 'add ?plain-http=false' : 'remove ?plain-http=true';
}

/**
 * What to do about a connection that failed, to a server that has answered before or not: a registry, whose addresses leave open
 * how it is spoken to, or one whose addresses do not.
 */
export function connectionHint(
  cause: unknown,
  url: URL,
  registry: string,
  hasAnswered = false,
  noun: 'registry' | 'server' = 'registry',
): string {
  const code = systemCode(cause) ?? '';
  const isRegistry = noun === 'registry';
  if (url.protocol === 'http:' && url.host === registry && !hasAnswered && isNoHttp(code)) {
    return `if the ${noun} speaks https, ${isRegistry ? secureRemedy(url) : 'write https://'}`;
  }
  if (isRefusedHandshake(cause)) return handshakeHint;
  if (isNoTls(cause)) {
    return `if the ${noun} speaks plain http, ${isRegistry ? 'add ?plain-http=true' : 'write http://'}`;
  }
  if (isUntrusted(code)) return 'give the certificate of its authority as ca-certificate';
  if (code === 'ECONNREFUSED') return `is a server listening at ${url.host}?`;
  if (code === 'ENOTFOUND') return `check the name of the ${noun}`;
  if (isElastic(registry)) return 'on ECR the repository has to exist before it is pushed to';
  return '';
}

const elastic = /^(?:public\.ecr\.aws|.+\.dkr\.ecr(?:-fips)?\..+\.amazonaws\.com(?:\.cn)?)$/;

/** Whether a registry is Amazon's ECR, public or private, which makes no repository by itself. */
export function isElastic(registry: string): boolean {
  return elastic.test(registry);
}
