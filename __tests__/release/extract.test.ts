import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Image } from '../../src/content/content.ts';
import { Problems } from '../../src/errors.ts';
import type { Platform } from '../../src/oci/platform.ts';
import { extractFiles } from '../../src/release/extract.ts';
import { readArtifact } from '../../src/source/open.ts';
import { pathOf } from '../../src/source/tree/file.ts';
import { dockerArchive } from '../fixtures/docker-archive.ts';
import { makeConfig } from '../fixtures/image.ts';
import { FixtureLayout } from '../fixtures/oci-layout.ts';
import { silent } from '../fixtures/silent.ts';
import { type TarMember, tar } from '../fixtures/tar.ts';
import { useTemporary } from '../fixtures/temporary.ts';

const temporary = useTemporary();
let made = 0;
const linux: Platform = { os: 'linux', architecture: 'amd64' };

const imageOf = async (
  layers: readonly (readonly TarMember[])[],
  platform = linux,
): Promise<readonly Image[]> => {
  made += 1;
  const tars = layers.map((members) => tar(members));
  const image = { platform, config: makeConfig(platform, tars), layers: tars };
  return (
    await readArtifact(await temporary.write(`${made}.tar`, dockerArchive(image)), { progress: silent })
  ).images;
};

/** What is extracted: the text of each file by its path, with an `*` where it is executable. */
const extract = async (images: readonly Image[], wanted: string): Promise<Record<string, string>> => {
  const problems = new Problems();
  const files = await extractFiles(images, wanted, temporary.path, problems);
  problems.throwIfAny('source');
  const pairs = files.map(async (file) => [
    `${pathOf(file)}${file.executable ? '*' : ''}`,
    await readFile(file.location, 'utf8'),
  ]);
  return Object.fromEntries(await Promise.all(pairs));
};
const extracted = async (layers: readonly (readonly TarMember[])[], wanted = '/app/out') =>
  extract(await imageOf(layers), wanted);
const file = (name: string, content = name, mode = 0o644): TarMember => ({ name, content, mode });

