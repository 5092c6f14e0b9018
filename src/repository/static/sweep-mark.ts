import { setTimeout as wait } from 'node:timers/promises';
import * as v from 'valibot';
import { AlbaError } from '../../errors.ts';
import { parseJson } from '../../oci/manifest.ts';
import { putBytes, readBytes, whereIs } from '../../storage/bytes.ts';
import type { Storage } from '../../storage/storage.ts';
import { changing } from './caching.ts';
import type { Tree } from './keys.ts';

/** In milliseconds: how often who deletes shows that it still does. */
const beatEvery = 5_000;
/** In milliseconds: who could not show it for so long deletes nothing more. */
const giveUpAfter = 30_000;
/** In milliseconds: after which who shows nothing is taken for dead; longer than any request of its lasts. */
const deadAfter = 90_000;
/** In milliseconds: how often who waits looks. */
const lookEvery = 250;

const schema = v.looseObject({
  id: v.string(),
  state: v.picklist(['deleting', 'done']),
  beat: v.optional(v.number(), 0),
});

/** The last deletion in a repository: `deleting` for as long as `beat` goes on. */
export type SweepMark = v.InferOutput<typeof schema>;

/** What stands there of the last deletion; undefined where there never was one. */
export async function readSweepMark(storage: Storage, tree: Tree): Promise<SweepMark | undefined> {
  const bytes = await readBytes(storage, tree.sweepMark);
  return bytes && parseJson(schema, bytes, whereIs(storage, tree.sweepMark));
}

/**
 * Waits until no deletion is under way, and tells whether there was one since `before` was read: then what was found to be
 * there is to be looked for once more. `reading` is the first look, which began when the tags were there. Why that suffices is told in docs/decisions/deleting-beside-pushes.md.
 */
export async function afterSweeps(
  storage: Storage,
  tree: Tree,
  before: SweepMark | undefined,
  reading: Promise<SweepMark | undefined> = readSweepMark(storage, tree),
): Promise<boolean> {
  let seen = await reading;
  let since = performance.now();
  while (seen?.state === 'deleting' && performance.now() - since < deadAfter) {
    await wait(lookEvery);
    const now = await readSweepMark(storage, tree);
    if (now?.id !== seen.id || now.beat !== seen.beat) since = performance.now();
    seen = now;
  }
  if (seen?.state === 'deleting') await writeMark(storage, tree, { ...seen, state: 'done' });
  return seen?.id !== before?.id || before?.state === 'deleting';
}

function writeMark(storage: Storage, tree: Tree, { id, state, beat }: SweepMark): Promise<void> {
  const bytes = Buffer.from(JSON.stringify({ id, state, beat }));
  return putBytes(storage, tree.sweepMark, bytes, {
    contentType: 'application/json',
    cacheControl: changing,
  });
}

/** One deletion under way, which publishers see, also while it lists what is there. Of two, the one that began last goes on. */
export class Sweep {
  readonly #storage: Storage;
  readonly #tree: Tree;
  readonly #id: string;
  #beat = 0;
  #shown = performance.now();
  #renewing: Promise<void> | undefined;
  #timer: NodeJS.Timeout | undefined;

  private constructor(storage: Storage, tree: Tree, id: string) {
    this.#storage = storage;
    this.#tree = tree;
    this.#id = id;
  }

  /** What is read after this is what counts: publishers who come later wait. */
  static async begin(storage: Storage, tree: Tree, id: string): Promise<Sweep> {
    const sweep = new Sweep(storage, tree, id);
    await sweep.#write('deleting');
    // Where that fails, the next request that deletes is told.
    sweep.#timer = setInterval(() => void sweep.goOn().catch(() => {}), beatEvery).unref();
    return sweep;
  }

  /** To be asked before each request that deletes: throws where others may go on as if this were dead. */
  async goOn(): Promise<void> {
    if (performance.now() - this.#shown < beatEvery) return;
    this.#renewing ??= this.#renew().finally(() => {
      this.#renewing = undefined;
    });
    await this.#renewing;
  }

  /** Nothing is to be deleted any more. */
  async end(): Promise<void> {
    clearInterval(this.#timer);
    await this.#renewing?.catch(() => {});
    await this.#assertOwn();
    await this.#write('done');
  }

  async #renew(): Promise<void> {
    const age = performance.now() - this.#shown;
    await this.#assertOwn();
    if (age > giveUpAfter) {
      throw new AlbaError(
        'target',
        `${whereIs(this.#storage, this.#tree.sweepMark)} could not be renewed for ${Math.round(age / 1000)} s: nothing more was deleted; run this again`,
      );
    }
    await this.#write('deleting');
  }

  async #assertOwn(): Promise<void> {
    const found = await readSweepMark(this.#storage, this.#tree);
    if (found?.id === this.#id && found.state === 'deleting') return;
    throw new AlbaError(
      'target',
      `${whereIs(this.#storage, this.#tree.sweepMark)}: another run deletes there since, or a push took this one for dead: nothing more was deleted; run this again`,
    );
  }

  async #write(state: SweepMark['state']): Promise<void> {
    const began = performance.now();
    await writeMark(this.#storage, this.#tree, { id: this.#id, state, beat: this.#beat });
    this.#beat += 1;
    this.#shown = began;
  }
}
