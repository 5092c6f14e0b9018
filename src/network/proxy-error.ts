import { type ErrorCode, systemCode } from '../errors.ts';
import { isUntrusted } from './http/connection-hint.ts';
import { HttpError } from './http/error.ts';
import { handshakeHint, isNoTls, isRefusedHandshake, plainReason } from './http/handshake.ts';
import type { ProxyServer } from './proxy.ts';

/** What was to be reached through a proxy, and whose fault it is if that fails for another reason than who we are. */
export interface ProxiedTarget {
  readonly url: URL;
  readonly fault: ErrorCode;
}

const transientCodes: readonly string[] = [
  ...['ECONNRESET', 'ECONNABORTED', 'EPIPE', 'ETIMEDOUT', 'EAI_AGAIN'],
  ...['UND_ERR_SOCKET', 'UND_ERR_CONNECT_TIMEOUT'],
];
const connectCodes: readonly string[] = [
  ...['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH'],
];
const transientStatuses: readonly number[] = [408, 429, 500, 502, 503, 504];

/** A proxy that cannot be connected to, or that breaks before it has opened the way. */
export function proxyUnreachable(proxy: ProxyServer, target: ProxiedTarget, cause: unknown): HttpError {
  if (cause instanceof HttpError) return cause;
  const { url, fault } = target;
  const code = systemCode(cause);
  const what = code === undefined ? 'opens no way to' : 'cannot be reached on the way to';
  const why = plainReason(cause) + (code === undefined ? '' : ` (${code})`);
  return new HttpError(
    fault,
    `the proxy ${proxy.url.host} ${what} ${url.host}: ${why}; ${hintFor(proxy, url, cause)}`,
    // What fails without a code of the system is SOCKS, whose errors hold the login.
    { ...(code !== undefined && { cause }), transient: transientCodes.includes(code ?? '') },
  );
}

/** Whether a failure is that of a connection which never stood. */
export function isConnectFailure(cause: unknown): boolean {
  const code = systemCode(cause) ?? '';
  const isTls =
    code.startsWith('ERR_TLS') || isNoTls(cause) || isRefusedHandshake(cause) || isUntrusted(code);
  return isTls || connectCodes.includes(code);
}

/** A proxy that takes too long to open the way. */
export function proxySilent(
  proxy: ProxyServer,
  { url, fault }: ProxiedTarget,
  milliseconds: number,
): HttpError {
  const what = `the proxy ${proxy.url.host} did not open a way to ${url.host} within ${milliseconds / 1_000} s`;
  return new HttpError(fault, `${what}; is it the right one in ${proxy.variable}?`, { transient: true });
}

/** A proxy that answered something else than was asked for, with an HTTP status. */
export function proxyRefused(proxy: ProxyServer, { url, fault }: ProxiedTarget, status: number): HttpError {
  const { host, protocol } = proxy.url;
  if (status === 407) {
    const advice = proxy.login
      ? `does not take the login in ${proxy.variable} (407): check it, and write special characters in it as %XX`
      : `wants a login (407): write it into ${proxy.variable}, ${protocol}//user:password@${host}`;
    return new HttpError('auth', `the proxy ${host} ${advice}`, { status });
  }
  const hint = `if ${url.hostname} is to be reached without it, name that in NO_PROXY`;
  return new HttpError(
    fault,
    `the proxy ${host} does not open a way to ${url.host}: it answered ${status}; ${hint}`,
    { status, transient: transientStatuses.includes(status) },
  );
}

function hintFor({ variable }: ProxyServer, { hostname }: URL, cause: unknown): string {
  if (isRefusedHandshake(cause)) return handshakeHint;
  if (isNoTls(cause)) return `if it speaks plain http, write http:// in ${variable}`;
  if (isUntrusted(systemCode(cause) ?? '')) return 'give the certificate of its authority as ca-certificate';
  return `correct ${variable}, or name ${hostname} in NO_PROXY`;
}
