import { availableParallelism, tmpdir } from 'node:os';
import { text } from 'node:stream/consumers';
import type { Command } from 'commander';
import { readConnection } from '../commands/connect.ts';
import type { ContainerPushContext } from '../commands/container-push-request.ts';

/** Options of every command that talks to a registry or a bucket. */
export interface ConnectionFlags {
  readonly username?: string;
  readonly passwordStdin: boolean;
  readonly caCertificate?: string;
}

export function addConnectionOptions(command: Command): Command {
  return command
    .option('--username <name>', 'for the registry; without it the docker config (docker login) is asked')
    .option('--password-stdin', 'read the password for --username from stdin', false)
    .option('--ca-certificate <path>', 'a certificate authority to trust besides the system’s');
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
  return { connection, directory, temporaryDirectory: tmpdir(), parallelism: availableParallelism() };
}
