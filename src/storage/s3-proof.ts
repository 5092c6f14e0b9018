import { createHash, getFips } from 'node:crypto';
import type { Digest } from '../oci/digest.ts';
import { partSizeOf } from './s3-multipart.ts';
import type { Upload } from './storage.ts';

/** What a server has worked out of an object's bytes when they were stored. */
export interface Checksum {
  /** Undefined where none is kept, or none of the whole: that of an upload in parts may be one of digests. */
  readonly digest: Digest | undefined;
  /** Whether the ETag is made of something else than the bytes, as with a key of AWS KMS. */
  readonly isHidden: boolean;
}

interface Answer {
  readonly ChecksumSHA256?: string | undefined;
  readonly ServerSideEncryption?: string | undefined;
}

/** What an answer says of an object; nothing where there is none. */
export function checksumOf(answer: Answer | undefined): Checksum {
  const isHidden = answer?.ServerSideEncryption?.startsWith('aws:kms') === true;
  return { digest: digestIn(answer), isHidden };
}

/** The digest in an answer of S3, which has it in base64. */
export function digestIn(answer: Answer | undefined): Digest | undefined {
  const text = answer?.ChecksumSHA256 ?? '';
  return /^[A-Za-z0-9+/]{43}=$/.test(text)
    ? `sha256:${Buffer.from(text, 'base64').toString('hex')}`
    : undefined;
}

/**
 * Whether an ETag is the MD5 of these bytes or, of an upload in parts as we make them, that of the MD5s of the parts. That
 * is no digest to trust a stranger's bytes by, but nobody makes other bytes with the MD5 of given ones.
 */
export async function isMd5Of(etag: string | undefined, { size, open }: Upload): Promise<boolean> {
  const [, expected, count] = /^"?([0-9a-f]{32})(?:-(\d+))?"?$/.exec(etag ?? '') ?? [];
  if (expected === undefined || getFips() === 1) return false;
  const partSize = count === undefined ? Number.POSITIVE_INFINITY : partSizeOf(size);
  if (count !== undefined && Number(count) !== Math.ceil(size / partSize)) return false;
  const parts = await md5OfParts(open(), partSize);
  const found = count === undefined ? parts : createHash('md5').update(parts).digest();
  return found.toString('hex') === expected;
}

/** One behind the other. */
async function md5OfParts(bytes: AsyncIterable<Uint8Array>, partSize: number): Promise<Buffer> {
  const digests: Buffer[] = [];
  let hash = createHash('md5');
  let left = partSize;
  for await (const chunk of bytes) {
    let at = 0;
    while (chunk.length - at > left) {
      digests.push(hash.update(chunk.subarray(at, at + left)).digest());
      at += left;
      hash = createHash('md5');
      left = partSize;
    }
    hash.update(chunk.subarray(at));
    left -= chunk.length - at;
  }
  return Buffer.concat([...digests, hash.digest()]);
}
