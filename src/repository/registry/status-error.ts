import { STATUS_CODES } from 'node:http';
import { gunzipSync } from 'node:zlib';
import type { ErrorCode } from '../../errors.ts';
import { HttpError, transientStatuses } from '../../network/http/error.ts';
import { shownUrl } from '../../network/http/host.ts';
import { type HttpResponse, readUpTo } from '../../network/http/http.ts';
import { parseRetryAfter, serverTime } from '../../network/http/retry-after.ts';
import { parseChallenges } from './challenge.ts';
import { readSaid } from './said.ts';
import { type Context, statusHint } from './status-hint.ts';

const longestBody = 16 * 1024;
const longestText = 300;
/** ghcr.io dresses its secondary limit as a 403; GitHub asks to wait a minute at the least. */
const secondaryLimitDelay = 60_000;

/**
 * Of a manifest whose blobs were stored before it: while another client stores the same ones, distribution 2.8 may
 * look between their two writings and find nothing.
 */
const tooEarly = 'MANIFEST_BLOB_UNKNOWN';

/** The error that an answer tells of; reads its body, as far as that is short and quick. */
export async function statusError(
  response: HttpResponse,
  context: Context,
  options: { readonly transient: readonly number[]; readonly milliseconds: number },
): Promise<HttpError> {
  const { request, status } = response;
  const body = await readUpTo(response, longestBody, options.milliseconds).catch(() => Buffer.alloc(0));
  const { codes, text } = readSaid(textIn(body));
  const said = printable(withoutSecrets(text, context.secrets));
  const challenges = parseChallenges(response.header('www-authenticate') ?? '');
  const isBucket = response.header('x-amz-request-id') !== undefined;
  const isLimit = status === 403 && /rate limit/i.test(said);
  const isTooEarly = request.method === 'PUT' && codes.includes(tooEarly);
  const retryAfter =
    parseRetryAfter(response.header('retry-after'), said, serverTime(response)) ??
    (isLimit ? secondaryLimitDelay : undefined);
  const hint = isLimit
    ? 'too many requests'
    : statusHint({ request, status, codes, said, isBucket, challenges }, context);
  const wait = retryAfter && retryAfter >= 1_000 ? `it asks to wait ${Math.ceil(retryAfter / 1_000)} s` : '';
  const answer = `${request.method} ${shownUrl(request.url)} answered ${status} ${STATUS_CODES[status] ?? ''}`;
  return new HttpError(
    faultOf(status, isLimit, context),
    [said ? `${answer.trim()}: ${said}` : answer.trim(), hint, wait].filter(Boolean).join('; '),
    {
      status,
      codes,
      transient: isLimit || isTooEarly || [...transientStatuses, ...options.transient].includes(status),
      ...(retryAfter !== undefined && { retryAfter }),
    },
  );
}

function faultOf(status: number, isLimit: boolean, { access }: Context): ErrorCode {
  if (!isLimit && (status === 401 || status === 403)) return 'auth';
  return access === 'pull' ? 'source' : 'target';
}

/** What a body says in UTF-8, compressed or not; nothing where it is no text. */
function textIn(body: Buffer): string {
  const isGzip = body[0] === 0x1f && body[1] === 0x8b;
  try {
    const bytes = isGzip ? gunzipSync(body, { maxOutputLength: longestBody }) : body;
    return new TextDecoder('utf-8', { fatal: isGzip || body.length < longestBody }).decode(bytes);
  } catch {
    return '';
  }
}

/** One bounded line: what a server says must not begin a line of a log, where it could be a command. */
function printable(text: string): string {
  const line = text.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').trim();
  return line.length > longestText ? `${line.slice(0, longestText)}…` : line;
}

const shortestSecret = 4;

/** Without what we sent as a secret, and what looks like one: logins and queries of URLs, headers, tokens. */
function withoutSecrets(text: string, secrets: readonly string[]): string {
  const ours = secrets.filter((secret) => secret.length >= shortestSecret);
  return ours
    .reduce((rest, secret) => rest.replaceAll(secret, '***'), text)
    .replace(/\b(https?:\/\/)(?:[^\s/@]*@)?([^\s?"'#]*)(?:[?#][^\s"']*)?/gi, '$1$2')
    .replace(/\b(Basic|Bearer)\s+(?!realm\b|\*\*\*)[\w+/=.~-]{8,}/g, '$1 ***');
}
