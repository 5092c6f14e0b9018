import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Daemon, makeDirectory, startDaemon } from '../daemon.ts';
import { run } from '../run.ts';
import { requireTool } from '../tools.ts';

export interface Buildkitd extends Daemon {
  /** `unix:///…/buildkitd.sock`, for `buildctl --addr`. */
  readonly address: string;
}

/** A BuildKit that copies files into plain folders; with no network it runs nothing. Needs root. */
export async function startBuildkitd(): Promise<Buildkitd> {
  const directory = makeDirectory('buildkitd');
  const address = `unix://${join(directory, 'buildkitd.sock')}`;
  const config = join(directory, 'buildkitd.toml');
  await writeFile(config, '');
  const daemon = await startDaemon({
    tool: 'unshare',
    directory,
    args: [
      ...['--mount', '--', requireTool('buildkitd'), '--config', config, '--addr', address],
      ...['--root', join(directory, 'root'), '--containerd-worker=false'],
      ...['--oci-worker-snapshotter', 'native', '--oci-worker-net', 'host'],
    ],
    ready: () => run('buildctl', ['--addr', address, 'debug', 'workers']),
  });
  return { ...daemon, address };
}
