import { pipeline, type Readable, Transform } from 'node:stream';
import { AlbaError } from '../errors.ts';
import type { Upload } from './storage.ts';

/** In bytes: what is not larger is read whole before it is sent or written. */
export const maxWholeRead = 1024 * 1024;

/**
 * Opens an upload so that its end is only reached with the promised number of bytes. The newest chunk is held
 * back until more comes or the source ended well: who announced the size to a server can no longer hand it a
 * complete object whose source failed at its last byte, as a wrong digest does.
 */
export async function openSized({ size, open }: Upload, key: string): Promise<Readable> {
  let seen = 0;
  let held: Uint8Array | undefined;
  const sized = new Transform({
    transform(chunk: Uint8Array, _encoding, done) {
      seen += chunk.length;
      if (seen > size) return done(differs(key, size, seen));
      if (held) this.push(held);
      held = chunk;
      done();
    },
    flush(done) {
      if (seen < size) return done(differs(key, size, seen));
      if (held) this.push(held);
      done();
    },
  });
  // The reader of the result sees the error; nobody else waits for this pipeline.
  return pipeline(await open(), sized, () => {});
}

/** All bytes of a small upload, as many as it promised. */
export async function readSized({ size, open }: Upload, key: string): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let seen = 0;
  for await (const chunk of (await open()) as AsyncIterable<Uint8Array>) {
    seen += chunk.length;
    if (seen > size) throw differs(key, size, seen);
    chunks.push(chunk);
  }
  if (seen < size) throw differs(key, size, seen);
  return Buffer.concat(chunks);
}

function differs(key: string, size: number, seen: number): AlbaError {
  return new AlbaError('source', `${key}: expected ${size} bytes, found ${seen > size ? 'more' : seen}`);
}
