import { RegistryError } from './error.ts';
import { shownUrl, urlFrom } from './host.ts';
import { discard, type Request, type Response, type Send } from './http.ts';

const mostHops = 5;

/** Follows redirects; who we are is told to the first origin alone (S3 answers 400 to a foreign token). */
export async function follow(send: Send, request: Request): Promise<Response> {
  let current = request;
  for (let hops = 0; ; hops++) {
    const response = await send(current);
    const next = redirected(response);
    if (!next) return response;
    await discard(response);
    if (hops === mostHops) {
      throw new RegistryError(
        'target',
        `${request.method} ${shownUrl(request.url)}: more than ${mostHops} redirects, the last one to ${shownUrl(next.url)}`,
      );
    }
    current = next;
  }
}

function redirected({ request, status, header }: Response): Request | undefined {
  const keepsMethod = status === 307 || status === 308;
  const isRead = request.method === 'GET' || request.method === 'HEAD';
  if (!keepsMethod && !(isRead && [301, 302, 303].includes(status))) return undefined;
  const location = header('location');
  const url = location === undefined ? undefined : urlFrom(request.url, location);
  if (!url) return undefined;
  const { authorization: _, ...anonymous } = request.headers;
  return { ...request, url, headers: url.origin === request.url.origin ? request.headers : anonymous };
}
