#!/usr/bin/env node
import { isMainThread } from 'node:worker_threads';

// The AWS SDK would tell whoever runs alba which Node it will want one day; that is for us to see to.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';

/** One bundle, two doors: the runner starts an action without arguments and with its inputs in the environment. */
const isAction = process.argv.length === 2 && process.env.INPUT_COMMAND !== undefined;

// Before all that is to be kept. Its library would miss among the licences, were it in the first file of the bundle.
if (!isAction) (await import('./cli/keep-compiled.ts')).keepCompiled();
if (!isMainThread) {
  const [{ serveTasks }, ...tasks] = await Promise.all([
    import('./concurrency/threads/serve.ts'),
    import('./source/scan-task.ts'),
    import('./compression/zstd-task.ts'),
    import('./compression/gzip/deflate-task.ts'),
    import('./image/rootfs/take-apart-task.ts'),
    import('./pull/prove-task.ts'),
  ]);
  const [{ scanTask }, { zstdTask }, { deflateTask }, { takeApartTask }, { proveTask }] = tasks;
  serveTasks([scanTask, zstdTask, deflateTask, takeApartTask, proveTask]);
} else if (isAction) {
  const { runAction } = await import('./action/main.ts');
  await runAction();
} else {
  const { runCommandLine } = await import('./cli/main.ts');
  await runCommandLine(process.argv);
}
