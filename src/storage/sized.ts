import { pipeline, type Readable, Transform } from 'node:stream';
import { AlbaError } from '../errors.ts';
import type { Upload } from './storage.ts';

/**
 * Opens an upload so that its end is only reached with the promised number of bytes. The newest chunk is held
 * back until more comes or the source ended well: who announced the size to a server can no longer hand it a
 * complete object whose source failed at its last byte, as a wrong digest does.
 */
export async function openSized({ size, open }: Upload, key: string): Promise<Readable> {
  let seen = 0;
  let held: Uint8Array | undefined;
  const check = (isWrong: boolean): Error | null =>
    isWrong ? new AlbaError('source', `${key}: expected ${size} bytes, found ${told(seen, size)}`) : null;
  const sized = new Transform({
    transform(chunk: Uint8Array, _encoding, done) {
      seen += chunk.length;
      const failure = check(seen > size);
      if (failure) return done(failure);
      if (held) this.push(held);
      held = chunk;
      done();
    },
    flush(done) {
      const failure = check(seen < size);
      if (failure) return done(failure);
      if (held) this.push(held);
      done();
    },
  });
  // The reader of the result sees the error; nobody else waits for this pipeline.
  return pipeline(await open(), sized, () => {});
}

function told(seen: number, size: number): string {
  return seen > size ? 'more' : String(seen);
}
