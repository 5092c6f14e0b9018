import { execFile } from 'node:child_process';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { digestOf } from '../../src/oci/digest.ts';
import { parseIndex } from '../../src/oci/manifest.ts';
import { parsePlatform } from '../../src/oci/platform.ts';
import { dockerArchive } from '../fixtures/docker-archive.ts';
import { makeImage } from '../fixtures/image.ts';
import { listTar } from '../fixtures/published.ts';
import { useTemporary } from '../fixtures/temporary.ts';
import { type Ended, runAlba } from '../support/alba.ts';
import { itWith, requireTool } from '../support/tools.ts';

const temporary = useTemporary();
const at = (...names: string[]) => join(temporary.path, ...names);
const run = promisify(execFile);

async function archive(platform: string, seed = platform): Promise<string> {
  const name = `${seed}-${platform}`.replace(/\W+/g, '-');
  await writeFile(at(`${name}.tar`), dockerArchive(makeImage(parsePlatform(platform), { seed })));
  return `${name}.tar`;
}

async function push(...args: readonly string[]): Promise<Ended> {
  const ended = await runAlba(['container', 'push', '--no-cache', '--json', ...args], {
    cwd: temporary.path,
  });
  expect(ended, ended.stderr).toMatchObject({ code: 0 });
  return ended;
}

/** Names alone, in their order. */
async function namesIn(file: string): Promise<string[]> {
  return (await listTar(await readFile(at(file)))).map((entry) => entry.split(' ')[2] ?? '');
}

describe('an archive of a layout', () => {
  it('is the same bytes wherever and however often it is made, and nothing is left beside it', async () => {
    const both = [await archive('linux/amd64'), await archive('linux/arm64')];
    await mkdir(at('one/made'), { recursive: true });
    await push(...both, 'oci-archive:./one/made/app.tar:1');
    await push(...both.toReversed(), 'oci-archive:./two.tar:1');
    const bytes = await readFile(at('two.tar'));
    expect(digestOf(await readFile(at('one/made/app.tar')))).toBe(digestOf(bytes));
    await push(...both, 'oci-archive:./two.tar:1');
    expect(digestOf(await readFile(at('two.tar')))).toBe(digestOf(bytes));
    expect(await readdir(at('one/made'))).toEqual(['app.tar']);
    expect((await namesIn('two.tar')).slice(0, 4)).toEqual([
      'oci-layout',
      'index.json',
      'blobs/',
      'blobs/sha256/',
    ]);
  });

  it('can be read by alba as a file and as a reference, and comes to the digest that it had', async () => {
    const { stdout } = await push(await archive('linux/amd64'), 'oci-archive:./read.tar:1');
    const { digest, references, index } = JSON.parse(stdout);
    expect(references).toEqual([`oci-archive:./read.tar:1@${digest}`]);
    for (const source of [['read.tar'], ['--from', 'oci-archive:./read.tar:1'], ['--from', index]]) {
      const again = await push(...source, '-t', 'app:1', 'file://./read-again');
      expect(JSON.parse(again.stdout).digest).toBe(digest);
    }
  });

  it('keeps its other tags, lets go of what no tag leads to, and takes further platforms in', async () => {
    await push(await archive('linux/amd64', 'old'), 'oci-archive:./tags.tar:1');
    await push(await archive('linux/amd64', 'other'), 'oci-archive:./tags.tar:2');
    const before = await namesIn('tags.tar');
    await push(await archive('linux/amd64', 'new'), 'oci-archive:./tags.tar:1');
    expect(await namesIn('tags.tar')).toHaveLength(before.length);
    await push('--update', await archive('linux/arm64', 'new'), 'oci-archive:./tags.tar:2');
    const { stdout } = await push('--from', 'oci-archive:./tags.tar:2', '-t', 'app:2', 'oci:./tags');
    expect(Object.keys(JSON.parse(stdout).platforms)).toEqual(['linux/amd64', 'linux/arm64']);
    expect((await push('--from', 'oci-archive:./tags.tar:1', 'oci:./tags:1')).code).toBe(0);
  });

  it('holds what two processes add at once', async () => {
    const platforms = await Promise.all(['linux/amd64', 'linux/arm64'].map((name) => archive(name)));
    for (let round = 0; round < 3; round += 1) {
      const target = `oci-archive:./met-${round}.tar:1`;
      await Promise.all(platforms.map((platform) => push('--update', platform, target)));
      const { stdout } = await push('--from', target, '-t', 'app:1', `oci:./met-${round}`);
      expect(Object.keys(JSON.parse(stdout).platforms)).toEqual(['linux/amd64', 'linux/arm64']);
    }
  });

  it('is not written over what is no archive of a layout, and not by a dry run', async () => {
    const image = await archive('linux/amd64');
    await writeFile(at('notes.tar'), 'notes');
    await mkdir(at('folder.tar'));
    const tries = ['notes.tar', 'folder.tar', image].map((file) =>
      runAlba(['container', 'push', '--no-cache', image, `oci-archive:./${file}:1`], { cwd: temporary.path }),
    );
    const [notes, folder, docker] = await Promise.all(tries);
    expect(notes?.stderr).toContain('notes.tar is there and cannot be read as a tar');
    expect(folder?.stderr).toContain('folder.tar is no file');
    expect(docker?.stderr).toContain('holds no OCI layout');
    expect([notes, folder, docker].map((ended) => ended?.code)).toEqual([1, 1, 1]);
    expect(await readFile(at('notes.tar'), 'utf8')).toBe('notes');
    await push('--dry-run', image, 'oci-archive:./dry.tar:1');
    expect(await readdir(temporary.path)).not.toContain('dry.tar');
  });

  itWith(
    ['skopeo', 'podman', 'regctl'],
    'is read by skopeo, podman and, unpacked, regctl',
    async () => {
      const { stdout } = await push(
        await archive('linux/amd64'),
        await archive('linux/arm64'),
        'oci-archive:./tools.tar:1',
      );
      const { digest } = JSON.parse(stdout);
      const raw = await run(requireTool('skopeo'), ['inspect', '--raw', `oci-archive:${at('tools.tar')}:1`]);
      expect(digestOf(Buffer.from(raw.stdout))).toBe(digest);
      expect(parseIndex(Buffer.from(raw.stdout), 'skopeo').manifests).toHaveLength(2);
      const root = ['--root', at('podman'), '--runroot', at('podman-run'), '--storage-driver', 'vfs'];
      const pulled = await run(requireTool('podman'), [
        ...root,
        'pull',
        '-q',
        `oci-archive:${at('tools.tar')}:1`,
      ]);
      expect(pulled.stdout).toMatch(/^[0-9a-f]{64}\n$/);
      await mkdir(at('unpacked'));
      await run('tar', ['-xf', at('tools.tar'), '-C', at('unpacked')]);
      const manifest = await run(requireTool('regctl'), ['manifest', 'head', `ocidir://${at('unpacked')}:1`]);
      expect(manifest.stdout.trim()).toBe(digest);
    },
    120_000,
  );
});
