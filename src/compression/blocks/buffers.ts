/** How many more chunks are asked for before the buffer of one is used again. */
const patience = 3;

/** What is left over of streams that ended, by size. */
const spare = new Map<number, ArrayBuffer[]>();

/** Buffers of one size that are used by turns: what is not yet collected of large ones adds up. */
export class Buffers implements Disposable {
  readonly #size: number;
  readonly #free: ArrayBuffer[] = [];
  readonly #resting: ArrayBuffer[] = [];

  /** In bytes. */
  constructor(size: number) {
    this.#size = size;
  }

  take(): ArrayBuffer {
    return this.#free.pop() ?? spare.get(this.#size)?.pop() ?? new ArrayBuffer(this.#size);
  }

  /** Takes back a buffer whose chunk was given out; it rests until three more were. */
  giveBack(buffer: ArrayBuffer): void {
    this.#resting.push(buffer);
    if (this.#resting.length > patience) this.#free.push(...this.#resting.splice(0, 1));
  }

  /** Leaves those that nobody holds to other streams. */
  [Symbol.dispose](): void {
    spare.set(this.#size, [...(spare.get(this.#size) ?? []), ...this.#free.splice(0)]);
  }
}
