import { createLogUpdate } from 'log-update';
import { formatBytes } from '../progress/format.ts';

/** In milliseconds: how long a picture of the bar stands. */
const pause = 100;

/** In columns: at most. */
const longest = 40;

/** The last line of a terminal, which tells how much of the bytes is done; what else is printed goes above it. */
export class Bar {
  readonly #stream: NodeJS.WriteStream;
  readonly #show: ReturnType<typeof createLogUpdate>;
  #done = 0;
  #total = 0;
  #drawn = Number.NEGATIVE_INFINITY;

  constructor(stream: NodeJS.WriteStream) {
    this.#stream = stream;
    this.#show = createLogUpdate(stream);
  }

  /** So many bytes more are to be done. */
  expect(bytes: number): void {
    this.#total += bytes;
    this.#draw();
  }

  /** So many bytes more are done. */
  advance(bytes: number): void {
    this.#done += bytes;
    if (performance.now() - this.#drawn >= pause) this.#draw();
  }

  /** Takes the bar away while `print` writes whole lines. */
  printAbove(print: () => void): void {
    this.#show.clear();
    print();
    this.#draw();
  }

  /** Takes the bar away, and leaves the terminal as it was. */
  end(): void {
    this.#show.clear();
    this.#show.done();
  }

  #draw(): void {
    if (this.#total === 0) return;
    const share = Math.min(this.#done / this.#total, 1);
    const label = `${Math.floor(share * 100)}% of ${formatBytes(this.#total)}`;
    const length = Math.min(longest, (this.#stream.columns || 80) - label.length - 2);
    const full = Math.floor(share * length);
    this.#show(length < 5 ? label : `${'█'.repeat(full)}${'░'.repeat(length - full)} ${label}`);
    this.#drawn = performance.now();
  }
}
