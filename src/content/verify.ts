import { createHash } from 'node:crypto';
import { AlbaError, type ErrorCode } from '../errors.ts';
import { digestOf } from '../oci/digest.ts';
import { maxManifestSize } from '../oci/manifest.ts';
import type { Blob, Measured, Open } from './content.ts';

/** Digest and size of bytes, which are read to their end; `watch` is given each chunk. */
export async function measure(
  bytes: AsyncIterable<Uint8Array>,
  watch?: (chunk: Uint8Array) => void,
): Promise<Measured> {
  const hash = createHash('sha256');
  let size = 0;
  for await (const chunk of bytes) {
    hash.update(chunk);
    size += chunk.length;
    watch?.(chunk);
  }
  return { digest: `sha256:${hash.digest('hex')}`, size };
}

/** What opens hold their bytes to by themselves. */
const heldTo = new WeakMap<Open, Measured>();

/**
 * Opens bytes that fail, in place of their end, unless they are what is expected. `origin` begins the sentence of
 * the error; `code` tells whose bytes they are. An open that holds them to the same already is given back as it is.
 */
export function openVerified(
  open: Open,
  expected: Measured,
  origin: string,
  code: ErrorCode = 'source',
): Open {
  const held = heldTo.get(open);
  if (held?.digest === expected.digest && held.size === expected.size) return open;
  const verified: Open = async function* () {
    const hash = createHash('sha256');
    let size = 0;
    for await (const chunk of open()) {
      hash.update(chunk);
      size += chunk.length;
      if (size > expected.size) {
        const expectation = `it has more than the ${expected.size} bytes expected`;
        throw new AlbaError(code, `${origin} is damaged: ${expectation}`);
      }
      yield chunk;
    }
    assertSame(expected, { digest: `sha256:${hash.digest('hex')}`, size }, origin, code);
  };
  heldTo.set(verified, expected);
  return verified;
}

/** An open that gives just the bytes of another, so that they are not verified twice. */
export function sameBytes(open: Open, other: Open): Open {
  const held = heldTo.get(other);
  if (held) heldTo.set(open, held);
  return open;
}

/** Fails where what was found is not what should be there, in the words of {@link openVerified}. */
export function assertSame(
  expected: Measured,
  found: Measured,
  origin: string,
  code: ErrorCode = 'source',
): void {
  if (expected.digest === found.digest && expected.size === found.size) return;
  const difference =
    expected.size === found.size
      ? `its digest is ${found.digest}, expected ${expected.digest}`
      : `it has ${found.size} bytes, expected ${expected.size}`;
  throw new AlbaError(code, `${origin} is damaged: ${difference}`);
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
  for await (const chunk of open()) {
    size += chunk.length;
    if (size > limit) throw tooLarge(origin, code, limit);
    chunks.push(Buffer.from(chunk));
  }
  return Buffer.concat(chunks);
}

/** All bytes of a small document, at most {@link maxManifestSize} of them, verified. */
export async function readDocument(
  { descriptor, open }: Blob,
  origin: string,
  code: ErrorCode = 'source',
): Promise<Buffer> {
  if (descriptor.size > maxManifestSize) throw tooLarge(origin, code, maxManifestSize);
  const bytes = await readCapped(open, origin, code);
  assertSame(descriptor, { digest: digestOf(bytes), size: bytes.length }, origin, code);
  return bytes;
}

function tooLarge(origin: string, code: ErrorCode, limit: number): AlbaError {
  return new AlbaError(code, `${origin} is larger than ${limit} bytes, more than such a document may have`);
}
