import { STATUS_CODES } from 'node:http';
import * as v from 'valibot';
import type { ErrorCode } from '../errors.ts';
import { HttpError, transientStatuses } from '../network/http/error.ts';
import { shownUrl } from '../network/http/host.ts';
import { type HttpResponse, readUpTo } from '../network/http/http.ts';
import { parseRetryAfter, serverTime } from '../network/http/retry-after.ts';
import { printable } from '../progress/format.ts';

/** What an error says of who we were, and of whose fault it is. */
interface Tried {
  /** Where the login is from that was sent; undefined where there was none. */
  readonly login: string | undefined;
  /** What is in no message, whoever says it. */
  readonly secrets: readonly string[];
  /** Where one was looked for and not found, in words. */
  readonly missed: readonly string[];
  readonly fault: ErrorCode;
  /** How long is waited for what the server says of it. */
  readonly milliseconds: number;
}

/** In bytes: what is read of a server's words. */
const mostWords = 16 * 1024;

/** In letters: what is told of them. */
const mostTold = 300;

/** What each status says of a write, as far as that is not plain. */
const hintsOfWrites: Readonly<Record<number, string>> = {
  400: 'is it that what is there may not be written over (Nexus: redeploy, GitLab: duplicates)? Documents of a release have to be',
  405: 'the server does not do that there',
  409: 'is a folder of it missing, or something else in its place?',
  413: 'the server takes no file of that size (client_max_body_size, LimitRequestBody, or that of a proxy before it)',
  423: 'somebody holds a lock there',
  500: 'a folder of it may be missing: nginx makes them with create_full_put_path',
  501: 'the server does not do that',
  507: 'the server has no room left',
};

/** Whether a server wants a name and a password (RFC 7617). */
export function isAskedForPassword(response: HttpResponse): boolean {
  return response.status === 401 && /(?:^|,)\s*basic\b/i.test(challengeOf(response));
}

/** The error that an answer tells of, with what the server says in JSON. What it says else is a page, which is not told. */
export async function refusalOf(response: HttpResponse, tried: Tried): Promise<HttpError> {
  const { request, status } = response;
  const answer = `${request.method} ${shownUrl(request.url)} answered ${status} ${STATUS_CODES[status] ?? ''}`;
  const retryAfter = parseRetryAfter(response.header('retry-after'), '', serverTime(response));
  const said = await wordsOf(response, tried.milliseconds);
  const words = tried.secrets.some((secret) => said.includes(secret)) ? '' : said;
  return new HttpError(
    status === 401 || status === 403 ? 'auth' : tried.fault,
    [words ? `${answer.trim()}: ${words}` : answer.trim(), hintOf(response, tried)]
      .filter(Boolean)
      .join('; '),
    {
      status,
      transient: transientStatuses.includes(status),
      ...(retryAfter !== undefined && { retryAfter }),
    },
  );
}

const wordsSchema = v.looseObject({
  message: v.optional(v.unknown()),
  error: v.optional(v.unknown()),
  errors: v.fallback(v.optional(v.array(v.looseObject({ message: v.optional(v.unknown()) })), []), []),
});

/** Artifactory: `{"errors":[{"message"}]}`; GitLab: `{"message"}` or `{"error"}`. */
async function wordsOf(response: HttpResponse, milliseconds: number): Promise<string> {
  if (!/^application\/json\b/i.test(response.header('content-type') ?? '')) {
    response.body.on('error', () => {}).destroy();
    return '';
  }
  try {
    const text = (await readUpTo(response, mostWords, milliseconds)).toString();
    const { message, error, errors } = v.parse(wordsSchema, JSON.parse(text));
    const words = [message, error, ...errors.map((one) => one.message)].find(
      (one): one is string => typeof one === 'string' && one !== '',
    );
    return printable((words ?? '').slice(0, mostTold));
  } catch {
    return '';
  }
}

function hintOf(response: HttpResponse, { login, missed }: Tried): string {
  const { request, status } = response;
  const how = login === undefined ? 'without a login' : `with ${login}`;
  const isRead = request.method === 'GET' || request.method === 'HEAD';
  if (status === 401 && /(?:^|,)\s*bearer\b/i.test(challengeOf(response)) && !isAskedForPassword(response)) {
    return `it wants a token, as registries do: if it is one, write docker://${request.url.host}/…`;
  }
  if (status === 401 && login !== undefined) return `tried ${how}: check that it is right, for this server`;
  if (status === 401) {
    const looked = missed.length > 0 ? `; looked in ${missed.join(', ')}` : '';
    return `give username and password${looked}`;
  }
  if (status === 403) {
    return `tried ${how}: ${isRead ? 'is it there, and may it be read?' : 'may it write there?'}`;
  }
  if (status === 400 && isRead && request.url.protocol === 'http:')
    return 'if the server speaks https, write https://';
  if (status >= 300 && status < 400) return isRead ? 'redirects that lead nowhere' : leadsTo(response);
  return isRead ? '' : (hintsOfWrites[status] ?? '');
}

/** What is written is not sent elsewhere unasked. */
function leadsTo({ request, header }: HttpResponse): string {
  const location = header('location') ?? '';
  if (!URL.canParse(location, request.url.href)) return 'a redirect that leads nowhere';
  return `it leads to ${shownUrl(new URL(location, request.url))}, which what is written does not follow: if that is right, name it`;
}

function challengeOf(response: HttpResponse): string {
  return response.header('www-authenticate') ?? '';
}
