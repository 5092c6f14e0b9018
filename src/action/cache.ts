import { createHash } from 'node:crypto';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import * as core from '@actions/core';
import { fileName, folderStore } from '../cache/folder.ts';
import type { Store } from '../cache/store.ts';

/** Told to the service as it is written here, so that runners with other homes find the same entry. */
const path = `~/.cache/alba/${fileName}`;
/** In milliseconds, for a file of at most 1 MB: a slow service must not cost more than it saves. */
const patience = 10_000;

/**
 * Keeps what was learned with the Actions cache. Keys are made of what is kept, so that a save never meets an
 * older entry; a restore takes the newest for the same targets, else the newest of all, be it the default branch's.
 */
export function actionsStore(targets: readonly string[]): Store {
  const folder = folderStore(join(homedir(), '.cache', 'alba'));
  const scope = `alba-1-${hashOf(targets.toSorted().join('\n'))}-`;
  let restored: Promise<unknown> | undefined;
  return {
    async load() {
      restored ??= bounded(async ({ restoreCache }) => {
        await restoreCache([path], `${scope}restore`, [scope, 'alba-1-'], undefined, true);
      });
      await restored;
      return folder.load();
    },
    async save(bytes) {
      await folder.save(bytes);
      await bounded(async ({ saveCache }) => {
        await saveCache([path], scope + hashOf(bytes), undefined, true);
      });
    },
  };
}

/** Does nothing where there is no cache service, and nothing more once patience is at its end. */
async function bounded(work: (cache: typeof import('@actions/cache')) => Promise<void>): Promise<void> {
  if (!process.env.ACTIONS_RESULTS_URL && !process.env.ACTIONS_CACHE_URL) return;
  const cache = await import('@actions/cache');
  if (!cache.isFeatureAvailable()) return;
  const timer = new AbortController();
  const tooLate = setTimeout(patience, undefined, { signal: timer.signal, ref: false }).then(
    () => core.info(`The cache service did not answer within ${patience / 1000} s: going on without it.`),
    () => {},
  );
  const done = work(cache).catch((failure: unknown) => core.info(`The cache is not used: ${failure}`));
  await Promise.race([done, tooLate]);
  timer.abort();
}

function hashOf(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex').slice(0, 16);
}
