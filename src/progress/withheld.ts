import type { Progress } from './progress.ts';

/** Lines and warnings that wait to be told: `release` tells them, in their order, `drop` forgets them. */
export interface Withheld extends Progress {
  release(): void;
  drop(): void;
}

/** Keeps lines and warnings back, until it is known whether they are of use; all else is told at once. */
export function withhold(progress: Progress): Withheld {
  const waiting: (() => void)[] = [];
  return {
    ...progress,
    line: (text) => void waiting.push(() => progress.line(text)),
    warn: (text) => void waiting.push(() => progress.warn(text)),
    release() {
      for (const tell of waiting.splice(0)) tell();
    },
    drop() {
      waiting.length = 0;
    },
  };
}
