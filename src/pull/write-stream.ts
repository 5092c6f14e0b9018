import { systemCode } from '../errors.ts';

/**
 * Writes chunks to a stream, each when the one before has left: a chunk is its maker's again then. False where who reads has
 * closed it, as `head` does, which ends it in peace.
 */
export async function writeStream(
  chunks: AsyncIterable<Uint8Array>,
  stream: NodeJS.WritableStream,
): Promise<boolean> {
  for await (const chunk of chunks) {
    if (!(await isWritten(chunk, stream))) return false;
  }
  return true;
}

function isWritten(chunk: Uint8Array, stream: NodeJS.WritableStream): Promise<boolean> {
  return new Promise((resolve, reject) => {
    stream.write(chunk, (failure) => {
      if (!failure) resolve(true);
      else if (['EPIPE', 'ERR_STREAM_DESTROYED'].includes(systemCode(failure) ?? '')) resolve(false);
      else reject(failure);
    });
  });
}
