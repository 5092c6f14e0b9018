/** In bytes: a connection that brought as much counts as a good one, and the next that breaks as the first. */
const goodEnough = 8 * 1024 * 1024;

/** The rest of bytes whose connection broke. */
export interface Rest {
  readonly bytes: AsyncIterable<Uint8Array>;
  /** How many of them are here already: none, or all that were when it was asked for. */
  readonly skip: number;
}

/** How bytes are taken up. */
export interface Resuming {
  /** Waits before another attempt at what failed in this one; throws its failure where there is to be none. */
  beforeRetry(failure: unknown, attempt: number): Promise<void>;
  /** Asks for what follows the first so many bytes. */
  rest(done: number): Promise<Rest>;
}

/** Bytes that are taken up where their connection broke. Who reads verifies all of them. */
export async function* resumed(
  first: AsyncIterable<Uint8Array>,
  resuming: Resuming,
): AsyncGenerator<Buffer, void, void> {
  let part: Rest = { bytes: first, skip: 0 };
  let done = 0;
  for (let attempt = 1; ; attempt += 1) {
    let { skip } = part;
    let came = 0;
    try {
      for await (const { buffer, byteOffset, length } of part.bytes) {
        const left = Math.min(skip, length);
        skip -= left;
        if (left === length) continue;
        const rest = Buffer.from(buffer, byteOffset + left, length - left);
        done += rest.length;
        came += rest.length;
        yield rest;
      }
      return;
    } catch (failure) {
      if (came >= goodEnough) attempt = 1;
      await resuming.beforeRetry(failure, attempt);
    }
    part = await resuming.rest(done);
  }
}
