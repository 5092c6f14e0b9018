import type { Destination } from '../publish/destination.ts';

/** How far a push had come at one target when it failed. */
export interface TargetState {
  readonly url: string;
  /**
   * `untouched`: nothing was sent; `begun`: content was, and no tag names it; `unsure`: tags were being written;
   * `published`: all is there.
   */
  readonly stage: 'untouched' | 'begun' | 'unsure' | 'published';
  /** In bytes: what was sent, if that is known. */
  readonly pushedBytes?: number;
  /** What it is found by, or may be where that is unsure. */
  readonly references: readonly string[];
}

/** What a command that failed has come to. */
export interface Reached {
  readonly targets: readonly TargetState[];
  /** Outputs that tell of what is published; none where nothing is. */
  readonly outputs: Readonly<Record<string, string>>;
}

/** Before anything was sent. */
export const nothingReached: Reached = { targets: [], outputs: {} };

/** What a push of manifests has come to that failed before any target had the release. */
export function reachedBy(destinations: readonly Destination[]): Reached {
  const targets = destinations.map((destination) => {
    const { url, pushedBytes } = destination.report();
    return { url, pushedBytes, ...destination.reached };
  });
  return { targets, outputs: {} };
}
