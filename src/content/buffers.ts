/** How many more are given back before one is used again: tar-stream holds on to headers that go on in the next chunks. */
const patience = 3;

/** What streams that ended have left, by size in bytes. */
const spare = new Map<number, ArrayBuffer[]>();

/**
 * Buffers of one size, in bytes, that are used again: what is not yet collected of large ones adds up. A view of one
 * from before it was used again is empty, so that who reads a chunk too late misses bytes and never reads others.
 */
export class Buffers implements Disposable {
  readonly #size: number;
  readonly #free: ArrayBuffer[] = [];
  readonly #resting: ArrayBuffer[] = [];

  constructor(size: number) {
    this.#size = size;
  }

  take(): ArrayBuffer {
    const used = this.#free.pop() ?? spare.get(this.#size)?.pop();
    return used ? renew(used) : new ArrayBuffer(this.#size);
  }

  /** Takes back a buffer whose bytes nobody needs any more. */
  giveBack(buffer: ArrayBuffer): void {
    this.#resting.push(buffer);
    if (this.#resting.length > patience) for (const one of this.#resting.splice(0, 1)) this.#free.push(one);
  }

  /** Leaves those that nobody holds to other streams. */
  [Symbol.dispose](): void {
    spare.set(this.#size, [...(spare.get(this.#size) ?? []), ...this.#free.splice(0)]);
  }
}

/** The same memory as another buffer; the one that is given is empty from now on. Node 20 has only the slow way. */
function renew(buffer: ArrayBuffer): ArrayBuffer {
  return 'transfer' in buffer ? buffer.transfer() : structuredClone(buffer, { transfer: [buffer] });
}
