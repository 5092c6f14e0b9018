import type { SparseMap } from './sparse-map.ts';

const zeros = Buffer.alloc(256 * 1024);

/** A sparse file as it is read: its stored bytes with zeros in the holes. An end of `stored` before its time is an Error. */
export async function* expandSparse(
  stored: AsyncIterable<Uint8Array>,
  { size, segments }: Pick<SparseMap, 'size' | 'segments'>,
): AsyncGenerator<Buffer> {
  const chunks = stored[Symbol.asyncIterator]();
  let rest: Uint8Array = new Uint8Array();
  let at = 0;
  try {
    for (let i = 0; i < segments.length; i += 2) {
      const [offset = 0, length = 0] = segments.subarray(i, i + 2);
      yield* hole(offset - at);
      for (let left = length; left > 0; ) {
        while (rest.length === 0) {
          const next = await chunks.next();
          if (next.done) throw new Error(`a sparse file ends ${left} bytes before its time`);
          rest = next.value;
        }
        const piece = rest.subarray(0, left);
        rest = rest.subarray(piece.length);
        left -= piece.length;
        yield Buffer.from(piece.buffer, piece.byteOffset, piece.length);
      }
      at = offset + length;
    }
    yield* hole(size - at);
    // Who gives the bytes is to know that they were read to their end.
    while (!(await chunks.next()).done);
  } finally {
    await chunks.return?.();
  }
}

function* hole(size: number): Generator<Buffer> {
  for (let left = size; left > 0; left -= zeros.length) yield zeros.subarray(0, left);
}
