import * as core from '@actions/core';
import { staticPush } from '../commands/static/push.ts';
import { parseStaticPush } from '../commands/static/push-request.ts';
import { readContext } from './context.ts';
import { refuseInputs } from './inputs.ts';
import { info } from './log.ts';
import { setOutputs } from './outputs.ts';
import { actionProgress } from './progress.ts';
import { writeStaticSummary } from './summary.ts';

/** Inputs of containers alone. */
const foreign = [
  'platforms',
  'compression-level',
  'cache-from',
  'floating',
  'annotations',
  'labels',
  'annotate',
];

/** `command: static push`. */
export async function runStaticPush(): Promise<void> {
  refuseInputs('static push', foreign);
  const request = await parseStaticPush(
    {
      artifacts: core.getMultilineInput('artifacts'),
      targets: core.getMultilineInput('target'),
      tags: core.getMultilineInput('tag'),
      extract: core.getInput('extract'),
      page: core.getInput('page'),
      publicUrl: core.getInput('public-url'),
      contentDisposition: core.getInput('content-disposition'),
      concurrency: core.getInput('concurrency'),
      dryRun: core.getInput('dry-run'),
      immutable: core.getInput('immutable'),
    },
    readContext,
  );
  const progress = actionProgress();
  const result = await staticPush(request, progress).finally(progress.end);
  info(result.url);
  setOutputs({
    url: result.url,
    digest: result.digest,
    files: JSON.stringify(result.files),
    metadata: JSON.stringify(result),
    'pushed-bytes': `${result.pushedBytes}`,
    'skipped-bytes': `${result.skippedBytes}`,
  });
  await writeStaticSummary(result);
}
