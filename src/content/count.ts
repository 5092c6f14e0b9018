import { pipeline, Transform } from 'node:stream';
import type { Chunks, Open } from './content.ts';

/** Tells how many bytes have passed; those that a retry reads again are told once. */
export function counted(open: Open, advance: (bytes: number) => void): Open {
  const begin = counter(advance);
  return async () => {
    const count = begin();
    const counting = new Transform({
      transform(chunk: Uint8Array, _encoding, done) {
        count(chunk);
        done(null, chunk);
      },
    });
    // The reader of the counter sees the error; nobody else waits for this pipeline.
    return pipeline(await open(), counting, () => {});
  };
}

/** The same for chunks. */
export function countedChunks(chunks: Chunks, advance: (bytes: number) => void): Chunks {
  const begin = counter(advance);
  return async function* () {
    const count = begin();
    for await (const chunk of chunks()) {
      count(chunk);
      yield chunk;
    }
  };
}

/** Each call begins to count anew, and what was told once is not told again. */
export function counter(
  advance: (bytes: number) => void,
): () => (chunk: { readonly length: number }) => void {
  let told = 0;
  return () => {
    let seen = 0;
    return ({ length }) => {
      seen += length;
      if (seen <= told) return;
      advance(seen - told);
      told = seen;
    };
  };
}
