import { decompress } from '../compression/decompress.ts';
import type { Blob, Layer } from '../content/content.ts';
import { measure, openVerified } from '../content/verify.ts';
import { AlbaError } from '../errors.ts';
import { compressionOf } from '../oci/media-type.ts';

/** What compressing may add to bytes that cannot be compressed: headers, and marks in every piece. In bytes. */
const mostAdded = (size: number): number => 1024 + Math.ceil(size / 100);

/**
 * Reads a blob once, and holds its bytes to its digest and what they inflate to to the layer; reads no more than such a layer
 * may have. Throws an AlbaError that says what is wrong; `origin` is the blob, for messages.
 */
export async function proveLayer(
  { descriptor, open }: Blob,
  { diffId, size }: Pick<Layer, 'diffId' | 'size'>,
  origin: string,
): Promise<void> {
  const lie = (found: string): AlbaError =>
    new AlbaError('target', `${origin} is not layer ${diffId}, as is said there: ${found}`);
  if (descriptor.size > size + mostAdded(size)) {
    throw lie(`it has ${descriptor.size} bytes, the layer has ${size}`);
  }
  let isWhole = false;
  let { size: used } = descriptor;
  const bytes = async function* () {
    yield* openVerified(open, descriptor, origin, 'target')();
    isWhole = true;
  };
  let inflated = 0;
  const found = await measure(
    decompress(bytes(), compressionOf(descriptor.mediaType), origin, (size) => {
      used = size;
    }),
    ({ length }) => {
      inflated += length;
      if (inflated > size) throw lie(`it inflates to more than ${size} bytes`);
    },
  );
  if (found.digest !== diffId) throw lie(`it inflates to ${found.digest}`);
  // What follows the last gzip member is not read, so that the digest was not compared; others may read it.
  if (!isWhole || used < descriptor.size) throw lie('something follows its compressed bytes');
}
