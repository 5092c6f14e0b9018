import { reasonOf } from '../errors.ts';
import type { Progress } from '../progress/progress.ts';
import { Knowledge } from './knowledge.ts';

/** Where the knowledge of earlier runs is kept between two of them; the doors say where that is. */
export interface Store {
  /** Undefined when there is nothing yet, or no such place. */
  load(): Promise<Uint8Array | undefined>;
  save(bytes: Uint8Array): Promise<void>;
}

/** What earlier runs learned; nothing where nothing is kept, and a warning where what is kept is unusable. */
export async function loadKnowledge(
  store: Store | undefined,
  now: Date,
  progress: Progress,
): Promise<Knowledge> {
  const knowledge = new Knowledge(now);
  try {
    const bytes = await store?.load();
    if (bytes && !knowledge.read(bytes)) {
      progress.warn('the cache is damaged or of another version: it is not used, and made anew');
    }
  } catch (failure) {
    progress.warn(`the cache cannot be read: ${reasonOf(failure)}`);
  }
  return knowledge;
}

/** Keeps what was learned, with what another process saved in the meantime. A release does not fail for it. */
export async function saveKnowledge(
  knowledge: Knowledge,
  store: Store | undefined,
  progress: Progress,
): Promise<void> {
  if (!store || !knowledge.isChanged) return;
  try {
    const latest = await store.load();
    if (latest) knowledge.read(latest);
    await store.save(knowledge.format());
  } catch (failure) {
    progress.warn(`the cache cannot be saved: ${reasonOf(failure)}`);
  }
}
