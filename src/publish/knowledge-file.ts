import { Knowledge } from '../cache/knowledge.ts';
import type { Store } from '../cache/store.ts';
import { messageOf } from '../errors.ts';
import type { Progress } from '../progress/progress.ts';

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
    progress.warn(`the cache cannot be read: ${messageOf(failure)}`);
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
    progress.warn(`the cache cannot be saved: ${messageOf(failure)}`);
  }
}
