import { setTimeout as wait } from 'node:timers/promises';
import { AlbaError } from '../errors.ts';
import type { Progress } from '../progress/progress.ts';
import { whereIs } from '../storage/bytes.ts';
import { isNestingRefused } from '../storage/nesting.ts';
import type { Storage } from '../storage/storage.ts';
import { type DeliveryOptions, sendAnew } from './delivery.ts';
import { assertSomeFiles, type Draft } from './draft.ts';
import { documentsInFolders, storedKey, tellFolders } from './in-folders.ts';
import { listKey, tagKey } from './keys.ts';
import { type SentDraft, sendFiles } from './send.ts';
import { documentType, notKept, readObject, writeObject } from './store.ts';
import { publishTagList } from './tags.ts';
import { withdraw } from './withdraw.ts';

/** Each round but the last was lost to another publisher of the same tag. */
const rounds = 6;

/** How often the document of a tag is written until it can be read back. */
const attempts = 2;

/**
 * Publishes the tag, all of whose files are there, and brings the list of tags up to date. Where another publisher
 * of the tag was met, the files are sent once more, until one of the two has had the tag for itself.
 */
export async function publishTag(sent: SentDraft, options: DeliveryOptions): Promise<Draft> {
  const { release, isThere } = sent;
  const { progress } = options;
  assertSomeFiles(release, sent.files);
  const draft = isThere ? sent : await writeTag(sent, options);
  const key = storedKey(draft.storage, tagKey(release));
  progress.line(isThere ? `tag is there already: ${key}` : `tag -> ${key}`);
  const isWritten = await publishTagList(draft.storage, release, !isThere, progress);
  if (isWritten) progress.line(`tag list -> ${storedKey(draft.storage, listKey(release.name))}`);
  return draft;
}

async function writeTag(first: SentDraft, options: DeliveryOptions): Promise<Draft> {
  const { release } = first;
  const { progress, signal } = options;
  const where = whereIs(first.storage, tagKey(release));
  let sent = first;
  for (let round = 1; ; round += 1) {
    if (!sent.isLost) sent = await writeDocument(sent, progress);
    if (!sent.isLost) return sent;
    if (round === rounds) {
      const why = 'other publishers keep changing it, or the storage does not keep what is written';
      throw new AlbaError('target', `${where} did not settle in ${rounds} rounds: ${why}; publish again`);
    }
    // Two who met part the sooner, the more often they have met.
    const pause = Math.random() * sent.took * 2 ** round;
    const when = `in ${Math.ceil(pause / 1000)} s`;
    progress.warn(`another publisher was met at ${where}: all files are sent once more, ${when}`);
    await wait(pause, undefined, { signal });
    await withdraw(sent.storage, release, progress);
    const steps = sent.steps.map(sendAnew);
    sent = await sendFiles({ ...sent, published: undefined, steps }, options);
  }
}

/** Writes the document of a tag and reads it back; meanwhile the turn may be lost. */
async function writeDocument(sent: SentDraft, progress: Progress): Promise<SentDraft> {
  const { release, document, turn } = sent;
  let { storage } = sent;
  // Other targets may have taken their time.
  if (!(await turn.seemsHeld())) return { ...sent, isLost: true };
  for (let attempt = 1; attempt <= attempts; attempt += 1) {
    storage = await putDocument({ ...sent, storage }, progress);
    const [found, isHeld] = await Promise.all([readObject(storage, tagKey(release)), turn.isHeld()]);
    if (!isHeld || found?.equals(document)) return { ...sent, storage, isLost: !isHeld };
  }
  throw notKept(storage, tagKey(release));
}

/** Returns the storage that has the document: one with folders where the bucket has it no other way. */
async function putDocument({ storage, release, document }: Draft, progress: Progress): Promise<Storage> {
  const key = tagKey(release);
  try {
    await writeObject(storage, key, document, documentType);
    return storage;
  } catch (failure) {
    if (!isNestingRefused(failure)) throw failure;
    const folders = documentsInFolders(storage, release.name);
    await writeObject(folders, key, document, documentType);
    progress.warn(tellFolders(folders, release));
    return folders;
  }
}
