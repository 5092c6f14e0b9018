import { availableParallelism, tmpdir } from 'node:os';
import type { Host } from '../commands/host.ts';
import { AlbaError } from '../errors.ts';
import type { Progress } from '../progress/progress.ts';

/** The runner, as commands see it. */
export function actionHost(progress: Progress): Host {
  const now = new Date();
  const { RUNNER_TEMP, GITHUB_REPOSITORY, GITHUB_REF } = process.env;
  const temporaryDirectory = RUNNER_TEMP || tmpdir();
  return {
    env: process.env,
    openStandardInput: refuseStandardInput,
    openStandardOutput: refuseStandardOutput,
    isTyped: false,
    directory: process.cwd(),
    temporaryDirectory,
    parallelism: availableParallelism(),
    threads: process.argv[1],
    now,
    progress,
    workflowRun:
      GITHUB_REPOSITORY && GITHUB_REF ? { repository: GITHUB_REPOSITORY, ref: GITHUB_REF } : undefined,
    async workflowAnnotations(names) {
      const { contextAnnotations, loadWorkflowContext } = await import('./github.ts');
      return contextAnnotations(names, await loadWorkflowContext(), now);
    },
    openStore: async (targets) => (await import('./cache.ts')).actionsStore(targets, temporaryDirectory),
    declare: async (artifacts) =>
      (await import('./declared-artifacts.ts')).declareArtifacts(artifacts, progress),
    // A runner that cancels sends one, and the other one seconds later.
    onStop: (stop) => void process.once('SIGINT', stop).once('SIGTERM', stop),
  };
}

function refuseStandardInput(): never {
  throw new AlbaError(
    'usage',
    '- is standard input, which a step of a workflow does not have: save the image to a file and name that',
  );
}

function refuseStandardOutput(): never {
  throw new AlbaError(
    'usage',
    '- is standard output, which is the log of a step here: name a folder or an archive, or run alba container pull in a shell',
  );
}
