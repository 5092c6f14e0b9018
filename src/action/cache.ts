import { createHash } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { fileName, folderStore } from '../cache/folder.ts';
import type { Store } from '../cache/store.ts';
import { info } from './log.ts';
import { calm } from './mute-cache-warnings.ts';

/** In milliseconds, for a file of at most 1 MB: a slow service must not cost more than it saves. */
const patience = 10_000;

/**
 * Keeps what was learned with the Actions cache. Keys are made of what is kept, so that a save never meets an
 * older entry; a restore takes the newest for the same targets, else the newest of all, be it the default branch's.
 * The service finds an entry by its path, too, and unpacks it relative to the workspace: `temporary` is the
 * runner's, in the same place beside that on every runner of a kind.
 */
export function actionsStore(targets: readonly string[], temporary: string): Store {
  const directory = join(temporary, 'alba-cache');
  const path = join(directory, fileName);
  const folder = folderStore(directory);
  const scope = `alba-1-${hashOf(targets.toSorted().join('\n'))}-`;
  let restored: Promise<boolean> | undefined;
  return {
    async load() {
      restored ??= restore(path, [`${scope}restore`, scope, 'alba-1-']);
      return (await restored) ? folder.load() : undefined;
    },
    async save(bytes) {
      await folder.save(bytes);
      await ask(({ saveCache }) => saveCache([path], scope + hashOf(bytes), undefined, true));
    },
  };
}

/** Whether there is a whole file now: this one's, or an earlier step's where there is no service. */
async function restore(path: string, [key = '', ...prefixes]: readonly string[]): Promise<boolean> {
  if (!hasService()) return true;
  await rm(path, { force: true });
  return (
    (await ask(({ restoreCache }) => restoreCache([path], key, prefixes, undefined, true))) !== undefined
  );
}

function hasService(): boolean {
  return Boolean(process.env.ACTIONS_RESULTS_URL || process.env.ACTIONS_CACHE_URL);
}

let isTooSlow = false;

/** Undefined where the service has nothing, is none, or did not answer in time; then it is not asked again. */
async function ask<T>(
  work: (cache: typeof import('@actions/cache')) => Promise<T | undefined>,
): Promise<T | undefined> {
  if (!hasService() || isTooSlow) return undefined;
  const cache = await import('@actions/cache');
  if (!cache.isFeatureAvailable()) return undefined;
  calm();
  const timer = new AbortController();
  const tooLate = setTimeout(patience, undefined, { signal: timer.signal, ref: false }).then(
    () => {
      isTooSlow = true;
      info(`The cache service did not answer within ${patience / 1000} s: going on without it.`);
    },
    () => {},
  );
  const done = work(cache).catch((failure: unknown) => info(`The cache is not used: ${failure}`));
  const first = await Promise.race([done, tooLate]);
  timer.abort();
  return first ?? undefined;
}

function hashOf(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex').slice(0, 16);
}
