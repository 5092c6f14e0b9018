import { shortened } from '../oci/digest.ts';
import { alignedRows } from '../progress/columns.ts';
import { formatBytes, formatCount } from '../progress/format.ts';
import { sum } from '../progress/sum.ts';
import type { Removed } from '../repository/deleter.ts';
import type { DeletionPlan } from '../retention/plan.ts';
import type { DeletionResult, RepositoryReport } from './deletion-result.ts';
import type { Summary, SummaryBlock } from './summary.ts';

/** What is told of one repository; `removed` is undefined where nothing was to be deleted. */
export function repositoryReportOf(
  plan: DeletionPlan,
  removed: (Removed & { readonly files?: number }) | undefined,
): RepositoryReport {
  const going = <T extends { readonly fate: string }>(rows: readonly T[]) =>
    rows.filter(({ fate }) => fate === 'goes');
  const gone = removed ? new Set(removed.tags) : new Set(going(plan.tags).map(({ tag }) => tag));
  return {
    reference: plan.reference,
    deleted: plan.tags.flatMap(({ tag, kind }) => (gone.has(tag) && kind !== 'referrers' ? [tag] : [])),
    kept: plan.tags.flatMap(({ tag, kind }) => (gone.has(tag) || kind === 'referrers' ? [] : [tag])),
    deletedManifests: removed?.manifests ?? going(plan.manifests).length,
    ...(removed?.files !== undefined && { deletedFiles: removed.files }),
    deletedBlobs: removed?.blobs ?? going(plan.blobs).length,
    freedBytes: plan.freedBytes,
    tags: plan.tags.map(({ tag, digest, kind, time, fate, why }) => ({
      ...{ tag, digest, kind },
      ...(time && { time: time.at.toISOString(), timeFrom: time.from }),
      ...{ fate, why },
    })),
    // As many as there are blobs: these are not copied.
    manifests: plan.manifests,
    blobs: plan.blobs,
    refusals: removed?.refusals ?? [],
  };
}

/** What is told of all of them. */
export function deletionResultOf(reports: readonly RepositoryReport[], dryRun: boolean): DeletionResult {
  const named = (pick: (report: RepositoryReport) => readonly string[]) =>
    reports.flatMap((report) => pick(report).map((tag) => `${report.reference}:${tag}`));
  return {
    repositories: reports,
    deleted: named(({ deleted }) => deleted),
    kept: named(({ kept }) => kept),
    freedBytes: sum(reports.map(({ freedBytes }) => freedBytes)),
    dryRun,
  };
}

/** A table of each repository, for a terminal. */
export function deletionLines({ repositories, dryRun }: DeletionResult): string[] {
  return repositories.flatMap((report) => {
    const rows = shownTags(report).map(({ tag, digest, time, fate, why }) => [
      fate === 'goes' ? (dryRun ? 'would go' : 'gone') : 'stays',
      tag,
      shortened(digest),
      time?.slice(0, 16).replace('T', ' ') ?? '',
      why,
    ]);
    const table = alignedRows(rows).map((row) => `  ${row}`);
    return [report.reference, ...table, `  ${sentenceOf(report, dryRun)}`];
  });
}

/** The page of a run of a workflow. */
export function deletionSummary(result: DeletionResult): Summary {
  const { repositories, dryRun } = result;
  const blocks = repositories.flatMap((report): SummaryBlock[] => [
    { paragraph: [{ code: report.reference }, `: ${sentenceOf(report, dryRun)}`] },
    ...report.refusals.map((refusal): SummaryBlock => ({ paragraph: [refusal] })),
    {
      header: ['Tag', dryRun ? 'What would be done' : 'What was done', 'Why', 'Made', 'Digest'],
      rows: shownTags(report).map(({ tag, digest, time, fate, why }) => [
        { code: tag },
        fate === 'goes' ? (dryRun ? 'would be deleted' : 'deleted') : 'kept',
        why,
        time?.slice(0, 10) ?? '',
        { code: shortened(digest) },
      ]),
    },
  ]);
  const names = repositories.map(({ reference }) => reference).join(', ');
  return { title: dryRun ? `Dry run of a deletion in ${names}` : `Deleted in ${names}`, blocks };
}

/** Tags that stand for referrers go and stay with what they are about. */
function shownTags({ tags }: RepositoryReport): RepositoryReport['tags'] {
  return tags.filter(({ kind }) => kind !== 'referrers');
}

function sentenceOf(
  { deleted, deletedManifests, deletedBlobs, deletedFiles = 0, freedBytes }: RepositoryReport,
  dryRun: boolean,
): string {
  const parts = [
    formatCount(deleted.length, 'tag'),
    ...(deletedManifests > 0 ? [formatCount(deletedManifests, 'manifest')] : []),
    ...(deletedFiles > 0 ? [formatCount(deletedFiles, 'file')] : []),
    ...(deletedBlobs > 0 ? [formatCount(deletedBlobs, 'blob')] : []),
  ];
  if (deleted.length + deletedManifests + deletedBlobs + deletedFiles === 0) return 'nothing to delete';
  return `${parts.join(', ')} ${dryRun ? 'would go' : 'gone'}: ${formatBytes(freedBytes)}`;
}
