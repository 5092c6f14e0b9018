import * as core from '@actions/core';
import { containerPush } from '../commands/container/push.ts';
import { parseContainerPush } from '../commands/container/push-request.ts';
import type { ContainerPushResult } from '../commands/container/report.ts';
import { readContext } from './context.ts';
import { getItems, refuseInputs } from './inputs.ts';
import { info } from './log.ts';
import { setOutputs } from './outputs.ts';
import { actionProgress } from './progress.ts';
import { writeContainerSummary } from './summary.ts';

/** Inputs of plain files alone. */
const foreign = ['extract', 'page', 'public-url', 'content-disposition'];

/** `command: container push`. */
export async function runContainerPush(): Promise<void> {
  refuseInputs('container push', foreign);
  const request = await parseContainerPush(
    {
      artifacts: core.getMultilineInput('artifacts'),
      targets: core.getMultilineInput('target'),
      tags: getItems('tag'),
      platforms: getItems('platforms'),
      format: core.getInput('format'),
      compression: core.getInput('compression'),
      compressionLevel: core.getInput('compression-level'),
      concurrency: core.getInput('concurrency'),
      dryRun: core.getInput('dry-run'),
      cacheFrom: core.getMultilineInput('cache-from'),
      floating: core.getInput('floating'),
      immutable: core.getInput('immutable'),
      annotations: core.getMultilineInput('annotations'),
      labels: core.getMultilineInput('labels'),
    },
    readContext,
  );
  const progress = actionProgress();
  const result = await containerPush(request, progress).finally(progress.end);
  for (const reference of result.references) info(reference);
  setOutputs({
    ...platformOutputs(result),
    digest: result.digest,
    references: result.references.join('\n'),
    platforms: JSON.stringify(result.platforms),
    metadata: JSON.stringify(result),
    'pushed-bytes': `${result.pushedBytes}`,
    'skipped-bytes': `${result.skippedBytes}`,
    'cache-hit': result.cacheHit,
  });
  await writeContainerSummary(result);
}

/** `linux-arm-v7`: one output a platform, so that the jobs of a matrix do not overwrite each other's. */
function platformOutputs({ manifests }: ContainerPushResult): Record<string, string> {
  return Object.fromEntries(
    manifests.map(({ platform, reference }) => [platform.replace(/[^a-z0-9.]+/g, '-'), reference]),
  );
}
