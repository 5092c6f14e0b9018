import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { fileName, folderStore } from '../cache/folder.ts';
import type { Store } from '../cache/store.ts';
import { AlbaError, messageOf } from '../errors.ts';
import { keepSecret } from '../progress/secrets.ts';
import { muteCacheWarnings, readOnly } from './calm-cache.ts';
import { info } from './log.ts';

/** In milliseconds, for a file of at most 1 MB: a slow service must not cost more than it saves. */
const patience = 10_000;

/**
 * Keeps what was learned with the Actions cache. Keys are made of what is kept, so that a save never meets an
 * older entry; a restore takes the newest for the same targets, else the newest of all, be it the default branch's.
 * The service finds an entry by its path, too, relative to the workspace: `temporary` is the runner's, in the same
 * place beside that on every runner of a kind. Where the service is of no use, one line says why.
 */
export function actionsStore(targets: readonly string[], temporary: string): Store {
  const directory = join(temporary, 'alba-cache');
  const path = join(directory, fileName);
  const folder = folderStore(directory);
  const scope = `alba-1-${hashOf(targets.toSorted().join('\n'))}-`;
  let restored: Promise<Uint8Array | undefined> | undefined;
  return {
    load() {
      restored ??= isThere().then((found) => {
        // Where there is no service, an earlier step may have left its file.
        return found ? restore(path, [`${scope}restore`, scope, 'alba-1-']) : folder.load();
      });
      return restored;
    },
    async save(bytes) {
      await folder.save(bytes);
      if (await isThere()) await save(path, scope + hashOf(bytes));
    },
  };
}

async function restore(path: string, keys: readonly string[]): Promise<Uint8Array | undefined> {
  const mode = cacheMode();
  if (mode === 'none') return giveUp('The Actions cache is not to be used in this run (cache-mode none)');
  if (mode === 'write-only') {
    info('The Actions cache is not to be read in this run (cache-mode write-only)');
    return undefined;
  }
  return ask(async () => (await import('./cache-entry.ts')).readCacheEntry(path, keys));
}

async function save(path: string, key: string): Promise<void> {
  const mode = cacheMode();
  if (mode === 'read') return giveUp(readOnly(` (cache-mode ${mode})`));
  await ask(async () => (await import('@actions/cache')).saveCache([path], key, undefined, true));
}

/** What a job's `cache-mode` allows; anything else than its four words allows all, as in `@actions/cache`. */
function cacheMode(): string | undefined {
  return process.env.ACTIONS_CACHE_MODE?.trim().toLowerCase();
}

async function isThere(): Promise<boolean> {
  const { ACTIONS_RESULTS_URL, ACTIONS_CACHE_URL } = process.env;
  const isNamed = Boolean(ACTIONS_RESULTS_URL || ACTIONS_CACHE_URL);
  if (isNamed && (await import('@actions/cache')).isFeatureAvailable()) return true;
  giveUp(
    'There is no Actions cache on this runner: what is learned here serves later steps of the job alone',
  );
  return false;
}

let isGivenUp = false;

/** Nothing is asked of the service any more, and nothing more is said of it. */
function giveUp(why: string): undefined {
  if (!isGivenUp) info(why);
  isGivenUp = true;
}

/** Undefined where the service has nothing of use, failed, or did not answer in time; then it is not asked again. */
async function ask<T>(work: () => Promise<T | undefined>): Promise<T | undefined> {
  if (isGivenUp) return undefined;
  // What the service answers is told as it is, where debugging is on.
  keepSecret(process.env.ACTIONS_RUNTIME_TOKEN ?? '');
  muteCacheWarnings();
  const timer = new AbortController();
  const tooLate = setTimeout(patience, undefined, { signal: timer.signal, ref: false }).then(
    () => giveUp(`The cache service did not answer within ${patience / 1000} s: going on without it.`),
    () => undefined,
  );
  const done = work().catch((failure: unknown) => {
    // An entry that is not ours may be followed by one that is; a service that fails will fail again.
    if (failure instanceof AlbaError) info(`The cache is not used: ${failure.message}`);
    else giveUp(`The Actions cache is not used: ${messageOf(failure)}`);
  });
  const first = await Promise.race([done, tooLate]);
  timer.abort();
  return first ?? undefined;
}

function hashOf(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex').slice(0, 16);
}
