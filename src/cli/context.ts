import { availableParallelism, tmpdir } from 'node:os';
import { resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import type { Command } from 'commander';
import envPaths from 'env-paths';
import { folderStore } from '../cache/folder.ts';
import { readConnection } from '../commands/connect.ts';
import type { ContainerPushContext } from '../commands/container-push-request.ts';

/** Options of every command that talks to a registry or a bucket. */
export interface ConnectionFlags {
  readonly username?: string;
  readonly passwordStdin: boolean;
  readonly caCertificate?: string;
  /** False for --no-cache. */
  readonly cache: boolean;
  readonly cacheDir?: string;
}

export function addConnectionOptions(command: Command): Command {
  return command
    .option('--username <name>', 'for the registry; without it the docker config (docker login) is asked')
    .option('--password-stdin', 'read the password for --username from stdin', false)
    .option('--ca-certificate <path>', 'a certificate authority to trust besides the system’s')
    .option(
      '--cache-dir <path>',
      'where to remember what was published; the user’s cache folder if not given',
    )
    .option('--no-cache', 'remember nothing');
}

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
    store: flags.cache ? folderStore(resolve(directory, cacheDir)) : undefined,
    now: new Date(),
  };
}
