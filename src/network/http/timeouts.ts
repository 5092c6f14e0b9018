import type { Retries } from '../../concurrency/retry.ts';

/** All in milliseconds. None limits how long a large blob may take as a whole. */
export interface Timeouts {
  /** Until a connection stands, TLS included. */
  readonly connect: number;
  /** Until an answer begins. */
  readonly answer: number;
  /** The same after an upload, which a registry may hash or copy first, and while one stalls. */
  readonly upload: number;
  /** Between two pieces of a body, and for the whole of a small one. */
  readonly body: number;
}

/** For servers that hash or copy what they were sent before they answer. */
export const defaultTimeouts: Timeouts = {
  connect: 15_000,
  answer: 60_000,
  upload: 300_000,
  body: 60_000,
};

/** How often what may pass is asked for again: some 30 s to a minute in all. */
export const defaultRetries: Retries = { count: 5, firstDelay: 1_000, longestDelay: 120_000 };
