import * as v from 'valibot';
import { type HttpRequest, type HttpResponse, readUpTo } from '../../network/http/http.ts';
import type { Credentials } from './credentials.ts';
import { parseSecretJson } from './secret-json.ts';

/** What a token is asked for, where, and by whom. */
export interface TokenRequest {
  /** From the challenge. */
  readonly realm: URL;
  readonly service: string | undefined;
  readonly scopes: readonly string[];
  readonly credentials: Credentials | undefined;
}

/** A token, and how long it is good. */
export interface Token {
  readonly value: string;
  /** In milliseconds since the epoch, a margin before its real end. */
  readonly expires: number;
}

/** distribution, "Token Authentication Specification" and "OAuth2 Token Authentication". */
const tokenSchema = v.pipe(
  v.object({
    token: v.nullish(v.string()),
    access_token: v.nullish(v.string()),
    expires_in: v.nullish(v.number()),
    issued_at: v.nullish(v.string()),
  }),
  v.check(({ token, access_token }) => Boolean(token || access_token), 'no token'),
);

const longestAnswer = 1024 * 1024;
const defaultLifetime = 60;
const longestMargin = 10;

/** GET with Basic or anonymously; an identity token goes through the form of OAuth2. */
export function tokenRequest({ realm, service, scopes, credentials }: TokenRequest): HttpRequest {
  if (credentials?.kind === 'identity') {
    const form = new URLSearchParams({
      grant_type: 'refresh_token',
      client_id: 'alba',
      refresh_token: credentials.token,
      scope: scopes.join(' '),
      ...(service !== undefined && { service }),
    });
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    return { method: 'POST', url: realm, headers, body: Buffer.from(form.toString()) };
  }
  const url = new URL(realm);
  if (service !== undefined) url.searchParams.append('service', service);
  for (const scope of scopes) url.searchParams.append('scope', scope);
  return { method: 'GET', url, headers: credentials ? { authorization: basic(credentials) } : {} };
}

/** The value of an `Authorization` header (RFC 7617). */
export function basic({ username, password }: { username: string; password: string }): string {
  return `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
}

/** The token in a token service's answer. */
export async function readToken(response: HttpResponse, milliseconds: number): Promise<Token> {
  const bytes = await readUpTo(response, longestAnswer, milliseconds);
  const { host } = response.request.url;
  const answer = parseSecretJson(tokenSchema, bytes.toString('utf8'), `the token from ${host}`);
  const lifetime = answer.expires_in && answer.expires_in > 0 ? answer.expires_in : defaultLifetime;
  const left = lifetime - ageOf(answer.issued_at, response.header('date'));
  const margin = Math.min(longestMargin, lifetime / 10);
  return {
    value: answer.token || answer.access_token || '',
    expires: Date.now() + (left - margin) * 1_000,
  };
}

/** In seconds, by the service's clock alone: ours may be wrong. */
function ageOf(issuedAt: string | null | undefined, date: string | undefined): number {
  const age = (Date.parse(date ?? '') - Date.parse(issuedAt ?? '')) / 1_000;
  return Number.isNaN(age) ? 0 : Math.max(age, 0);
}
