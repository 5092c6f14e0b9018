import { lstat, rename, utimes } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import pLimit from 'p-limit';
import { makeInside } from '../../content/make-directory.ts';
import { AlbaError, systemCode } from '../../errors.ts';
import { type LayerEntries, type UnpackedLayer, unpackedLayer } from '../../image/rootfs/unpacked-layer.ts';
import { type Digest, hexOf } from '../../oci/digest.ts';
import { printable, shownPath } from '../../progress/format.ts';
import type { Progress } from '../../progress/progress.ts';
import { fileError } from '../../storage/file-error.ts';
import { withLock } from '../../storage/file-lock.ts';
import { flushTree } from '../flush.ts';
import { type HeldLock, holdLock } from '../lock/process-lock.ts';
import { removeOrWarn } from '../remove-tree.ts';
import { isSettledBy } from '../settled.ts';
import { headersPath, readKeptLayer, writeHeaders, wrongContent } from './kept-layer.ts';
import type { KeptHeaders } from './layer-headers-file.ts';
import { type Lease, takeLease } from './lease.ts';
import { layerPath, makeStoreFolder, type StoreFolder } from './store-folder.ts';

/** In ms: how long another process is waited for that takes the same layer apart. */
const usualPatience = 600_000;
/** Layers of at most so many entries are on the disk before they are kept. */
const flushedEntries = 500;

/** What a store needs besides its path. */
export interface StoreOptions {
  /** Relative paths begin there. */
  readonly directory: string;
  readonly progress: Pick<Progress, 'line' | 'warn'>;
  /** In ms; ten minutes if not given. */
  readonly patience?: number;
}

/** Layers taken apart that later pulls use again, by diffID. What it gave stays there until it is disposed of. */
export interface LayerStore extends AsyncDisposable {
  /** A layer that is there. One that was damaged is a warning, and not there any more. */
  find(diffId: Digest): Promise<UnpackedLayer | undefined>;
  /**
   * Has a layer taken apart into the folder that `takeApart` is given, which makes it, and keeps it. If another process is at the
   * same, that is waited for, and its layer given. Throws what `takeApart` throws, or an AlbaError where it cannot be kept.
   */
  fill(diffId: Digest, takeApart: (folder: string) => Promise<UnpackedLayer>): Promise<UnpackedLayer>;
}

/** Opens the store in a folder, which is made if it is not there; an AlbaError where that is something else. */
export async function openLayerStore(path: string, options: StoreOptions): Promise<LayerStore> {
  const shown = shownPath(path, options.directory);
  try {
    const folder = await makeStoreFolder(resolve(options.directory, path), shown);
    return new FolderLayerStore(folder, shown, await takeLease(folder, options.progress), options);
  } catch (thrown) {
    throw fileError('write the store', shown, thrown);
  }
}

class FolderLayerStore implements LayerStore {
  readonly #folder: StoreFolder;
  readonly #shown: string;
  readonly #lease: Lease;
  readonly #options: StoreOptions;
  /** One after the other: what is kept of a layer may be large. */
  readonly #reading = pLimit(1);
  /** What was found or filled: its lease keeps it there. */
  readonly #known = new Map<Digest, UnpackedLayer>();

  constructor(folder: StoreFolder, shown: string, lease: Lease, options: StoreOptions) {
    this.#folder = folder;
    this.#shown = shown;
    this.#lease = lease;
    this.#options = options;
  }

  async find(diffId: Digest): Promise<UnpackedLayer | undefined> {
    const layer = this.#known.get(diffId) ?? (await this.#find(diffId));
    if (layer) this.#known.set(diffId, layer);
    return layer;
  }

