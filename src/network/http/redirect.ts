import { urlFrom } from './host.ts';
import { discard, type HttpRequest, type HttpResponse, type Send } from './http.ts';

const mostHops = 5;

/**
 * Follows redirects, at most so many: the one after them is the answer. Who we are is told to the first origin
 * alone (S3 answers 400 to a foreign token); what is written is not led from https to http.
 */
export async function follow(send: Send, request: HttpRequest): Promise<HttpResponse> {
  let response = await send(request);
  for (let hops = 0; hops < mostHops; hops++) {
    const next = redirected(response);
    if (!next) break;
    await discard(response);
    response = await send(next);
  }
  return response;
}

function redirected({ request, status, header }: HttpResponse): HttpRequest | undefined {
  const keepsMethod = status === 307 || status === 308;
  const isRead = request.method === 'GET' || request.method === 'HEAD';
  if (!keepsMethod && !(isRead && [301, 302, 303].includes(status))) return undefined;
  const location = header('location');
  const url = location === undefined ? undefined : urlFrom(request.url, location);
  if (!url) return undefined;
  if (!isRead && request.url.protocol === 'https:' && url.protocol !== 'https:') return undefined;
  const { authorization: _, ...anonymous } = request.headers;
  return { ...request, url, headers: url.origin === request.url.origin ? request.headers : anonymous };
}
