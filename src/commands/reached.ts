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

/** What is and is not published, in a sentence. */
export function tellReached({ targets }: Reached): string {
  const isAt = (...stages: readonly TargetState['stage'][]) =>
    targets.filter(({ stage }) => stages.includes(stage)).flatMap(({ references }) => references);
  const [published, unsure] = [isAt('published'), isAt('unsure')];
  if (published.length + unsure.length > 0) {
    return [
      ...(published.length > 0 ? [`published is ${published.join(', ')}`] : []),
      ...(unsure.length > 0 ? [`look whether this is there: ${unsure.join(', ')}`] : []),
    ].join('; ');
  }
  return targets.some(({ stage }) => stage === 'begun')
    ? 'no tag was changed; another run sends only what is missing'
    : 'nothing was published';
}

/** What a push of manifests has come to that failed before any target had the release. */
export function reachedBy(destinations: readonly Destination[]): Reached {
  const targets = destinations.map((destination) => {
    const { url, pushedBytes } = destination.report();
    return { url, pushedBytes, ...destination.reached };
  });
  return { targets, outputs: {} };
}
