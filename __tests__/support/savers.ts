import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from './run.ts';
import type { Dockerd } from './servers/dockerd.ts';

// What real programs make of a docker archive that names one image `app:1.0`.

/** docker load, docker save. */
export async function saveWithDocker(dockerd: Dockerd, input: string, output: string): Promise<void> {
  const docker = (...args: string[]) => run('docker', ['--host', dockerd.endpoint, ...args]);
  await docker('load', '--input', input);
  await docker('save', '--output', output, 'app:1.0');
}

/** Runs podman with all that it keeps below a folder of the caller's. */
export function podmanIn(root: string, args: readonly string[]): Promise<string> {
  return run('podman', [
    ...['--root', join(root, 'root'), '--runroot', join(root, 'run'), '--tmpdir', join(root, 'tmp')],
    ...['--storage-driver', 'vfs', '--cgroup-manager', 'cgroupfs', '--events-backend', 'none', ...args],
  ]);
}

/** podman load, podman save, in a storage of its own; each format goes to the path beside it. */
export async function saveWithPodman(
  input: string,
  outputs: Readonly<Partial<Record<'docker-archive' | 'oci-archive' | 'oci-dir', string>>>,
): Promise<void> {
  const root = await mkdtemp(join(tmpdir(), 'alba-podman-'));
  try {
    await podmanIn(root, ['load', '--input', input]);
    for (const [format, output] of Object.entries(outputs)) {
      await podmanIn(root, ['save', '--format', format, '--output', output, 'app:1.0']);
    }
  } finally {
    await rm(root, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  }
}

/** gzip as Nix has it done; gives the path of the result. */
export async function compressAsNix(path: string): Promise<string> {
  await run('pigz', ['-nTRk', '-b', '128', path]);
  return `${path}.gz`;
}
