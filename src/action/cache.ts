import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { fileName, folderStore } from '../cache/folder.ts';
import type { Store } from '../cache/store.ts';
import { messageOf } from '../errors.ts';
import { info } from './log.ts';
import { muteCacheWarnings } from './mute-cache-warnings.ts';

/** In milliseconds, for a file of at most 1 MB: a slow service must not cost more than it saves. */
const patience = 10_000;

/**
 * Keeps what was learned with the Actions cache. Keys are made of what is kept, so that a save never meets an
 * older entry; a restore takes the newest for the same targets, else the newest of all, be it the default branch's.
 * The service finds an entry by its path, too, relative to the workspace: `temporary` is the runner's, in the same
 * place beside that on every runner of a kind.
 */
export function actionsStore(targets: readonly string[], temporary: string): Store {
  const directory = join(temporary, 'alba-cache');
  const path = join(directory, fileName);
  const folder = folderStore(directory);
  const scope = `alba-1-${hashOf(targets.toSorted().join('\n'))}-`;
  let restored: Promise<Uint8Array | undefined> | undefined;
  return {
    load() {
      // Where there is no service, an earlier step may have left its file.
      restored ??= hasService() ? restore(path, [`${scope}restore`, scope, 'alba-1-']) : folder.load();
      return restored;
    },
    async save(bytes) {
      await folder.save(bytes);
      await ask(async () =>
        (await import('@actions/cache')).saveCache([path], scope + hashOf(bytes), undefined, true),
      );
    },
  };
}

function restore(path: string, keys: readonly string[]): Promise<Uint8Array | undefined> {
  return ask(async () => (await import('./cache-entry.ts')).readCacheEntry(path, keys));
}

function hasService(): boolean {
  return Boolean(process.env.ACTIONS_RESULTS_URL || process.env.ACTIONS_CACHE_URL);
}

let isTooSlow = false;

/** Undefined where the service has nothing, is none, or did not answer in time; then it is not asked again. */
async function ask<T>(work: () => Promise<T | undefined>): Promise<T | undefined> {
  if (!hasService() || isTooSlow) return undefined;
  if (!(await import('@actions/cache')).isFeatureAvailable()) return undefined;
  muteCacheWarnings();
  const timer = new AbortController();
  const tooLate = setTimeout(patience, undefined, { signal: timer.signal, ref: false }).then(
    () => {
      isTooSlow = true;
      info(`The cache service did not answer within ${patience / 1000} s: going on without it.`);
    },
    () => {},
  );
  const done = work().catch((failure: unknown) => info(`The cache is not used: ${messageOf(failure)}`));
  const first = await Promise.race([done, tooLate]);
  timer.abort();
  return first ?? undefined;
}

function hashOf(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex').slice(0, 16);
}
