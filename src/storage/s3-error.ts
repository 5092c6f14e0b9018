import * as v from 'valibot';
import { AlbaError, messageOf, systemCode } from '../errors.ts';
import { isUntrusted } from '../network/http/connection-hint.ts';
import { passesAfter } from '../network/http/error.ts';
import { handshakeHint, isRefusedHandshake, plainReason } from '../network/http/handshake.ts';
import { formatDuration } from '../progress/format.ts';
import type { S3Location } from './s3-location.ts';

/** What was asked of the server, in words and as the right that it takes. */
export interface S3Request {
  /** `write v2/app/tags/list`. */
  readonly what: string;
  /** `s3:PutObject`. */
  readonly right: string;
}

/** The code that an S3 server or the SDK gives an error. */
export function codeOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.name : '';
}

/** The status of the answer, if there was one. */
export function s3StatusOf(thrown: unknown): number | undefined {
  const metadata = (thrown as { $metadata?: { httpStatusCode?: number } } | undefined)?.$metadata;
  return metadata?.httpStatusCode;
}

/** Whether the same request may succeed a little later. */
export function isTransient(thrown: unknown): boolean {
  if (thrown instanceof AlbaError) return passesAfter(thrown) !== undefined;
  const status = s3StatusOf(thrown);
  return (
    (status !== undefined && (status >= 500 || status === 429 || status === 408) && status !== 501) ||
    transientCodes.has(codeOf(thrown)) ||
    transientCodes.has(systemCode(thrown) ?? '')
  );
}

const transientCodes: ReadonlySet<string> = new Set([
  ...['RequestTimeout', 'RequestTimeTooSkewed', 'SlowDown', 'TooManyRequests', 'Throttling'],
  ...['ThrottlingException', 'OperationAborted', 'ConditionalRequestConflict', 'TimeoutError'],
  ...['ECONNRESET', 'ECONNABORTED', 'EPIPE', 'ETIMEDOUT', 'EAI_AGAIN'],
]);

const badKeys: ReadonlySet<string> = new Set([
  'InvalidAccessKeyId',
  'SignatureDoesNotMatch',
  'InvalidToken',
  'ExpiredToken',
  'TokenRefreshRequired',
]);

/** What the SDK did not find, by its own failure; a profile that is named may be why. */
export function lackingOf(cause: unknown): 'credentials' | 'region' | undefined {
  if (codeOf(cause) === 'CredentialsProviderError') return 'credentials';
  return /region is missing|region=""/i.test(messageOf(cause)) ? 'region' : undefined;
}

/** A failure as a sentence: what failed, why, and what to do. The server's own words only where we have none. */
export function s3Error(request: S3Request, location: S3Location, cause: unknown): AlbaError {
  if (cause instanceof AlbaError) return cause;
  const { code, why } = explain(request, location, cause);
  const what = lackingOf(cause) ? location.url : `cannot ${request.what} in ${location.url}`;
  return new AlbaError(code, `${what}: ${why}`, { cause });
}

type Explanation = { readonly code: 'auth' | 'target' | 'usage'; readonly why: string };

function explain({ right }: S3Request, location: S3Location, cause: unknown): Explanation {
  const code = codeOf(cause);
  const server = location.endpoint ?? 'AWS';
  if (code === 'NoSuchBucket') {
    const why = `there is no bucket "${location.bucket}" at ${server}: create it or correct the name`;
    return { code: 'target', why };
  }
  if (badKeys.has(code)) {
    const why = `${server} does not know the access key or its secret (${code}): check AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_SESSION_TOKEN, or the profile`;
    return { code: 'auth', why };
  }
  if (code === 'RequestTimeTooSkewed') return explainClock(server, cause);
  if (lackingOf(cause) === 'credentials') {
    const why =
      'no credentials were found; set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or name a ?profile=, or say ?anonymous=true';
    return { code: 'auth', why };
  }
  return explainPlace(location, cause) ?? explainAnswer(right, location, cause);
}

const answerSchema = v.object({ $response: v.object({ headers: v.object({ date: v.string() }) }) });

/** A server that takes no signature of another time than its own. */
function explainClock(server: string, cause: unknown): Explanation {
  const answer = v.safeParse(answerSchema, cause);
  const off = answer.success ? Date.parse(answer.output.$response.headers.date) - Date.now() : Number.NaN;
  const how = Number.isNaN(off)
    ? 'not that'
    : `${formatDuration(Math.abs(off))} ${off > 0 ? 'behind' : 'ahead of'} that`;
  return {
    code: 'auth',
    why: `the clock of this machine is ${how} of ${server} (RequestTimeTooSkewed): set it`,
  };
}

/** The wrong region, the wrong endpoint, or none that answers. */
function explainPlace(location: S3Location, cause: unknown): Explanation | undefined {
  const server = location.endpoint ?? 'AWS';
  const message = messageOf(cause);
  if (lackingOf(cause) === 'region') {
    return { code: 'usage', why: 'no region is given; add ?region= to the URL or set AWS_REGION' };
  }
  const region = ['AuthorizationHeaderMalformed', 'PermanentRedirect', 'IllegalLocationConstraintException'];
  if (region.includes(codeOf(cause)) || s3StatusOf(cause) === 301) {
    const named = (cause as { Region?: string }).Region ?? /expecting '([\w-]+)'/.exec(message)?.[1];
    const hint = named ? `it is in "${named}"` : 'the bucket is in another one';
    return { code: 'target', why: `the region is wrong, ${hint}: correct ?region= or AWS_REGION` };
  }
  if (/Deserialization error/.test(message)) {
    const why = `${server} did not answer as an S3 server does: check ?endpoint=`;
    return { code: 'target', why };
  }
  if (isRefusedHandshake(cause))
    return { code: 'auth', why: `${server}: ${plainReason(cause)}; ${handshakeHint}` };
  const failed = systemCode(cause) ?? (codeOf(cause) === 'TimeoutError' ? 'it does not answer' : undefined);
  if (failed === undefined) return undefined;
  return { code: 'target', why: `${server} cannot be reached (${failed})${placeHint(failed, location)}` };
}

function placeHint(failed: string, { bucket, endpoint, pathStyle }: S3Location): string {
  if (failed === 'ENOTFOUND' && endpoint && !pathStyle) {
    const host = `${bucket}.${new URL(endpoint).host}`;
    return `: there may be no host ${host}; add ?s3ForcePathStyle=true to name the bucket in the path`;
  }
  if (isUntrusted(failed)) return ': give the certificate of its authority as ca-certificate';
  if (/^(EPROTO|ERR_SSL)/.test(failed)) return ': if it speaks plain http, write ?endpoint=http://…';
  return '';
}

function explainAnswer(right: string, { endpoint }: S3Location, cause: unknown): Explanation {
  const code = codeOf(cause);
  const status = s3StatusOf(cause);
  if (status === 401 || status === 403 || code === 'AccessDenied') {
    const why = `no permission: it takes ${right}, and the right keys`;
    return { code: 'auth', why };
  }
  const server = endpoint ?? 'AWS';
  const said = code === messageOf(cause) ? code : `${code}: ${messageOf(cause)}`;
  return { code: 'target', why: `${server} answered ${status ?? ''} ${said}`.slice(0, 400) };
}

/** What was asked for, undefined where the key is missing; a missing bucket is a failure. */
export async function ifThere<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer;
  } catch (thrown) {
    if (s3StatusOf(thrown) === 404 && codeOf(thrown) !== 'NoSuchBucket') return undefined;
    throw thrown;
  }
}
