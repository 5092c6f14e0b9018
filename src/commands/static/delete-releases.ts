import { AlbaError } from '../../errors.ts';
import type { Connection } from '../../place/connection.ts';
import type { Progress } from '../../progress/progress.ts';
import { type Holdings, readHoldings } from '../../release/holdings.ts';
import { listKey } from '../../release/keys.ts';
import { removeReleases } from '../../release/remove.ts';
import type { ReleasePlan } from '../../retention/release-plan.ts';
import { assertReadable } from '../../retention/sweep.ts';
import { whereIs } from '../../storage/bytes.ts';
import type { Storage } from '../../storage/storage.ts';
import { deletionResultOf, repositoryReportOf } from '../deletion-report.ts';
import type { DeletionResult } from '../deletion-result.ts';
import type { NamedReleases } from './named-releases.ts';

/** How releases are planned and deleted. */
export interface ReleaseDeletion {
  readonly connection: Connection;
  /** Plan, and delete nothing. */
  readonly dryRun: boolean;
  readonly progress: Progress;
  plan(reference: string, holdings: Holdings, named: NamedReleases): ReleasePlan;
  /** Told of all plans before anything is deleted. */
  planned?(plans: readonly ReleasePlan[]): Promise<void>;
}

/** Plans a deletion of plain files under each name, and when all are allowed, carries them out one after the other. */
export async function deleteReleases(
  all: readonly NamedReleases[],
  { connection, dryRun, progress, plan, planned }: ReleaseDeletion,
): Promise<DeletionResult> {
  const context = { progress, signal: new AbortController().signal };
  const storages: Storage[] = [];
  try {
    progress.group('Look at what is there');
    const drafts: (ReleasePlan & { readonly home: Storage; readonly name: string })[] = [];
    for (const named of all) {
      const { storage, name } = named;
      const opened = await storage.openStorage(connection, context);
      storages.push(opened);
      const holdings = await readHoldings(opened, name);
      const reference = whereIs(opened, listKey(name));
      assertHeld(reference, holdings);
      drafts.push({ ...plan(reference, holdings, named), home: holdings.storage, name });
    }
    await planned?.(drafts);
    if (!dryRun) progress.group('Delete');
    const reports = [];
    for (const { plan: own, going, loose, home, name } of drafts) {
      if (!dryRun) assertReadable(own);
      const removed = dryRun ? undefined : await removeReleases(home, name, going, loose, progress);
      const told = removed && { ...removed, manifests: 0, blobs: 0 };
      reports.push(repositoryReportOf(own, told));
    }
    return deletionResultOf(reports, dryRun);
  } finally {
    await Promise.allSettled(storages.map((storage) => storage.close()));
  }
}

/** Throws where nothing is stored under a name: it may be wrong. */
export function assertHeld(reference: string, { releases, loose, obstacles }: Holdings): void {
  if (releases.length + loose.length + obstacles.length > 0) return;
  throw new AlbaError('target', `${reference} holds nothing: is there a release of this name?`);
}
