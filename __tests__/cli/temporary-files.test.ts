import { chmod, lstat, mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { dockerArchive } from '../fixtures/docker-archive.ts';
import { makeImage } from '../fixtures/image.ts';
import { useTemporary } from '../fixtures/temporary.ts';
import { node, runAlba } from '../support/alba.ts';

const temporary = useTemporary();

/** All files that lie in folders at some time, with their modes. */
function watch(...folders: readonly string[]) {
  const modes = new Map<string, number>();
  let isOver = false;
  const look = async (): Promise<void> => {
    for (const folder of folders) {
      const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
      for (const entry of entries.filter((one) => one.isFile())) {
        const path = join(entry.parentPath, entry.name);
        const stats = await lstat(path).catch(() => undefined);
        if (stats) modes.set(path, stats.mode & 0o777);
      }
    }
  };
  const looking = (async () => {
    while (!isOver) {
      await look();
      await wait(1);
    }
  })();
  return {
    async end() {
      isOver = true;
      await looking;
      return modes;
    },
  };
}

/** A Node whose files are open to all, as the system has it. */
async function openHanded(): Promise<string> {
  const path = await temporary.write('open-handed', `#!/bin/sh\numask 000\nexec '${node}' "$@"\n`);
  await chmod(path, 0o755);
  return path;
}

describe.runIf(process.platform === 'linux')('what a run writes for itself', () => {
  it('is for its user alone, whatever the system would have: layers that wait, an archive that is piped in, a cache', async () => {
    const platforms = ['amd64', 'arm64'].map((architecture) => ({ os: 'linux', architecture }));
    const images = platforms.map((platform) => makeImage(platform, { layers: [3_000_000, 2_000_000] }));
    const [first, second] = images.map((image) => dockerArchive([image]));
    const archive = await temporary.write('app.tar', first ?? '');
    const [tmp, cache, store] = ['tmp', 'cache', 'store'].map((name) => join(temporary.path, name)) as [
      string,
      string,
      string,
    ];
    await mkdir(tmp);
    const own = { node: await openHanded(), cwd: temporary.path, env: { TMPDIR: tmp } };
    const watched = watch(tmp, cache);
    const runs = [
      [
        'container',
        'push',
        '--cache-dir',
        cache,
        '-t',
        'app:1',
        archive,
        '-',
        'file://./out',
        'oci:./layout:1',
      ],
      ['container', 'copy', 'oci:./layout:1', 'oci-archive:./copy.tar:1'],
      ['container', 'pull', '--store', store, '--platform', 'linux/amd64', 'file://./out#app:1', './tree'],
    ];
    for (const [at, words] of runs.entries()) {
      const ended = await runAlba(words, { ...own, ...(at === 0 && second && { input: second }) });
      expect(ended, ended.stderr).toMatchObject({ code: 0 });
    }
    const modes = await watched.end();
    // A cache holds no secret, and may be read; who may write it has a say in what is published.
    const open = [...modes].filter(([path, mode]) => (mode & (path.startsWith(cache) ? 0o022 : 0o077)) !== 0);
    expect(modes.size).toBeGreaterThan(3);
    expect(open.map(([path, mode]) => `${path.replace(temporary.path, '')} ${mode.toString(8)}`)).toEqual([]);
  });
});
