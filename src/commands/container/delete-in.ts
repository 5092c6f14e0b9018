import { openAll } from '../../concurrency/all-or-abort.ts';
import { AlbaError } from '../../errors.ts';
import type { Connection } from '../../place/connection.ts';
import type { Progress } from '../../progress/progress.ts';
import type { InventoryQuery, RepositoryDeleter } from '../../repository/deleter.ts';
import type { Inventory } from '../../repository/inventory.ts';
import { type DraftedPlan, sweep } from '../../retention/sweep.ts';
import { deletionResultOf, repositoryReportOf } from '../deletion-report.ts';
import type { DeletionResult } from '../deletion-result.ts';
import { signedInAt } from '../signed-in-at.ts';
import { keepMemorySteady } from '../steady-memory.ts';
import type { NamedRepository } from './named-repositories.ts';

/** How repositories are planned and deleted in. */
export interface Deletion {
  readonly connection: Connection;
  readonly query: InventoryQuery;
  /** Plan, and delete nothing. */
  readonly dryRun: boolean;
  readonly progress: Progress;
  plan(deleter: RepositoryDeleter, repository: NamedRepository): Promise<DraftedPlan>;
  /** Told of all plans before anything is deleted. */
  planned?(plans: readonly DraftedPlan[]): Promise<void>;
}

/** Plans a deletion in each of these repositories, and when all are allowed, carries them out one after the other. */
export async function deleteIn(
  repositories: readonly NamedRepository[],
  { connection, query, dryRun, progress, plan, planned }: Deletion,
): Promise<DeletionResult> {
  keepMemorySteady();
  const abort = new AbortController();
  const signedIn = signedInAt(connection, { targets: repositories });
  const context = { progress, signal: abort.signal };
  const access = dryRun ? 'pull' : 'delete';
  const opening = repositories.map(({ place }) => place.openDeleter(signedIn, context, access));
  await using opened = await openAll(opening, (deleter) => deleter.close(), abort);
  progress.group('Look at what is there');
  const drafts: (DraftedPlan & { readonly deleter: RepositoryDeleter })[] = [];
  for (const [at, repository] of repositories.entries()) {
    const deleter = opened.all[at];
    if (deleter) drafts.push({ ...(await plan(deleter, repository)), deleter });
  }
  await planned?.(drafts);
  if (!dryRun) progress.group('Delete');
  const reports = [];
  for (const draft of drafts) {
    const removed = dryRun ? undefined : await sweep(draft.deleter, draft, query, progress);
    const { freedBy } = draft.deleter;
    if (removed && freedBy && removed.manifests > 0) progress.line(`${draft.deleter.url}: ${freedBy}`);
    reports.push(repositoryReportOf(draft.plan, removed));
  }
  return deletionResultOf(reports, dryRun);
}

/** Throws where a repository holds nothing: its name may be wrong. */
export function assertThere(inventory: Inventory): void {
  if (!isSomething(inventory)) throw holdsNothing(inventory.reference);
}

/** Whether a repository holds anything. */
export function isSomething({ tags, documents, blobs }: Inventory): boolean {
  return tags.length + documents.size + blobs.size > 0;
}

/** Of a repository whose name may be wrong. */
export function holdsNothing(reference: string): AlbaError {
  return new AlbaError('target', `${reference} holds nothing: is there a repository of this name?`);
}
