import { availableParallelism, tmpdir } from 'node:os';
import { resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import envPaths from 'env-paths';
import { folderStore } from '../cache/folder.ts';
import type { ContainerPushContext } from '../commands/container/push-request.ts';
import { readConnection } from '../place/connection.ts';
import type { ConnectionFlags } from './options.ts';

/** What the machine and the flags say; a workflow's GITHUB_TOKEN is for ghcr.io alone. */
export async function readContext(flags: ConnectionFlags): Promise<ContainerPushContext> {
  const { username, passwordStdin, caCertificate } = flags;
  const directory = process.cwd();
  const connection = await readConnection(
    {
      ...(username && { username }),
      ...(passwordStdin && { password: (await text(process.stdin)).trimEnd() }),
      ...(caCertificate && { caCertificate }),
      ...(process.env.GITHUB_TOKEN && { githubToken: process.env.GITHUB_TOKEN }),
    },
    process.env,
    directory,
  );
  const cacheDir = flags.cacheDir ?? envPaths('alba', { suffix: '' }).cache;
  return {
    connection,
    directory,
    temporaryDirectory: tmpdir(),
    parallelism: availableParallelism(),
    threads: process.argv[1],
    store: flags.cache ? folderStore(resolve(directory, cacheDir)) : undefined,
    now: new Date(),
    run: undefined,
    annotations: [],
  };
}
