import * as core from '@actions/core';
import type { ContainerPushResult } from '../commands/container-report.ts';
import { formatBytes } from '../commands/format.ts';

/** The page that GitHub shows of a run: what was published, and what of it was sent. */
export async function writeContainerSummary(result: ContainerPushResult): Promise<void> {
  const header = ['Platform', 'Digest', 'Layers', 'Size', 'Sent'].map((data) => ({ data, header: true }));
  const rows = result.manifests.map(({ platform, digest, layers, size, pushed, why }) => [
    escape(platform),
    `<code>${digest}</code>`,
    `${layers}`,
    formatBytes(size),
    `${pushed ? 'pushed' : 'skipped: already there'}${why ? ` (read: ${why})` : ''}`,
  ]);
  await core.summary
    .addHeading(result.dryRun ? 'Container release (dry run)' : 'Container release', 2)
    .addRaw(`<p>Index <code>${result.digest}</code></p>`, true)
    .addTable([header, ...rows])
    .addList(result.references.map((reference) => `<code>${escape(reference)}</code>`))
    .addRaw(
      `<p>${formatBytes(result.pushedBytes)} sent, ${formatBytes(result.skippedBytes)} already there; cache hit: ${result.cacheHit}.</p>`,
      true,
    )
    .write();
}
