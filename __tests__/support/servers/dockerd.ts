import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Daemon, makeDirectory, startDaemon } from '../daemon.ts';
import { run } from '../run.ts';
import { requireTool } from '../tools.ts';

export interface Dockerd extends Daemon {
  /** `unix:///…/docker.sock`, for `docker --host` or DOCKER_HOST. */
  readonly endpoint: string;
}

/**
 * A Docker engine that touches nothing outside its folder, and so runs no containers with a network:
 * it pulls, loads, imports and saves. Its mounts are in a namespace that ends with it. Needs root.
 */
export async function startDockerd(): Promise<Dockerd> {
  const directory = makeDirectory('dockerd');
  const endpoint = `unix://${join(directory, 'docker.sock')}`;
  const config = join(directory, 'daemon.json');
  await writeFile(config, '{}');
  const daemon = await startDaemon({
    tool: 'unshare',
    directory,
    args: [
      ...['--mount', '--', requireTool('dockerd'), '--host', endpoint],
      ...['--data-root', join(directory, 'data'), '--exec-root', join(directory, 'exec')],
      ...['--pidfile', join(directory, 'pid'), '--config-file', config],
      ...['--storage-driver', 'vfs', '--bridge', 'none', '--iptables=false', '--ip6tables=false'],
    ],
    ready: () => run('docker', ['--host', endpoint, 'version', '--format', '{{.Server.Version}}']),
  });
  return { ...daemon, endpoint };
}
