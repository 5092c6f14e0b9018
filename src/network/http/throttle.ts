import { setTimeout as delay } from 'node:timers/promises';
import { HttpError, passesAfter } from './error.ts';

/** So many times what runs at once has to go well before one more may. */
const patience = 2;

/**
 * How many requests a server is sent at once: as many as there are, until it says that it is too many (429). Then half of what
 * was under way, and after a while one more again. Where it asks to wait, nothing begins before that.
 */
export class Throttle {
  readonly #signal: AbortSignal;
  readonly #longest: number;
  readonly #waiting: (() => void)[] = [];
  #most = Number.POSITIVE_INFINITY;
  #running = 0;
  /** Since it was changed last: requests that went well. */
  #good = 0;
  /** How often it was lowered. */
  #lowered = 0;
  #rest = Promise.resolve();
  /** Of the rest that began last, and of those before it together: milliseconds of performance.now(). */
  #restBegan = 0;
  #restEnds = 0;
  #restedBefore = 0;

  /** Aborted, `signal` ends a wait that the server asked for; one of more than `longest` ms is none, as nobody repeats what failed then. */
  constructor(signal: AbortSignal, longest: number) {
    this.#signal = signal;
    this.#longest = longest;
  }

  /** In milliseconds: for how long nothing began by now, as the server asked. */
  readonly rested = (): number => {
    return this.#restedBefore + Math.min(performance.now(), this.#restEnds) - this.#restBegan;
  };

  /** Sends one request when its turn comes; rejects as that does. */
  async run<T>(send: () => Promise<T>): Promise<T> {
    await this.#begin();
    const lowered = this.#lowered;
    try {
      const answer = await send();
      this.#raise();
      return answer;
    } catch (failure) {
      if (isTooMany(failure)) this.#lower(lowered, passesAfter(failure) ?? 0);
      throw failure;
    } finally {
      this.#running -= 1;
      this.#wake();
    }
  }

  async #begin(): Promise<void> {
    await this.#rested();
    while (this.#running >= this.#most) {
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
      await this.#rested();
    }
    this.#running += 1;
  }

  /** A rest may become longer while it is waited for. */
  async #rested(): Promise<void> {
    for (let rest: Promise<void> | undefined; rest !== this.#rest; ) {
      rest = this.#rest;
      await rest;
    }
  }

  #wake(): void {
    const free = Math.min(this.#most - this.#running, this.#waiting.length);
    for (const wake of this.#waiting.splice(0, Math.max(0, free))) wake();
  }

  /** Requests that were under way together are refused together: that counts once. */
  #lower(seen: number, milliseconds: number): void {
    if (seen === this.#lowered) {
      this.#lowered += 1;
      this.#most = Math.max(1, Math.floor(this.#running / 2));
      this.#good = 0;
    }
    if (milliseconds === 0 || milliseconds > this.#longest) return;
    this.#restUntil(performance.now() + milliseconds);
    const rest = delay(milliseconds, undefined, { signal: this.#signal }).catch(() => {});
    this.#rest = Promise.all([this.#rest, rest]).then(() => {});
  }

  #restUntil(end: number): void {
    const now = performance.now();
    if (now >= this.#restEnds) {
      this.#restedBefore = this.rested();
      this.#restBegan = now;
    }
    this.#restEnds = Math.max(this.#restEnds, end);
  }

  #raise(): void {
    this.#good += 1;
    if (this.#good < this.#most * patience) return;
    this.#most += 1;
    this.#good = 0;
  }
}

/** ghcr.io dresses a limit as a 403 that passes. */
function isTooMany(failure: unknown): boolean {
  if (!(failure instanceof HttpError)) return false;
  return failure.status === 429 || (failure.status === 403 && failure.transient);
}
