import { AlbaError } from '../errors.ts';
import { shownUrl } from '../network/http/host.ts';
import { discard, type HttpResponse, readUpTo } from '../network/http/http.ts';
import type { HttpClient } from './http-client.ts';
import { maxWholeRead, readSized, readSmall } from './sized.ts';
import type { ListOptions, ObjectHeaders, StoredObject, Upload } from './storage.ts';

/** How files are brought to a kind of web server, and told of by it. */
export interface HttpWriter {
  /**
   * Why it cannot be told without writing whether files are taken in; undefined where the server says that they are. An AlbaError where
   * it says that they are not.
   */
  doubt(): Promise<string | undefined>;
  /** All or nothing, as the server keeps to that. */
  put(key: string, upload: Upload, headers: ObjectHeaders): Promise<void>;
  /** In any order; an UnlistedError where the server cannot tell. */
  list(prefix: string, options: ListOptions): Promise<StoredObject[]>;
  /** Of a key that is there. An AlbaError of the code `auth` where the server deletes nothing. */
  delete(key: string): Promise<void>;
}

/** What a writer is made of. */
export interface WriterOptions {
  readonly client: HttpClient;
  /** The URL of a key. */
  readonly urlOf: (key: string) => URL;
  /** For messages: the URL that keys come behind. */
  readonly url: string;
}

/** A file on its way. */
export interface SentFile {
  readonly key: string;
  readonly upload: Upload;
  readonly headers: Readonly<Record<string, string>>;
}

/** Sends a file with PUT (RFC 9110, 9.3.4), and gives the answer, read. What is large is read anew by each attempt. */
export async function putFile(
  client: HttpClient,
  url: URL,
  { key, upload, headers }: SentFile,
  isExpected?: (response: HttpResponse) => boolean,
): Promise<HttpResponse> {
  const body =
    upload.size <= maxWholeRead
      ? await readSmall(upload, key)
      : { size: upload.size, open: () => readSized(upload, key) };
  const response = await client.ask({ method: 'PUT', url, headers, body }, isExpected);
  await discard(response);
  return response;
}

/** Deletes a file with DELETE (RFC 9110, 9.3.5); that it is gone already is no error. */
export async function deleteFile({ client, urlOf, url }: WriterOptions, key: string): Promise<void> {
  const isExpected = ({ status }: HttpResponse): boolean => [404, 405, 410, 501].includes(status);
  const response = await client.ask({ method: 'DELETE', url: urlOf(key) }, isExpected);
  await discard(response);
  if (response.status !== 405 && response.status !== 501) return;
  throw new AlbaError(
    'auth',
    `${url} keeps what it has: the server deletes nothing (it answered ${response.status} to DELETE ${key}); delete where it is kept`,
  );
}

/** The whole of an answer that tells of many files; an AlbaError where it is longer than so many bytes. */
export async function readList(
  { timeouts }: HttpClient,
  response: HttpResponse,
  limit: number,
): Promise<Buffer> {
  const bytes = await readUpTo(response, limit, timeouts.upload);
  if (bytes.length <= limit) return bytes;
  const { method, url } = response.request;
  throw new AlbaError('target', `${method} ${shownUrl(url)} tells of more than ${limit} bytes of files`);
}

/** The headers of a file that a server is told. */
export function fileHeaders({ contentType }: ObjectHeaders): Record<string, string> {
  return contentType === undefined ? {} : { 'content-type': contentType };
}
