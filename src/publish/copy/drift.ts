/** How a target differs from its source. */
export type DriftKind =
  /** A tag names something else there, or is not there. */
  | 'moved'
  | 'missing'
  /** A tag that the source has not. */
  | 'extra'
  /** The tag is right, and something that it leads to is not there. */
  | 'incomplete'
  /** Something that refers to the release is not there, or not listed. */
  | 'referrer';

/** One difference. */
export interface Drift {
  readonly kind: DriftKind;
  /** The tag, or the digest, that it is about. */
  readonly what: string;
  /** A digest: what the source has; of a referrer its own. */
  readonly expected?: string;
  /** A digest: what the target has. */
  readonly found?: string;
}

/** A difference in a sentence, after the name of the target. */
export function tellDrift({ kind, what, expected, found }: Drift): string {
  const [should, is] = [expected ?? '', found ?? ''];
  return {
    moved: `${what} is ${is}, and ${should} at the source`,
    missing: `${what} is missing, ${should} at the source`,
    extra: `${what} is not at the source`,
    incomplete: `${what} is not all there (${should})`,
    referrer: `${what} lacks what refers to it: ${should}`,
  }[kind];
}
