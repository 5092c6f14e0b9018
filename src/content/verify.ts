import { createHash } from 'node:crypto';
import { pipeline, Transform } from 'node:stream';
import { AlbaError, type ErrorCode } from '../errors.ts';
import type { Descriptor } from '../oci/descriptor.ts';
import { type Digest, digestOf } from '../oci/digest.ts';
import { maxManifestSize } from '../oci/manifest.ts';
import type { Blob, Open } from './content.ts';

/** What bytes have to be: their digest, and their length in bytes. */
export type Expected = Pick<Descriptor, 'digest' | 'size'>;

/**
 * Passes bytes on and fails, in place of the end, unless they were what the descriptor says.
 * `origin` begins the sentence of the error; `code` tells whose bytes they are.
 */
export function verify(expected: Expected, origin: string, code: ErrorCode = 'source'): Transform {
  const hash = createHash('sha256');
  let size = 0;
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      size += chunk.length;
      hash.update(chunk);
      if (size > expected.size) done(new AlbaError(code, tooLong(expected, origin)));
      else done(null, chunk);
    },
    flush(done) {
      const found = { digest: `sha256:${hash.digest('hex')}` as Digest, size };
      done(isSame(expected, found) ? null : new AlbaError(code, differs(expected, found, origin)));
    },
  });
}

/** Opens bytes so that their end is only reached when they were what the descriptor says, as {@link verify} does it. */
export function openVerified(open: Open, expected: Expected, origin: string): Open {
  // Who reads the result sees the error; nobody else waits for this pipeline.
  return async () => pipeline(await open(), verify(expected, origin), () => {});
}

/** Compares what was found with what should be there, as {@link verify} does for a stream. */
export function assertSame(
  expected: Expected,
  found: Expected,
  origin: string,
  code: ErrorCode = 'source',
): void {
  if (!isSame(expected, found)) throw new AlbaError(code, differs(expected, found, origin));
}

/** All bytes of a small document (a manifest, a config), at most `limit` of them, unverified. */
export async function readCapped(
  open: Open,
  origin: string,
  code: ErrorCode = 'source',
  limit: number = maxManifestSize,
): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of await open()) {
    size += (chunk as Buffer).length;
    if (size > limit) throw new AlbaError(code, tooLarge(origin, limit));
    chunks.push(chunk as Buffer);
  }
  return Buffer.concat(chunks);
}

/** All bytes of a small document, at most {@link maxManifestSize} of them, verified. */
export async function readDocument(blob: Blob, origin: string, code: ErrorCode = 'source'): Promise<Buffer> {
  const { descriptor, open } = blob;
  if (descriptor.size > maxManifestSize) throw new AlbaError(code, tooLarge(origin, maxManifestSize));
  const bytes = await readCapped(open, origin, code);
  assertSame(descriptor, { digest: digestOf(bytes), size: bytes.length }, origin, code);
  return bytes;
}

function isSame(expected: Expected, found: Expected): boolean {
  return expected.digest === found.digest && expected.size === found.size;
}

function differs(expected: Expected, found: Expected, origin: string): string {
  return expected.size === found.size
    ? `${origin} is damaged: its digest is ${found.digest}, expected ${expected.digest}`
    : `${origin} is damaged: it has ${found.size} bytes, expected ${expected.size}`;
}

function tooLong(expected: Expected, origin: string): string {
  return `${origin} is damaged: it has more than the ${expected.size} bytes expected`;
}

function tooLarge(origin: string, limit: number): string {
  return `${origin} is larger than ${limit} bytes, more than such a document may have`;
}
