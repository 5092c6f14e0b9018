import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dockerArchive, dockerMembers } from '../fixtures/docker-archive.ts';
import { makeImage } from '../fixtures/image.ts';
import { compress } from '../fixtures/oci-layout.ts';
import { tar } from '../fixtures/tar.ts';
import { useTemporary } from '../fixtures/temporary.ts';
import { runAlba } from '../support/alba.ts';
import { type Registry, registryTool, startRegistry } from '../support/servers/registry.ts';
import { type S3Server, s3Environment, s3Url, startS3 } from '../support/servers/s3.ts';
import { describeWith } from '../support/tools.ts';
import { snapshot } from './snapshot.ts';

const temporary = useTemporary();
const at = (...names: string[]) => join(temporary.path, ...names);

const amd64 = makeImage({ os: 'linux', architecture: 'amd64' }, { layers: [40_000, 900] });
const arm64 = makeImage({ os: 'linux', architecture: 'arm64' }, { layers: [30_000] });
const blobs = amd64.layers.length + 1;

/** Content, and what a registry keeps beside it and of uploads that were broken off. */
const isBlob = (path: string): boolean =>
  /\/(?:blobs\/sha256|_layers\/sha256|_uploads|\.vgwlocks)\b/.test(path);
const isContent = (path: string): boolean => /\/blobs\/sha256/.test(path) && !path.includes('/_uploads/');

describeWith([registryTool[2], 'versitygw'], 'one bad archive beside a good one', () => {
  let registry: Registry;
  let s3: S3Server;
  let bad: string;
  const inFolder = (name: string) => ({ folder: at(name.replaceAll(' ', '-')) });
  const kinds: Readonly<Record<string, (name: string) => { target: string; folder: string }>> = {
    'a registry': () => ({
      target: `docker://${registry.host}/app`,
      folder: join(registry.directory, 'content'),
    }),
    'a bucket': () => ({ target: s3Url(s3, 'alba'), folder: join(s3.directory, 'content') }),
    'a directory': (name) => ({ target: `file://${inFolder(name).folder}`, ...inFolder(name) }),
    'a layout': (name) => ({ target: `oci:${inFolder(name).folder}`, ...inFolder(name) }),
    'a layout in an archive': (name) => ({
      target: `oci-archive:${join(inFolder(name).folder, 'layout.tar')}`,
      ...inFolder(name),
    }),
  };
  const push = (...words: string[]) =>
    runAlba(['container', 'push', '--no-cache', ...words], { cwd: temporary.path, env: s3Environment(s3) });

  beforeAll(async () => {
    [registry, s3] = await Promise.all([startRegistry(), startS3()]);
    await s3.createBucket('alba');
    await temporary.write('amd64.tar', dockerArchive(amd64));
    await temporary.write('arm64.tar', dockerArchive(arm64));
    // A thread reads it, and finds its damage at its end: that takes longer than to send what the others hold.
    const content = Buffer.concat([randomBytes(9_000_000), Buffer.alloc(200_000_000)]);
    const slow = compress(tar([...dockerMembers([arm64]), { name: 'padding', content }]), 'gzip');
    slow.writeUInt8(slow.readUInt8(slow.length - 5) ^ 0x41, slow.length - 5);
    bad = await temporary.write('bad.tar.gz', slow);
  });
  afterAll(async () => {
    await Promise.all([registry?.stop(), s3?.stop()]);
  });

  describe.each(Object.entries(kinds))('at %s', (name, kind) => {
    let target: string;
    let folder: string;
    let standing: Readonly<Record<string, string>>;
    beforeAll(async () => {
      ({ target, folder } = kind(name));
      const first = await push('-t', 'app:1', 'arm64.tar', target);
      expect(first, first.stderr).toMatchObject({ code: 0 });
      standing = await snapshot([folder]);
    });

    it.each([
      ['atomic', ['--atomic']],
      ['immutable', ['--immutable']],
      ['platforms', ['--platforms', 'linux/amd64,linux/arm64']],
      ['a dry run', ['--dry-run']],
    ])('changes nothing with %s', async (_, words) => {
      const ended = await push(...words, '-t', 'app:2', 'amd64.tar', bad, target);
      expect(ended).toMatchObject({ code: 1, stderr: expect.stringMatching(/bad\.tar\.gz.* damaged/) });
      expect(ended.stderr).not.toContain('no tag names');
      expect(await snapshot([folder])).toEqual(standing);
    });

    it('leaves blobs alone behind, says so, and the next run takes them', async () => {
      const ended = await push('-t', 'app:2', 'amd64.tar', bad, target);
      expect(ended).toMatchObject({ code: 1, stdout: '' });
      expect(ended.stderr).toMatch(/bad\.tar\.gz.* damaged/);
      const left = `warning: ${target.replace(/[?].*/, '')} keeps ${blobs} items (`;
      // An archive is written when it is tagged.
      if (name === 'a layout in an archive') expect(ended.stderr).not.toContain('no tag names');
      else expect(ended.stderr).toContain(left);
      const after = await snapshot([folder]);
      expect(after).toMatchObject(standing);
      const added = Object.keys(after).filter((path) => !(path in standing));
      expect(added.filter((path) => !isBlob(path))).toEqual([]);
      expect(added.filter(isContent)).toHaveLength(name === 'a layout in an archive' ? 0 : blobs);
      const good = await push('-t', 'app:2', 'amd64.tar', 'arm64.tar', target);
      expect(good, good.stderr).toMatchObject({ code: 0 });
    });
  });
});
