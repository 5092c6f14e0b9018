import { findMissing } from '../storage/find-missing.ts';
import { checksumsName } from './checksums.ts';
import { type DeliveryOptions, deliver, type Step, sendAnew } from './delivery.ts';
import type { Draft } from './draft.ts';
import { fileKey } from './keys.ts';
import { notKept } from './store.ts';
import { Turn } from './turn.ts';

/** In milliseconds: how far the clocks of one storage's machines may be apart. */
const skew = 60_000;

/** How often files are looked for after they were sent. */
const attempts = 2;

/** A draft whose files are there. */
export interface SentDraft extends Draft {
  /** The turn in which they were sent. */
  readonly turn: Turn;
  /** Whether another publisher of the tag has begun since: what the files are is unknown then. */
  readonly isLost: boolean;
  /** In milliseconds: how long it took. */
  readonly took: number;
}

/**
 * Brings the checksums and then the files to the storage, and looks whether they are there. Files that the tag held
 * until now and that the release no longer has stay where they are, unlisted.
 */
export async function sendFiles(draft: Draft, options: DeliveryOptions): Promise<SentDraft> {
  const { storage, release } = draft;
  const started = Date.now();
  const turn = new Turn(draft);
  if (draft.isThere) return { ...draft, turn, isLost: false, took: 0 };
  const { steps, began } = await turn.begin(options.progress);
  options.progress.line(`checksums -> ${fileKey(release, checksumsName)}`);
  const whileHeld = { ...options, goesOn: () => turn.seemsHeld() };
  let sent = await deliver(storage, steps, whileHeld);
  for (let attempt = 1; ; attempt += 1) {
    const [missing, isHeld] = await Promise.all([findLacking(draft, sent, began), turn.isHeld()]);
    const [lacking] = missing;
    if (!isHeld || lacking === undefined) {
      return { ...draft, steps: sent, turn, isLost: !isHeld, took: Date.now() - started };
    }
    // Another publisher may have begun between the two looks.
    if (attempt === attempts && (await turn.isHeld())) throw notKept(storage, lacking);
    const again = await deliver(storage, sent.filter(({ key }) => missing.has(key)).map(sendAnew), whileHeld);
    sent = [...sent.filter(({ key }) => !missing.has(key)), ...again];
  }
}

/** The keys of files that are not there as they were sent. */
async function findLacking(
  { storage, release }: Draft,
  steps: readonly Step[],
  began: Date | undefined,
): Promise<Set<string>> {
  const since = began && new Date(began.getTime() - skew);
  const expected = new Map(
    steps.map(({ file: { size }, key, fate }) => {
      return [key, { size, ...(fate !== 'skipped' && since && { since }) }] as const;
    }),
  );
  return new Set(await findMissing(storage, fileKey(release, ''), expected));
}
