import { open } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { digestOf } from '../oci/digest.ts';
import { maxManifestSize } from '../oci/manifest.ts';
import { printable } from '../progress/format.ts';
import { embeddedMediaType } from '../repository/static/embedded-media-type.ts';
import { kindOfKey, pingKeys, rootFolder } from '../repository/static/keys.ts';
import { encodeKey } from '../storage/encode-key.ts';
import { isDocumentKey, servedContentType } from './content-type.ts';
import { findFile } from './find-file.ts';
import { parseRange } from './range.ts';
import { answerAsRegistry, type MadeAnswer } from './registry-answer.ts';

/** Answers one request for what is below `root`, a real path; `offers` are the lines that tell what that is. */
export async function respond(
  root: string,
  offers: () => Promise<string[]>,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  response.setHeader('Docker-Distribution-Api-Version', 'registry/2.0');
  response.setHeader('X-Content-Type-Options', 'nosniff');
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    response.setHeader('Allow', 'GET, HEAD');
    return sendError(
      response,
      405,
      'UNSUPPORTED',
      `${request.method} is not supported: this server only reads`,
    );
  }
  const key = keyOf(request.url ?? '');
  const query = new URLSearchParams(request.url?.split('?', 2)[1]);
  if (key === undefined) return sendError(response, 400, 'UNSUPPORTED', 'the path is malformed');
  const isPing = key === rootFolder || key === pingKeys.rest;
  if (isPing) return sendBytes(response, 200, 'application/json', Buffer.from('{}'));
  const made = await answerAsRegistry(root, key, query);
  if (made) return sendMade(response, made);
  const answer = await findFile(root, key);
  if (!answer && key === '') return sendOffers(response, await offers());
  if (!answer) return sendError(response, 404, unknownCode(key), `there is no ${key}`);
  if ('file' in answer) return sendFile(request, response, key, answer.file);
  response.setHeader('Location', encodeKey(answer.redirect));
  sendBytes(response, 301, 'text/plain', Buffer.alloc(0));
}

/** The decoded path without its first slash. Undefined when it cannot be read. */
function keyOf(target: string): string | undefined {
  const path = target.replace(/^https?:\/\/[^/]*/i, '').replace(/[?#].*$/s, '');
  try {
    return path.startsWith('/') ? decodeURIComponent(path.slice(1)) : undefined;
  } catch {
    return undefined;
  }
}

/** For who looks at the root, where the trees have nothing. */
function sendOffers(response: ServerResponse, offers: readonly string[]): void {
  const text = ['alba serves what a file:// target made. To be had here:', '', ...offers, ''].join('\n');
  sendBytes(response, 200, 'text/plain; charset=utf-8', Buffer.from(text));
}

async function sendFile(
  request: IncomingMessage,
  response: ServerResponse,
  key: string,
  path: string,
): Promise<void> {
  // Opened once: a publisher may put another file there while this one is sent.
  await using file = await open(path);
  const { size } = await file.stat();
  if (isDocumentKey(key) && size <= maxManifestSize)
    return sendDocument(response, key, await file.readFile());
  response.setHeader('Content-Type', servedContentType(key, path));
  response.setHeader('Accept-Ranges', 'bytes');
  const range = parseRange(request.headers.range, size);
  if (range === 'unsatisfiable') {
    response.setHeader('Content-Range', `bytes */${size}`);
    return sendError(response, 416, 'UNSUPPORTED', `${key} has ${size} bytes`);
  }
  const { start, end } = range ?? { start: 0, end: size - 1 };
  if (range) response.setHeader('Content-Range', `bytes ${start}-${end}/${size}`);
  response.writeHead(range ? 206 : 200, { 'Content-Length': end - start + 1 });
  if (request.method === 'HEAD' || size === 0) response.end();
  else await pipeline(file.createReadStream({ start, end, autoClose: false }), response);
}

/** Clients compare the type in the header with the one in the document, and take it bare. */
function sendDocument(response: ServerResponse, key: string, bytes: Buffer): void {
  response.setHeader('Docker-Content-Digest', digestOf(bytes));
  sendBytes(response, 200, typeOfDocument(bytes, key), bytes);
}

/** What a browser does not show as a page, and a header can hold. */
const documentType = /^application\/[\w.+-]+$/;

function typeOfDocument(bytes: Buffer, key: string): string {
  try {
    const type = embeddedMediaType(bytes, key);
    if (documentType.test(type)) return type;
  } catch {
    // Told as what it is: bytes.
  }
  return 'application/octet-stream';
}

function unknownCode(key: string): string {
  const kind = kindOfKey(key);
  if (kind === 'manifest') return 'MANIFEST_UNKNOWN';
  return kind === 'blob' ? 'BLOB_UNKNOWN' : 'NAME_UNKNOWN';
}

/** distribution-spec, "Error Codes". */
export function sendError(response: ServerResponse, status: number, code: string, message: string): void {
  const bytes = Buffer.from(JSON.stringify({ errors: [{ code, message }] }));
  sendBytes(response, status, 'application/json', bytes);
}

function sendMade(response: ServerResponse, { headers, bytes }: MadeAnswer): void {
  response.writeHead(200, { ...headers, 'Content-Length': bytes.length });
  response.end(bytes);
}

/** Answers a request for a host that is not this machine (RFC 9110, 15.5.20). */
export function refuseHost(response: ServerResponse, host: string): void {
  const what = `this server does not answer for "${printable(host)}"`;
  sendError(response, 421, 'DENIED', `${what}: if it is to, start it with --allowed-hosts and that name`);
}

/** Node leaves the body out where the request was a HEAD. */
function sendBytes(response: ServerResponse, status: number, contentType: string, bytes: Buffer): void {
  response.writeHead(status, { 'Content-Type': contentType, 'Content-Length': bytes.length });
  response.end(bytes);
}
