/** Memory of a pipe. Plain data, of which both ends are made. */
export interface PipeMemory {
  readonly state: SharedArrayBuffer;
  readonly bytes: SharedArrayBuffer;
}

/** In bytes: a power of two. */
const capacity = 1024 * 1024;

/** In bytes: what is read at once, so that there is room again while it is worked on. */
const mostRead = 128 * 1024;

/** Places in the state: bytes written and read, modulo 2^32; how often either end has changed something; whether it is over. */
const at = { written: 0, read: 1, writer: 2, reader: 3, end: 4 } as const;

const ends = { none: 0, whole: 1, broken: 2 } as const;

/** Bytes for another thread, without a message for each chunk. This end never blocks; `readPipe` is the other one. */
export class PipeWriter {
  readonly memory: PipeMemory = {
    state: new SharedArrayBuffer(Object.keys(at).length * Int32Array.BYTES_PER_ELEMENT),
    bytes: new SharedArrayBuffer(capacity),
  };
  readonly #state = new Int32Array(this.memory.state);
  readonly #bytes = new Uint8Array(this.memory.bytes);
  #isOver = false;

  /** Resolves when all of it is in the pipe, or the pipe is over. */
  async write(chunk: Uint8Array): Promise<void> {
    const state = this.#state;
    for (let done = 0; done < chunk.length && !this.#isOver; ) {
      const seen = Atomics.load(state, at.reader);
      const written = Atomics.load(state, at.written);
      const room = capacity - ((written - Atomics.load(state, at.read)) | 0);
      if (room === 0) {
        await Atomics.waitAsync(state, at.reader, seen).value;
        continue;
      }
      const start = written & (capacity - 1);
      const part = chunk.subarray(done, done + Math.min(room, capacity - start));
      this.#bytes.set(part, start);
      done += part.length;
      Atomics.store(state, at.written, (written + part.length) | 0);
      this.#tell(at.writer);
    }
  }

  /** Who reads gets no more: an end, or an error unless all is there. */
  end(isWhole: boolean): void {
    if (this.#isOver) return;
    this.#isOver = true;
    Atomics.store(this.#state, at.end, isWhole ? ends.whole : ends.broken);
    this.#tell(at.writer);
    this.#tell(at.reader);
  }

  #tell(place: number): void {
    Atomics.add(this.#state, place, 1);
    Atomics.notify(this.#state, place);
  }
}

/**
 * What comes through a pipe; the thread waits for it and does nothing else meanwhile. A chunk is good until the next one is asked
 * for. Throws where the other end broke off.
 */
export async function* readPipe(memory: PipeMemory): AsyncGenerator<Buffer, void, void> {
  const state = new Int32Array(memory.state);
  const bytes = Buffer.from(memory.bytes);
  for (;;) {
    const seen = Atomics.load(state, at.writer);
    // Before what was written: behind the end comes nothing.
    const end = Atomics.load(state, at.end);
    const read = Atomics.load(state, at.read);
    const size = (Atomics.load(state, at.written) - read) | 0;
    if (end === ends.broken) throw new Error('what was to be read broke off');
    if (size > 0) {
      const start = read & (capacity - 1);
      const chunk = bytes.subarray(start, Math.min(start + size, start + mostRead, capacity));
      yield chunk;
      Atomics.store(state, at.read, (read + chunk.length) | 0);
      Atomics.add(state, at.reader, 1);
      Atomics.notify(state, at.reader);
    } else if (end === ends.whole) return;
    else Atomics.wait(state, at.writer, seen);
  }
}