describe('the files of a path in an image', () => {
  it('are there once where its index has it in two compressions', async () => {
    const layers = [tar([file('app/out/a', 'text')])];
    const image = { platform: linux, config: makeConfig(linux, layers), layers };
    const layout = new FixtureLayout();
    const both = (['gzip', 'none'] as const).map((compression) => layout.image(image, { compression }));
    layout.list(layout.index(both));
    const path = await temporary.write('both.tar', tar(layout.members()));
    const { images } = await readArtifact(path, { progress: silent });
    expect(images).toHaveLength(2);
    expect(await extract(images, '/app/out')).toEqual({ 'linux/amd64/a': 'text' });
  });

  it('are those that the layers leave, the last one first', async () => {
    const found = await extracted([
      [{ name: 'app/out/' }, file('app/out/a', 'old'), file('app/out/b', 'b', 0o755), file('app/other', 'x')],
      [file('app/out/a', 'new'), file('./app/out/deep/größe', 'c'), { name: 'app/out/empty/' }],
    ]);
    expect(found).toEqual({
      'linux/amd64/a': 'new',
      'linux/amd64/b*': 'b',
      'linux/amd64/deep/größe': 'c',
    });
  });

  it('heed whiteouts, wherever they stand in their layer', async () => {
    const base = [file('app/out/a'), file('app/out/d/b'), file('app/out/e/c'), file('app/out/e/f/g')];
    const last = [file('app/out/.wh.a', ''), file('app/out/d/new'), file('app/out/.wh.d', '')];
    expect(await extracted([base, last])).toEqual({
      'linux/amd64/d/new': 'app/out/d/new',
      'linux/amd64/e/c': 'app/out/e/c',
      'linux/amd64/e/f/g': 'app/out/e/f/g',
    });
    const opaque = [file('app/out/e/f/new'), file('app/out/e/.wh..wh..opq', '')];
    expect(await extracted([base, opaque])).toEqual({
      'linux/amd64/a': 'app/out/a',
      'linux/amd64/d/b': 'app/out/d/b',
      'linux/amd64/e/f/new': 'app/out/e/f/new',
    });
    const back = [file('app/out/a', 'back')];
    expect(await extracted([base, last, back])).toMatchObject({ 'linux/amd64/a': 'back' });
  });

  it('may be folders that became files, and files that became folders', async () => {
    const found = await extracted([
      [file('app/out/a/b'), file('app/out/c')],
      [file('app/out/a', 'file'), { name: 'app/out/c/' }, file('app/out/c/d', 'd')],
    ]);
    expect(found).toEqual({ 'linux/amd64/a': 'file', 'linux/amd64/c/d': 'd' });
  });

  it('follow links inside the image, and never leave it', async () => {
    const found = await extracted(
      [
        [
          file('store/app', 'app', 0o755),
          file('store/lib/x', 'x'),
          { name: 'current', symlink: '/store' },
          { name: 'out/app', symlink: '../current/app' },
          { name: 'out/lib', symlink: '/current/lib' },
          { name: 'out/up', symlink: '../../../../../../store/lib/x' },
          { name: 'out/hard', link: 'store/app' },
        ],
        [file('store/lib/y', 'y'), file('current/late', 'late')],
      ],
      'out',
    );
    expect(found).toEqual({
      'linux/amd64/app*': 'app',
      'linux/amd64/hard*': 'app',
      'linux/amd64/lib/x': 'x',
      'linux/amd64/lib/y': 'y',
      'linux/amd64/up': 'x',
    });
    expect(await extracted([[file('store/a'), { name: 'out', symlink: 'store' }]], '/out')).toEqual({
      'linux/amd64/a': 'store/a',
    });
  });

  it('are one when the path is a file', async () => {
    expect(await extracted([[file('bin/app', 'x', 0o755)]], '/bin/app')).toEqual({ 'linux/amd64/app*': 'x' });
  });

  it('go by the platform of their image', async () => {
    const layers = [[file('out/a')]];
    const platforms: Platform[] = [
      { os: 'linux', architecture: 'arm64', variant: 'v8' },
      { os: 'linux', architecture: 'arm', variant: 'v7' },
      { os: 'windows', architecture: 'amd64', 'os.version': '10.0.20348' },
    ];
    const images = (await Promise.all(platforms.map((platform) => imageOf(layers, platform)))).flat();
    expect(Object.keys(await extract(images, '/out'))).toEqual([
      'linux/arm64/a',
      'linux/arm/v7/a',
      'windows/amd64/a',
    ]);
  });

  it('are refused with a reason, all of them at once', async () => {
    const failing = extracted([
      [
        file('app/out/fine'),
        file('app/out/bad\nname'),
        { name: 'app/out/dangling', symlink: '/etc/passwd' },
        { name: 'app/out/self', symlink: 'self' },
        { name: 'app/out/loop', symlink: '.' },
      ],
    ]);
    const { message } = (await failing.catch((error: Error) => error as Error)) as Error;
    expect(message.split('\n')).toHaveLength(4);
    expect(message).toMatch(/bad\\nname" .*control character/);
    expect(message).toMatch(
      /\/app\/out\/dangling is not there, or a symbolic link to something that is not in/,
    );
    expect(message).toMatch(/\/app\/out\/self is a symbolic link that leads back to itself/);
    expect(message).toMatch(/\/app\/out\/loop is a symbolic link to a folder that it lies in/);
    await expect(extracted([[file('app/a')]], '/nowhere')).rejects.toThrow(/\.tar: \/nowhere is not there/);
    await expect(extracted([[{ name: 'app/' }]], '/app')).rejects.toThrow(/\/app has no file to publish/);
    const strange = await imageOf([[file('app/a')]], { os: '..', architecture: 'amd64' });
    await expect(extract(strange, '/app')).rejects.toThrow(/"\.\." is not an operating system/);
  });

  it('end where links lead to the same folders again and again', async () => {
    const floors = Array.from({ length: 30 }, (_, floor) => [
      { name: `app/${floor}/` },
      ...['left', 'right'].map((side) => ({ name: `app/${floor}/${side}`, symlink: `../${floor + 1}` })),
    ]);
    const stairs = [...floors.flat(), file('app/30/a')];
    await expect(extracted([stairs], '/app')).rejects.toThrow(
      /more than 1000000 files and folders: do symbolic/,
    );
  });

  it('are read again from an archive that must not have changed', async () => {
    const images = await imageOf([[file('out/a', 'x'.repeat(2000))]]);
    const archive = path.join(temporary.path, `${made}.tar`);
    const bytes = await readFile(archive);
    bytes[bytes.indexOf('xxxx')] = 0x79;
    await temporary.write(`${made}.tar`, bytes);
    await expect(extract(images, '/out')).rejects.toThrow(/is damaged: its digest is/);
  });
});
