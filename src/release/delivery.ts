import path from 'node:path';
import pMap from 'p-map';
import { counted } from '../content/count.ts';
import { messageOf } from '../errors.ts';
import type { Progress } from '../progress/progress.ts';
import { pathOf, type ReleaseFile } from '../source/tree/file.ts';
import type { Storage } from '../storage/storage.ts';
import { findElsewhere } from './elsewhere.ts';
import { fileKey, type Release } from './keys.ts';
import { opener, smallSize } from './measure.ts';
import { attachmentOf, contentTypeOf } from './media.ts';
import { headersOf } from './store.ts';

/** Of small files so many times more are on their way than of large ones, up to a number that no server minds. */
const smallFactor = 8;
const mostSmall = 256;

/** What has to happen so that a file is there. */
export interface Step {
  readonly file: ReleaseFile;
  readonly key: string;
  readonly fate: 'skipped' | 'copied' | 'pushed';
  /** A key in another release that is said to have the same bytes. */
  readonly from?: string;
}

/** How files are sent. */
export interface DeliveryOptions {
  /** How many large files are on their way at once. */
  readonly concurrency: number;
  /** Whether browsers are told to save the files, not to show them. */
  readonly attachment: boolean;
  readonly signal: AbortSignal;
  readonly progress: Progress;
  /** Asked before each file: where it says no, no further file is sent. */
  readonly goesOn?: () => Promise<boolean>;
}

/**
 * Compares files with the keys that the tag surely holds, and where bytes are missing with other releases of the name.
 */
export async function planDelivery(
  storage: Storage,
  release: Release,
  files: readonly ReleaseFile[],
  held: ReadonlySet<string>,
  tags: readonly string[],
  progress: Progress,
): Promise<Step[]> {
  const keyed = files.map((file) => ({ file, key: fileKey(release, pathOf(file)) }));
  const wanted = keyed.filter(({ file, key }) => file.size > 0 && !held.has(key));
  const digests = new Set(wanted.map(({ file }) => file.digest));
  const others = storage.copiesNothing ? [] : tags;
  const elsewhere = await findElsewhere(storage, release, others, digests, progress);
  return keyed.map(({ file, key }) => {
    if (held.has(key)) return { file, key, fate: 'skipped' };
    const from = elsewhere.get(file.digest);
    return from ? { file, key, fate: 'copied', from } : { file, key, fate: 'pushed' };
  });
}

/** A step as it is where nothing can be said of what the storage has: the file is sent. */
export function sendAnew({ file, key }: Step): Step {
  return { file, key, fate: 'pushed' };
}

/**
 * Brings the files of a plan to the storage, many at once: of small ones, which wait for answers rather than
 * for the line, several times as many. Returns the steps as they were done.
 */
export async function deliver(
  storage: Storage,
  steps: readonly Step[],
  options: DeliveryOptions,
): Promise<Step[]> {
  const { concurrency, progress, signal } = options;
  for (const { file, fate } of steps) if (fate === 'pushed') progress.expect(file.size);
  const lane = (isWanted: (step: Step) => boolean, concurrency: number): Promise<Step[]> =>
    pMap(steps.filter(isWanted), (step) => take(storage, step, options), { concurrency, signal });
  const isSmall = ({ file }: Step): boolean => file.size <= smallSize;
  const done = await Promise.all([
    lane((step) => !isSmall(step), concurrency),
    lane(isSmall, Math.min(concurrency * smallFactor, mostSmall)),
  ]);
  return done.flat();
}

async function take(storage: Storage, step: Step, options: DeliveryOptions): Promise<Step> {
  const { file, key, from } = step;
  if (step.fate === 'skipped' || (await options.goesOn?.()) === false) return step;
  const disposition = options.attachment ? attachmentOf(path.posix.basename(key)) : undefined;
  const headers = headersOf(contentTypeOf(key), disposition);
  if (from) {
    try {
      if (await storage.copy(from, key, headers, file.digest)) {
        options.progress.line(`${from} -> ${key}`);
        return step;
      }
      options.progress.debug(`${from} is not copied: nothing proves that it is ${file.digest}`);
    } catch (failure) {
      options.progress.debug(`${from} could not be copied: ${messageOf(failure)}`);
    }
    options.progress.expect(file.size);
  }
  const isSmall = file.size <= smallSize;
  const open = isSmall ? opener(file) : counted(opener(file), options.progress.advance);
  await storage.put(key, { size: file.size, open }, headers);
  if (isSmall) options.progress.advance(file.size);
  options.progress.line(`${file.origin} -> ${key}`);
  return { file, key, fate: 'pushed' };
}
