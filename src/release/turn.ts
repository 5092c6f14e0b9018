import type { Progress } from '../progress/progress.ts';
import type { Storage } from '../storage/storage.ts';
import { checksumsIn, checksumsName, checksumsOf } from './checksums.ts';
import { type Step, sendAnew } from './delivery.ts';
import type { Draft } from './draft.ts';
import { fileKey, tagKey } from './keys.ts';
import { notKept, readObject, writeObject } from './store.ts';
import { isWithdrawn, withdraw } from './withdraw.ts';

/** In milliseconds: how often a publisher who sends files looks whether another one has begun. */
const lookEvery = 5_000;

/** What a publisher has to do in its turn. */
export interface Plan {
  readonly steps: readonly Step[];
  /** When the turn began, by the clock of the storage; undefined where the tag was not there before. */
  readonly began: Date | undefined;
}

/**
 * The time in which one publisher changes a tag. SHA256SUMS tells whose it is: each publisher writes its own before
 * it writes any file, and looks at the end whether they are still there. Why that suffices is told in
 * docs/decisions/replacing-a-static-release.md.
 */
export class Turn {
  readonly #draft: Draft;
  readonly #storage: Storage;
  readonly #key: string;
  readonly #checksums: Buffer;
  #looked = Date.now();
  #isHeld = true;
  #isRepeated = false;

  constructor(draft: Draft) {
    this.#draft = draft;
    this.#storage = draft.storage;
    this.#key = fileKey(draft.release, checksumsName);
    this.#checksums = checksumsOf(draft.files);
  }

  /**
   * Begins the turn. A document that names other files is withdrawn first. Where another publisher was here since
   * the draft was made, nothing counts that it has found: every file is to be sent.
   */
  async begin(progress: Progress): Promise<Plan> {
    const { release, published, steps } = this.#draft;
    const sums = published && checksumsIn(published.manifest);
    const staying = sums?.equals(this.#checksums) ? published?.bytes : undefined;
    if (published && !staying) await withdraw(this.#storage, release, progress);
    const isUnchanged = !published || staying !== undefined || isSame(await this.#read(), sums);
    await this.#write();
    const [document, head] = await Promise.all([
      readObject(this.#storage, tagKey(release)),
      published && this.#storage.head(this.#key),
    ]);
    const isAsLeft = staying ? isSame(document, staying) : isWithdrawn(document);
    if (!isAsLeft && !isWithdrawn(document)) await withdraw(this.#storage, release, progress);
    return { steps: isUnchanged && isAsLeft ? steps : steps.map(sendAnew), began: head?.modified };
  }

  /**
   * Whether no other publisher has begun since; once one has, that stays so. Checksums that are not there at all were lost by the storage, since
   * nobody takes them away: they are written once more, then an AlbaError says so.
   */
  async isHeld(): Promise<boolean> {
    this.#looked = Date.now();
    const found = await this.#read();
    if (found) {
      this.#isHeld &&= isSame(found, this.#checksums);
      return this.#isHeld;
    }
    if (this.#isRepeated) throw notKept(this.#storage, this.#key);
    this.#isRepeated = true;
    await this.#write();
    return this.isHeld();
  }

  /** The same as it was at the last look, which is a few seconds ago at most. */
  async seemsHeld(): Promise<boolean> {
    const isDue = this.#isHeld && Date.now() - this.#looked > lookEvery;
    return isDue ? this.isHeld() : this.#isHeld;
  }

  #read(): Promise<Buffer | undefined> {
    return readObject(this.#storage, this.#key);
  }

  #write(): Promise<void> {
    return writeObject(this.#storage, this.#key, this.#checksums, 'text/plain; charset=utf-8');
  }
}

function isSame(found: Buffer | undefined, expected: Buffer | undefined): boolean {
  return found !== undefined && expected !== undefined && found.equals(expected);
}
