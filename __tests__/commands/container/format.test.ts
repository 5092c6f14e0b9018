import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import zlib from 'node:zlib';
import { expect, it } from 'vitest';
import { dockerArchive, dockerMembers } from '../../fixtures/docker-archive.ts';
import { makeImage } from '../../fixtures/image.ts';
import { tar } from '../../fixtures/tar.ts';
import { useTemporary } from '../../fixtures/temporary.ts';
import { runAlba } from '../../support/alba.ts';

const temporary = useTemporary();
const image = makeImage({ os: 'linux', architecture: 'amd64' });
const hasZstd = 'zstdCompressSync' in zlib;

/** As an archive whose layers are compressed one by one. */
function zstdArchive(): Buffer {
  const members = dockerMembers([image]).map((member) =>
    member.name.endsWith('layer.tar') && member.content !== undefined
      ? { ...member, content: zlib.zstdCompressSync(member.content) }
      : member,
  );
  return tar(members);
}

it.skipIf(!hasZstd)('refuses layers of zstd that an archive holds in format docker', async () => {
  const path = await temporary.write('zstd.tar', zstdArchive());
  const push = (name: string, ...more: string[]) =>
    runAlba(['container', 'push', '-t', 'app:1', ...more, path, `file://${join(temporary.path, name)}`]);
  const { code, stderr } = await push('docker', '--format', 'docker');
  expect({ code, stderr }).toMatchObject({ code: 1 });
  expect(stderr).toMatch(
    /layer sha256:[0-9a-f]{64} is compressed with zstd, which no client pulls in format docker: give format oci/,
  );
  expect(await readdir(temporary.path)).not.toContain('docker');
  expect(await push('oci')).toMatchObject({ code: 0 });
});

it.skipIf(!hasZstd)(
  'compresses a layer itself in format docker that a cache knows as one of zstd',
  async () => {
    const [zstd, plain] = [
      await temporary.write('known.tar', zstdArchive()),
      await temporary.write('plain.tar', dockerArchive(image)),
    ];
    const push = (path: string, ...more: string[]) => {
      const cache = ['--cache-dir', join(temporary.path, 'cache')];
      const target = `file://${join(temporary.path, 'known')}`;
      return runAlba(['container', 'push', '-t', 'app:1', ...cache, ...more, path, target]);
    };
    expect(await push(zstd)).toMatchObject({ code: 0 });
    expect(await push(plain, '--format', 'docker')).toMatchObject({ code: 0 });
  },
);
