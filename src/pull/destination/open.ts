import { mkdir, realpath, rmdir } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { makeDirectory } from '../../content/make-directory.ts';
import { AlbaError, systemCode } from '../../errors.ts';
import { formatDuration, shownPath } from '../../progress/format.ts';
import { fileError } from '../../storage/file-error.ts';
import type { DestinationFolder, DestinationOptions, Pulled, SeenDestination } from '../destination.ts';
import { type HeldLock, holdLock } from '../lock/process-lock.ts';
import { removeOrWarn } from '../remove-tree.ts';
import { isSettledBy } from '../settled.ts';
import { compareDestination } from './compare.ts';
import { type DestinationLayout, innerFolder, layoutOf } from './layout.ts';
import { type FoundDestination, lookAtDestination } from './look.ts';
import { readRecord } from './record.ts';
import { isCutOff, recover } from './recover.ts';
import { makeTrees } from './swap-link.ts';
import { takePlace, writeRecord } from './take.ts';

/** In ms. */
const usualPatience = 600_000;

/**
 * Opens a destination to be filled: makes the folders above it, takes its lock, puts right what an earlier pull left that was cut
 * off. An AlbaError where it may not be filled, or cannot.
 */
export async function openDestination(
  given: string,
  options: DestinationOptions,
): Promise<DestinationFolder> {
  const shown = shownPath(given, options.directory);
  const path = resolve(options.directory, given);
  try {
    await makeDirectory(dirname(path));
    const layout = layoutOf(await withoutLinksAbove(path), options.directory);
    await makeHome(layout);
    const lock = await lockOf(layout, shown, options);
    const destination = new LockedDestination(layout, shown, lock, options);
    try {
      await destination.begin();
      return destination;
    } catch (thrown) {
      await destination[Symbol.asyncDispose]();
      throw thrown;
    }
  } catch (thrown) {
    throw fileError('write', shown, thrown);
  }
}

/**
 * Looks at a destination without waiting for anybody, and changes nothing of what is there: of one that is as it should be what a
 * pull left is removed that was cut off. The same errors where it may not be filled.
 */
export async function seeDestination(given: string, options: DestinationOptions): Promise<SeenDestination> {
  const path = resolve(options.directory, given);
  const layout = layoutOf(await withoutLinksAbove(path).catch(() => path), options.directory);
  const look = (): Promise<FoundDestination> =>
    lookAtDestination(layout, options).catch((thrown: unknown) => {
      throw fileError('read', shownPath(given, options.directory), thrown);
    });
  await look();
  return {
    path: layout.path,
    async compare(wanted) {
      const { standing, settled } = compareDestination(layout, await look(), wanted, options);
      const isTidy = standing.kind !== 'same' || (!settled && !(await isCutOff(layout)));
      if (!isTidy && !options.dryRun) await tryToTidy(layout, shownPath(given, options.directory), options);
      return standing;
    },
  };
}

/** Who cannot, as another pull is at it or the folder cannot be written, leaves it to a later one. */
async function tryToTidy(
  layout: DestinationLayout,
  shown: string,
  { progress }: DestinationOptions,
): Promise<void> {
  try {
    await using lock = await holdLock(layout.lock, { most: -1, onWait() {} });
    if (!lock) return;
    await recover(layout, shown, progress);
    const record = await readRecord(layout.record);
    if (record && isSettledBy(record.unsettled, Date.now()))
      await writeRecord(layout, layout.record, { ...record, unsettled: undefined });
  } catch {}
}

class LockedDestination implements DestinationFolder {
  readonly path: string;
  readonly #layout: DestinationLayout;
  readonly #shown: string;
  readonly #lock: HeldLock;
  readonly #options: DestinationOptions;
  readonly #scratch = new Set<string>();
  #staged: string | undefined;

  constructor(layout: DestinationLayout, shown: string, lock: HeldLock, options: DestinationOptions) {
    this.path = layout.path;
    this.#layout = layout;
    this.#shown = shown;
    this.#lock = lock;
    this.#options = options;
  }

  async begin(): Promise<void> {
    const { progress, current } = this.#options;
    await recover(this.#layout, this.#shown, progress);
    await lookAtDestination(this.#layout, this.#options);
    if (current) await makeTrees(this.#layout.trees);
  }

  async compare(wanted: Pulled) {
    const found = await lookAtDestination(this.#layout, this.#options);
    const { standing, settled } = compareDestination(this.#layout, found, wanted, this.#options);
    if (settled) await writeRecord(this.#layout, this.#layout.record, { ...settled, unsettled: undefined });
    return standing;
  }

  async stage(): Promise<string> {
    if (this.#staged !== undefined) throw new Error('a tree is staged already');
    this.#staged = await this.#temporary(this.#options.current ? this.#layout.trees : this.#layout.home);
    return this.#staged;
  }

  async scratch(): Promise<string> {
    const folder = await this.#temporary(this.#layout.home);
    this.#scratch.add(folder);
    return folder;
  }

  async #temporary(home: string): Promise<string> {
    const folder = this.#layout.temporary(home);
    try {
      await mkdir(folder);
      return folder;
    } catch (thrown) {
      throw fileError('write', this.#shown, thrown);
    }
  }

  async take(pulled: Pulled): Promise<void> {
    const staged = this.#staged;
    if (staged === undefined) throw new Error('no tree is staged');
    if (!(await this.#lock.isHeld())) {
      throw new AlbaError(
        'target',
        `${this.#shown}: another pull took this one for dead, as it slept too long: try again`,
      );
    }
    try {
      await lookAtDestination(this.#layout, this.#options);
      await takePlace(this.#layout, staged, pulled, this.#options);
      this.#staged = undefined;
    } catch (thrown) {
      throw fileError('replace', this.#shown, thrown);
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const left = [...this.#scratch, ...(this.#staged === undefined ? [] : [this.#staged])];
    for (const folder of left) removeOrWarn(folder, this.#options.progress);
    await this.#lock[Symbol.asyncDispose]();
    // Only what is empty goes.
    if (this.#options.current) await rmdir(this.#layout.trees).catch(() => {});
    if (this.#layout.inPlace !== undefined) await rmdir(this.#layout.home).catch(() => {});
  }
}

/** The folder it is in is followed to where it is; the destination itself may be a link. */
async function withoutLinksAbove(path: string): Promise<string> {
  if (dirname(path) === path) return path;
  return join(await realpath(dirname(path)), basename(path));
}

async function makeHome({ inPlace, home, path }: DestinationLayout): Promise<void> {
  if (inPlace === undefined) return;
  try {
    await makeTrees(home);
  } catch (cause) {
    if (systemCode(cause) !== 'EEXIST') throw cause;
    throw new AlbaError(
      'target',
      `${path} has a file named ${innerFolder}, where the record of a pull would be`,
      { cause },
    );
  }
}

async function lockOf(
  layout: DestinationLayout,
  shown: string,
  options: DestinationOptions,
): Promise<HeldLock> {
  const { patience = usualPatience, progress } = options;
  let holder = '';
  const lock = await holdLock(layout.lock, {
    most: patience,
    onWait(found) {
      holder = found;
      progress.line(`${shown}: waiting for another pull into it, of ${holder}`);
    },
  });
  if (lock) return lock;
  throw new AlbaError(
    'target',
    `${shown} is being filled by another pull, of ${holder}, which did not end in ${formatDuration(patience)}: end it, or delete ${layout.lock} if there is none`,
  );
}
