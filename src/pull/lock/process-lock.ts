import { randomUUID } from 'node:crypto';
import { renameSync, writeFileSync } from 'node:fs';
import { lstat, rm, utimes } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import * as v from 'valibot';
import {
  identitySchema,
  isRunning,
  type ProcessIdentity,
  thisProcess,
} from '../../content/process-identity.ts';
import { systemCode } from '../../errors.ts';
import { parseJson } from '../../oci/manifest.ts';
import { printable } from '../../progress/format.ts';
import { isMade } from '../../storage/make-file.ts';
import { readPlainFile } from '../read-plain-file.ts';

/** In ms: how often a holder says that it is there, and after how long a silence it is not, where only that can tell. */
const beatEvery = 15_000;
const silentAfter = 180_000;
/** In ms, for a file that its maker has not written yet, or a claim that takes a few calls. */
const writtenWithin = 10_000;
/** In ms, between two looks at a lock of another. */
const lookEvery = 100;
/** In bytes; a lock has some 200. */
const mostBytes = 4096;

/** Its token becomes a part of a name. */
const lockSchema = v.object({
  token: v.pipe(v.string(), v.uuid()),
  made: v.number(),
  ...identitySchema.entries,
});

/** A file that says that a process is at work, from the first line to the last. */
export interface HeldLock extends AsyncDisposable {
  readonly token: string;
  /** Whether it is still ours: after a long sleep another may have taken us for dead. */
  isHeld(): Promise<boolean>;
}

/** A lock file as it was found. */
interface FoundLock {
  readonly token: string;
  readonly isAlive: boolean;
  /** In ms since 1970. */
  readonly made: number;
  /** For people: `process 12 on build-3`. */
  readonly holder: string;
}

/** How somebody waits for a lock that is held. */
export interface Patience {
  /** In ms. */
  readonly most: number;
  /** Told once, before the wait, who holds it. */
  onWait(holder: string): void;
}

/**
 * Takes a lock for as long as this process likes: the file is made by one alone. That of a process that is dead is taken over
 * at once on its machine, from another after three minutes of silence. Undefined where it was held for all of `patience.most`.
 */
export async function holdLock(path: string, patience: Patience): Promise<HeldLock | undefined> {
  const end = Date.now() + patience.most;
  for (let isTold = false; ; ) {
    const held = await makeLock(path);
    if (held) return held;
    const found = await lookAtLock(path);
    if (found && !found.isAlive) {
      await removeLock(path, found);
      continue;
    }
    if (found && !isTold) {
      patience.onWait(found.holder);
      isTold = true;
    }
    if (Date.now() > end) return undefined;
    await wait(lookEvery);
  }
}

/** Makes a lock if none is there. */
export async function makeLock(path: string): Promise<HeldLock | undefined> {
  const token = randomUUID();
  return (await isMade(path, textOf(token))) ? heldLock(path, token) : undefined;
}

/**
 * Makes a lock at a path that nobody else would take, which is whole from the moment it is there: it is written as `draft` first, which
 * others may sweep. Throws the system's error.
 */
export function makeWholeLock(path: string, draft: string): HeldLock {
  const token = randomUUID();
  for (let tries = 10; ; tries -= 1) {
    try {
      writeFileSync(draft, textOf(token));
      renameSync(draft, path);
      return heldLock(path, token);
    } catch (thrown) {
      // Somebody takes the draft for that of a dead process, in the instant between both calls.
      if (tries === 0 || !['ENOENT', 'EPERM', 'EBUSY'].includes(systemCode(thrown) ?? '')) throw thrown;
    }
  }
}

function textOf(token: string): string {
  return JSON.stringify({ token, made: Date.now(), ...thisProcess() });
}

function heldLock(path: string, token: string): HeldLock {
  const beat = setInterval(() => {
    const now = new Date();
    utimes(path, now, now).catch(() => {});
  }, beatEvery);
  beat.unref();
  const isHeld = async (): Promise<boolean> => (await readLock(path))?.token === token;
  return {
    token,
    isHeld,
    async [Symbol.asyncDispose]() {
      clearInterval(beat);
      if (await isHeld()) await rm(path, { force: true });
    },
  };
}

/** What is known of a lock file; undefined where there is none. */
export async function lookAtLock(path: string): Promise<FoundLock | undefined> {
  const stats = await lstat(path).catch(() => undefined);
  if (!stats) return undefined;
  const silent = Date.now() - stats.mtimeMs;
  const lock = await readLock(path);
  if (!lock) {
    // Who made it may be about to write it; anything else that lies there is no lock.
    const isAlive = stats.isFile() && silent < writtenWithin;
    return { token: 'none', isAlive, made: stats.mtimeMs, holder: 'another process' };
  }
  const { token, made } = lock;
  return { token, isAlive: isRunning(lock) ?? silent < silentAfter, made, holder: nameOf(lock) };
}

async function readLock(path: string): Promise<v.InferOutput<typeof lockSchema> | undefined> {
  try {
    const bytes = await readPlainFile(path, mostBytes);
    return bytes && parseJson(lockSchema, bytes, path);
  } catch {
    return undefined;
  }
}

/**
 * Removes this very lock of a dead process, not one that another has made since: of all who want to, the one that makes a file
 * named by its token may. Such a file is there for a few calls only; an old one is of a process that was killed in between.
 */
export async function removeLock(path: string, { token }: FoundLock): Promise<void> {
  const claim = `${path}-${token}`;
  if (!(await isMade(claim, ''))) {
    const claimed = await lstat(claim).catch(() => undefined);
    if (claimed && Date.now() - claimed.mtimeMs > writtenWithin) await rm(claim, { force: true });
    await wait(lookEvery);
    return;
  }
  try {
    const found = await lookAtLock(path);
    if (found?.token === token && !found.isAlive) await rm(path, { force: true, recursive: true });
  } finally {
    await rm(claim, { force: true });
  }
}

function nameOf({ machine, pid }: ProcessIdentity): string {
  const where = machine === thisProcess().machine ? '' : ` on ${machine.split(' ')[0]}`;
  return printable(`process ${pid}${where}`);
}
