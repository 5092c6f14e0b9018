/** Shut while a reader is busy with what it was given; who gives bytes out of buffers that are used again waits here. */
export class ReaderGate {
  #isOpen = true;
  #wake: () => void = () => {};
  #opened: Promise<void> = Promise.resolve();

  /** The reader got something, and may look at it until it asks for more. */
  shut(): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    this.#opened = new Promise((resolve) => {
      this.#wake = resolve;
    });
  }

  /** The reader asks for more. */
  open(): void {
    this.#isOpen = true;
    this.#wake();
  }

  /** Resolves at once, or when the reader asks for more. */
  async pass(): Promise<void> {
    while (!this.#isOpen) await this.#opened;
  }
}
