import { availableParallelism, tmpdir } from 'node:os';
import * as core from '@actions/core';
import type { ContainerPushContext } from '../commands/container/push-request.ts';
import { parseBoolean } from '../commands/values.ts';
import { type Annotation, toAnnotations } from '../image/annotate.ts';
import { readConnection } from '../place/connection.ts';
import { actionsStore } from './cache.ts';
import { contextAnnotations, loadWorkflowContext } from './github.ts';
import { getItems } from './inputs.ts';

/** What the runner and the inputs say. A password never reaches the log, whoever prints it. */
export async function readContext(): Promise<ContainerPushContext> {
  const password = core.getInput('password');
  const githubToken = core.getInput('github-token');
  for (const secret of [password, githubToken]) if (secret) core.setSecret(secret);
  const directory = process.cwd();
  const connection = await readConnection(
    {
      username: core.getInput('username'),
      password,
      githubToken,
      caCertificate: core.getInput('ca-certificate'),
    },
    process.env,
    directory,
  );
  const now = new Date();
  const { GITHUB_REPOSITORY, GITHUB_REF } = process.env;
  const temporaryDirectory = process.env.RUNNER_TEMP || tmpdir();
  return {
    connection,
    directory,
    temporaryDirectory,
    parallelism: availableParallelism(),
    threads: process.argv[1],
    store: parseBoolean('cache', core.getInput('cache'))
      ? actionsStore(core.getMultilineInput('target'), temporaryDirectory)
      : undefined,
    now,
    run: GITHUB_REPOSITORY && GITHUB_REF ? { repository: GITHUB_REPOSITORY, ref: GITHUB_REF } : undefined,
    annotations: await readAnnotations(now),
  };
}

/** What `annotate` asks for; the context is only read when it does. */
async function readAnnotations(now: Date): Promise<Annotation[]> {
  const names = getItems('annotate');
  if (names.length === 0) return [];
  return toAnnotations(contextAnnotations(names, await loadWorkflowContext(), now));
}
