import { createHmac, hash } from 'node:crypto';

/** Who signs, and for which part of the world. */
export interface Signer {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string | undefined;
  readonly region: string;
}

/** A request whose bytes are known. */
export interface Signable {
  readonly method: string;
  /** Encoded, as it is sent. */
  readonly path: string;
  /** Names and values, encoded, by name; nothing where there is none. */
  readonly query?: string;
  /** Names in lower case, with `host`. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

const algorithm = 'AWS4-HMAC-SHA256';
/** Of one signer for one day; making one costs more than a signature does. */
const keys = new Map<string, Buffer>();
const maxKeys = 16;

/** The headers of a request with its signature (AWS Signature Version 4, "Create a signed request"). */
export function sign(request: Signable, signer: Signer, now: Date): Record<string, string> {
  const time = now.toISOString().replace(/[-:]|\.\d+/g, '');
  const scope = `${time.slice(0, 8)}/${signer.region}/s3/aws4_request`;
  const contentDigest = sha256(request.body);
  const headers: Record<string, string> = {
    ...request.headers,
    'x-amz-content-sha256': contentDigest,
    'x-amz-date': time,
    ...(signer.sessionToken && { 'x-amz-security-token': signer.sessionToken }),
  };
  const names = Object.keys(headers).sort();
  const lines = names.map((name) => `${name}:${(headers[name] ?? '').trim().replace(/ +/g, ' ')}\n`);
  const signed = names.join(';');
  const canonical = [
    ...[request.method, request.path, request.query ?? ''],
    ...[lines.join(''), signed, contentDigest],
  ].join('\n');
  const text = [algorithm, time, scope, sha256(canonical)].join('\n');
  const signature = hmac(keyOf(signer, time.slice(0, 8)), text).toString('hex');
  const credential = `${signer.accessKeyId}/${scope}`;
  headers.authorization = `${algorithm} Credential=${credential}, SignedHeaders=${signed}, Signature=${signature}`;
  return headers;
}

function keyOf({ secretAccessKey, region }: Signer, day: string): Buffer {
  const id = `${day} ${region} ${secretAccessKey}`;
  const known = keys.get(id);
  if (known) return known;
  if (keys.size >= maxKeys) keys.clear();
  const key = [day, region, 's3', 'aws4_request'].reduce<string | Buffer>(hmac, `AWS4${secretAccessKey}`);
  keys.set(id, key as Buffer);
  return key as Buffer;
}

function hmac(key: string | Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest();
}

function sha256(data: string | Uint8Array): string {
  return hash('sha256', data, 'hex');
}
