import { messageOf, systemCode } from '../../errors.ts';

/** What to do where a server {@link isRefusedHandshake refuses} who we are, or that we are nobody. */
export const handshakeHint =
  'it refuses the TLS handshake: if it wants to know who we are, give client-certificate and client-key, of an authority that it trusts';

/** Alerts about certificates of the client (RFC 8446, 6.2; handshake_failure is what TLS 1.2 says where there is none). */
const alerts: ReadonlySet<string> = new Set(['40', '42', '43', '44', '45', '46', '48', '49', '116']);

/** Whether a connection failed with an alert of TLS that is about who we are. It will again. */
export function isRefusedHandshake(cause: unknown): boolean {
  const [, alert] = /SSL alert number (\d+)/.exec(messageOf(cause)) ?? [];
  return alert !== undefined && alerts.has(alert);
}

/** Whether a connection failed because the other end does not speak TLS. */
export function isNoTls(cause: unknown): boolean {
  const code = systemCode(cause) ?? '';
  return (code.startsWith('ERR_SSL') || code === 'EPROTO') && !/SSL alert number/.test(messageOf(cause));
}

/** Node's advice to trust the system's authorities, as we do. */
const advice = /; if the root CA is installed locally, .*$/;

/** What OpenSSL says of a failure without its own addresses, files and lines: `tlsv1 alert unknown ca`; else all of it. */
export function plainReason(cause: unknown): string {
  const text = messageOf(cause).replace(/\s+/g, ' ').replace(advice, '').trim();
  return /:SSL routines:[^:]*:([^:]+):/.exec(text)?.[1] ?? text;
}
