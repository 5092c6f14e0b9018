import { formatDuration } from '../progress/format.ts';

/** In bytes: a connection that brought as much counts as a good one, and the next that breaks as the first. */
const goodEnough = 8 * 1024 * 1024;

/** Of a connection that moves: 1 kB a second, over a minute of waiting for it. */
const usualLeast: Pace = { bytes: 60_000, milliseconds: 60_000 };

/** So many bytes in so long a time. */
export interface Pace {
  readonly bytes: number;
  readonly milliseconds: number;
}

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
  /** In bytes, all that there are, where that is known: a connection that has brought them may end as it likes. */
  readonly size?: number | undefined;
  /** A connection that brings less, while it is waited for, counts as broken. */
  readonly least?: Pace;
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
      for await (const { buffer, byteOffset, length } of paced(part.bytes, resuming.least ?? usualLeast)) {
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
      if (done === resuming.size) return;
      if (came >= goodEnough) attempt = 1;
      await resuming.beforeRetry(failure, attempt);
    }
    part = await resuming.rest(done);
  }
}

/** The chunks of a source, which is let go of where it brings less than it has to. Who reads may be as slow as he likes. */
async function* paced(
  source: AsyncIterable<Uint8Array>,
  least: Pace,
): AsyncGenerator<Uint8Array, void, void> {
  const chunks = source[Symbol.asyncIterator]();
  let [waited, brought] = [0, 0];
  try {
    for (;;) {
      const began = performance.now();
      const { done, value } = await chunks.next();
      if (done) return;
      waited += performance.now() - began;
      brought += value.length;
      if (brought >= least.bytes) [waited, brought] = [0, 0];
      if (waited >= least.milliseconds) {
        const failure = new Error(`it brought ${brought} bytes in ${formatDuration(waited)}`);
        throw Object.assign(failure, { code: 'ETIMEDOUT' });
      }
      yield value;
    }
  } finally {
    await chunks.return?.();
  }
}
