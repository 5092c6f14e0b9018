import { pipeline, Transform } from 'node:stream';
import type { Open } from './content.ts';

/** Tells how many bytes have passed; those that a retry reads again are told once. */
export function counted(open: Open, advance: (bytes: number) => void): Open {
  let told = 0;
  return async () => {
    let seen = 0;
    const counter = new Transform({
      transform(chunk: Uint8Array, _encoding, done) {
        seen += chunk.length;
        if (seen > told) {
          advance(seen - told);
          told = seen;
        }
        done(null, chunk);
      },
    });
    // The reader of the counter sees the error; nobody else waits for this pipeline.
    return pipeline(await open(), counter, () => {});
  };
}