  async #find(diffId: Digest): Promise<UnpackedLayer | undefined> {
    const path = layerPath(this.#folder, diffId);
    try {
      if (!(await this.#use(diffId, path))) return undefined;
      const judged = await inodeOf(headersPath(path));
      const kept = await this.#reading(() => readKeptLayer(path));
      if (typeof kept === 'string') {
        this.#options.progress.warn(
          `${this.#shown}: layer ${diffId} is taken apart again: ${printable(kept)}`,
        );
        await this.#discard(diffId, path, judged);
        return undefined;
      }
      if (isSettledBy(kept.unsettled, Date.now())) await this.#settle(path, kept);
      return unpackedLayer(diffId, kept.entries, path);
    } catch (thrown) {
      throw fileError('use the store', this.#shown, thrown);
    }
  }

  async fill(diffId: Digest, takeApart: (folder: string) => Promise<UnpackedLayer>): Promise<UnpackedLayer> {
    await using _ = await this.#lockOf(diffId);
    const found = await this.find(diffId);
    if (found) return found;
    const folder = this.#lease.temporary();
    const layer = await takeApart(folder);
    if (layer.diffId !== diffId) throw new Error(`asked for ${diffId}, took ${layer.diffId} apart`);
    try {
      const kept = (await this.#keep(layer, folder)) ?? layer;
      this.#known.set(diffId, kept);
      return kept;
    } catch (thrown) {
      throw fileError('write the store', this.#shown, thrown);
    }
  }

  /** Sets the time of a layer's last use, in a turn of this process: afterwards it is not removed. False where there is none. */
  async #use(diffId: Digest, path: string): Promise<boolean> {
    const now = new Date();
    return this.#inTurn(diffId, () =>
      utimes(headersPath(path), now, now).then(
        () => true,
        // A folder without headers is damaged, and told so.
        () => isThere(path),
      ),
    );
  }

  /** Undefined where it was a layer of more headers than are kept: then it is this process's alone. */
  async #keep(layer: UnpackedLayer, folder: string): Promise<UnpackedLayer | undefined> {
    const { diffId, entries } = layer;
    const wrong = wrongContent(folder, entries);
    if (wrong !== undefined) {
      throw new AlbaError(
        'target',
        `${this.#shown}: the content of ${printable(wrong)} is not what was written`,
      );
    }
    const isSettled = entries.length <= flushedEntries && (await flushTree(folder, fileNumbers(entries)));
    if (!(await writeHeaders(headersPath(folder), entries, isSettled))) return undefined;
    const path = layerPath(this.#folder, diffId);
    await makeInside(dirname(path));
    await this.#inTurn(diffId, () => rename(folder, path)).catch(async (thrown: unknown) => {
      // Somebody kept it meanwhile, whom this process did not want to wait for any longer.
      if (!['ENOTEMPTY', 'EEXIST', 'EPERM'].includes(systemCode(thrown) ?? '')) throw thrown;
      if (!(await this.find(diffId))) throw thrown;
    });
    return unpackedLayer(diffId, entries, path);
  }

  async #settle(path: string, { entries }: KeptHeaders): Promise<void> {
    const temporary = this.#lease.temporary();
    await writeHeaders(temporary, entries, true);
    await rename(temporary, headersPath(path));
  }

  /** Moves a layer away, by the inode of its headers, unless another pull has done so, or has put another one there. */
  async #discard(diffId: Digest, path: string, judged: number | undefined): Promise<void> {
    const away = this.#lease.temporary();
    const isMoved = await this.#inTurn(diffId, async () => {
      if ((await inodeOf(headersPath(path))) !== judged || !(await isThere(path))) return false;
      await rename(path, away);
      return true;
    });
    if (isMoved) removeOrWarn(away, this.#options.progress);
  }

  #inTurn<T>(diffId: Digest, work: () => Promise<T>): Promise<T> {
    return withLock(join(this.#folder.turns, hexOf(diffId)), work);
  }

  /** Undefined where another process was at it for too long: then both do the same, and the first one's layer is kept. */
  #lockOf(diffId: Digest): Promise<HeldLock | undefined> {
    const { patience = usualPatience, progress } = this.#options;
    return holdLock(join(this.#folder.locks, hexOf(diffId)), {
      most: patience,
      onWait: (holder) =>
        progress.line(`layer ${diffId}: waiting for ${holder}, which puts it into ${this.#shown}`),
    }).catch((thrown: unknown) => {
      throw fileError('write the store', this.#shown, thrown);
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#lease[Symbol.asyncDispose]();
  }
}

function fileNumbers(entries: LayerEntries): string[] {
  return [...entries].flatMap(({ type }, number) => (type === 'file' ? [`${number}`] : []));
}

function isThere(path: string): Promise<boolean> {
  return lstat(path).then(
    () => true,
    () => false,
  );
}

/** Undefined where there is nothing. */
function inodeOf(path: string): Promise<number | undefined> {
  return lstat(path).then(
    ({ ino }) => ino,
    () => undefined,
  );
}
