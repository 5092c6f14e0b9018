import { STATUS_CODES } from 'node:http';
import * as v from 'valibot';
import type { ErrorCode } from '../../errors.ts';
import { HttpError } from '../../network/http/error.ts';
import { shownUrl } from '../../network/http/host.ts';
import { type HttpResponse, readUpTo } from '../../network/http/http.ts';
import { parseRetryAfter } from '../../network/http/retry-after.ts';
import { type Context, statusHint } from './status-hint.ts';

/** distribution-spec 1.1, "Error Codes"; `details` is GitHub's and Google's token services'. */
const errorsSchema = v.object({
  errors: v.nullish(
    v.array(v.object({ code: v.nullish(v.string(), ''), message: v.nullish(v.string(), '') })),
    [],
  ),
  details: v.nullish(v.string(), ''),
});

/** What a body says of an error: the codes in upper case, and all of it in words. */
interface Said {
  readonly codes: readonly string[];
  readonly text: string;
}

const longestBody = 16 * 1024;
const longestText = 300;
const transientStatuses: readonly number[] = [408, 429, 500, 502, 503, 504];
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
  const { codes, text } = readError(body.toString('utf8'));
  const said = printable(text);
  const isLimit = status === 403 && /rate limit/i.test(said);
  const isTooEarly = request.method === 'PUT' && codes.includes(tooEarly);
  const retryAfter =
    parseRetryAfter(response.header('retry-after'), said, Date.now()) ??
    (isLimit ? secondaryLimitDelay : undefined);
  const hint = isLimit ? 'too many requests' : statusHint({ status, codes, said }, context);
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

/** The registry's own codes and messages, or the first line of what is neither JSON nor a page. */
function readError(body: string): Said {
  const parsed = v.safeParse(errorsSchema, jsonOf(body));
  if (parsed.success) {
    const { errors, details } = parsed.output;
    const texts = errors.slice(0, 3).map(({ code, message }) => [code, message].filter(Boolean).join(': '));
    const codes = errors.flatMap(({ code }) => (code ? [code.toUpperCase()] : []));
    return { codes, text: texts.join('; ') || details };
  }
  return { codes: [], text: body.startsWith('<') ? '' : (body.trim().split('\n')[0] ?? '') };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** One bounded line: what a server says must not begin a line of a log, where it could be a command. */
function printable(text: string): string {
  const line = text.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').trim();
  return line.length > longestText ? `${line.slice(0, longestText)}…` : line;
}
