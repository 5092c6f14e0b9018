import { setTimeout as wait } from 'node:timers/promises';
import { digestOf } from '../oci/digest.ts';
import { whereIs } from '../storage/bytes.ts';
import { deleteKeys } from '../storage/delete-keys.ts';
import { findMissing } from '../storage/find-missing.ts';
import type { Storage } from '../storage/storage.ts';
import { checksumsIn, checksumsName } from './checksums.ts';
import { filesIn } from './documents.ts';
import type { StoredRelease } from './holdings.ts';
import { fileKey, type Release, tagKey } from './keys.ts';
import { documentsAmong } from './names.ts';
import { readTagDocument } from './published.ts';
import { readObject, writeObject } from './store.ts';

/** In milliseconds: how often is looked whether who was met has come to the end. */
const lookEvery = 250;

/** What was deleted of one tag. */
export interface RemovedTag {
  /** Whether its document is gone. */
  readonly isGone: boolean;
  /** How many files are gone. */
  readonly files: number;
  /** What is to be looked at, where somebody published the tag while its files were deleted. */
  readonly refusal?: string;
}

/** Somebody has published the tag since. */
class TurnLost extends Error {}

/**
 * Deletes a tag as it was `seen`, without that what is left of one: document, files, checksums. It takes a turn as a
 * publisher does (docs/decisions/replacing-a-static-release.md), with checksums that no publisher writes, and stops where
 * those are another's: who that is has so many milliseconds of `patience` to come to the end.
 */
export async function removeTag(
  storage: Storage,
  release: Release,
  seen: StoredRelease | undefined,
  patience: number,
): Promise<RemovedTag> {
  const key = fileKey(release, checksumsName);
  const stored = seen && checksumsIn(seen.manifest);
  const claim = doubled(stored ?? (await readObject(storage, key)) ?? Buffer.alloc(0));
  const assertHeld = async (): Promise<void> => {
    if (!(await readObject(storage, key))?.equals(claim)) throw new TurnLost();
  };
  if (!(await isAsSeen(storage, release, seen))) return { isGone: false, files: 0 };
  await writeObject(storage, key, claim, 'text/plain; charset=utf-8');
  if (!(await isAsSeen(storage, release, seen))) {
    await giveBack(storage, release, claim);
    return { isGone: false, files: 0 };
  }
  let isGone = false;
  let files = 0;
  try {
    await assertHeld();
    if (seen) await storage.delete(tagKey(release));
    isGone = true;
    const keys = new Set(seen && filesIn(seen.manifest).map(({ path }) => fileKey(release, path)));
    for (const below of await listOwn(storage, release)) keys.add(below);
    keys.delete(key);
    await deleteKeys(storage, [...keys], assertHeld);
    files = keys.size;
    await assertHeld();
  } catch (failure) {
    if (!(failure instanceof TurnLost)) throw failure;
    if (!isGone || (await settles(storage, release, patience))) return { isGone: false, files };
    const told = `${whereIs(storage, tagKey(release))} was published while it was deleted`;
    return { isGone: false, files, refusal: `${told}: see that it is whole, or publish it again` };
  }
  await storage.delete(key);
  await giveBack(storage, release, undefined);
  return { isGone, files: files + 1 };
}

/** What lies below a tag and is of no other name: below `org:app` lies all of `org/app/cli`. */
async function listOwn(storage: Storage, release: Release): Promise<string[]> {
  const keys: string[] = [];
  for await (const { key } of storage.list(fileKey(release, ''))) keys.push(key);
  const own = fileKey(release, '').replace(/\/$/, '');
  const others = documentsAmong(keys).filter((one) => one !== own);
  return keys.filter((key) => !others.some((one) => `${key}/`.startsWith(`${one}/`)));
}

/** Whether a tag that is being published comes to be there, with all of its files. */
async function settles(storage: Storage, release: Release, patience: number): Promise<boolean> {
  for (const end = performance.now() + patience; ; await wait(lookEvery)) {
    if (await isWhole(storage, release)) return true;
    if (performance.now() >= end) return false;
  }
}

async function isWhole(storage: Storage, release: Release): Promise<boolean> {
  const [document, checksums] = await Promise.all([
    readTagDocument(storage, release),
    readObject(storage, fileKey(release, checksumsName)),
  ]);
  const expected = document && checksumsIn(document.manifest);
  if (!document || !expected || !checksums?.equals(expected)) return false;
  const sizes = filesIn(document.manifest).map(
    ({ path, size = 0 }) => [fileKey(release, path), { size }] as const,
  );
  return (await findMissing(storage, fileKey(release, ''), new Map(sizes))).length === 0;
}

async function isAsSeen(
  storage: Storage,
  release: Release,
  seen: StoredRelease | undefined,
): Promise<boolean> {
  const bytes = await readObject(storage, tagKey(release));
  return bytes ? digestOf(bytes) === seen?.digest : seen === undefined;
}

/** Who has published the tag by now gets its checksums back, if they are as they were left. */
async function giveBack(storage: Storage, release: Release, left: Buffer | undefined): Promise<void> {
  const document = await readTagDocument(storage, release);
  const checksums = document && checksumsIn(document.manifest);
  if (!checksums) return;
  const key = fileKey(release, checksumsName);
  const found = await readObject(storage, key);
  const isAsLeft = left ? found?.equals(left) : found === undefined;
  if (isAsLeft) await writeObject(storage, key, checksums, 'text/plain; charset=utf-8');
}

/** Checksums that say the same, and are nobody's: each line comes twice. */
function doubled(checksums: Buffer): Buffer {
  const half = checksums.subarray(0, checksums.length / 2);
  const isDoubled = checksums.equals(Buffer.concat([half, half]));
  return isDoubled ? checksums : Buffer.concat([checksums, checksums]);
}
