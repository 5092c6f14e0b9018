import { AlbaError } from '../errors.ts';
import type { Upload } from './storage.ts';

/** In bytes: what is not larger is read whole before it is sent or written. */
export const maxWholeRead = 1024 * 1024;

/**
 * The bytes of an upload, whose end is only reached with the promised number of them. The chunk that makes them
 * complete is held back until the source ended well: who announced the size to a server can no longer hand it a
 * complete object whose source failed at its last byte, as a wrong digest does.
 */
export async function* readSized({ size, open }: Upload, key: string): AsyncGenerator<Uint8Array> {
  let seen = 0;
  let last: Uint8Array | undefined;
  for await (const chunk of open()) {
    seen += chunk.length;
    if (seen > size) throw differs(key, size, seen);
    if (seen < size) yield chunk;
    else if (chunk.length > 0) last = Buffer.from(chunk);
  }
  if (seen < size) throw differs(key, size, seen);
  if (last) yield last;
}

/** All bytes of a small upload, as many as it promised. */
export async function readSmall(upload: Upload, key: string): Promise<Buffer> {
  const bytes = Buffer.allocUnsafe(upload.size);
  let filled = 0;
  for await (const chunk of readSized(upload, key)) {
    bytes.set(chunk, filled);
    filled += chunk.length;
  }
  return bytes;
}

function differs(key: string, size: number, seen: number): AlbaError {
  return new AlbaError('source', `${key}: expected ${size} bytes, found ${seen > size ? 'more' : seen}`);
}
