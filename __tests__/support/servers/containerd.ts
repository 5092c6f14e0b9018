import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Daemon, makeDirectory, startDaemon } from '../daemon.ts';
import { run } from '../run.ts';
import { requireTool } from '../tools.ts';

export interface Containerd extends Daemon {
  /** The socket, for `ctr --address`. */
  readonly address: string;
}

/** A containerd that unpacks with its native snapshotter (plain folders). Needs root. */
export async function startContainerd(): Promise<Containerd> {
  const directory = makeDirectory('containerd');
  const address = join(directory, 'containerd.sock');
  const config = join(directory, 'config.toml');
  await writeFile(
    config,
    `version = 2
root = ${JSON.stringify(join(directory, 'root'))}
state = ${JSON.stringify(join(directory, 'state'))}
disabled_plugins = ["io.containerd.grpc.v1.cri", "io.containerd.internal.v1.opt"]
[grpc]
address = ${JSON.stringify(address)}
`,
  );
  const daemon = await startDaemon({
    tool: 'unshare',
    directory,
    args: ['--mount', '--', requireTool('containerd'), '--config', config],
    ready: () => run('ctr', ['--address', address, 'version']),
  });
  return { ...daemon, address };
}
