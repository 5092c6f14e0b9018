import { mkdir, symlink } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { guessAddress } from '../../src/place/schemes.ts';
import { findArtifacts } from '../../src/source/find.ts';
import { dockerArchive } from '../fixtures/docker-archive.ts';
import { makeImage } from '../fixtures/image.ts';
import { compress, FixtureLayout } from '../fixtures/oci-layout.ts';
import { useTemporary } from '../fixtures/temporary.ts';

const temporary = useTemporary();
const archive = dockerArchive(makeImage({ os: 'linux', architecture: 'amd64' }));

beforeAll(async () => {
  for (const folder of ['docker', 'store', 'empty', 'texts', 'broken', 'nested/deep']) {
    await mkdir(join(temporary.path, folder), { recursive: true });
  }
  await temporary.write('docker/b.tar', archive);
  await temporary.write('docker/a.tar.gz', compress(archive, 'gzip'));
  await temporary.write('docker/no-extension', archive);
  await temporary.write('docker/README.md', '# Images');
  await temporary.write('docker/a.tar.gz.sha256', 'abc');
  await temporary.write('docker/.hidden.tar', archive);
  await temporary.write('store/real.tar', archive);
  await temporary.write('texts/README.md', '# Nothing here');
  await temporary.write('nested/deep/c.tar', archive);
  await temporary.write('with (brackets) [1].tar', archive);
  const layout = new FixtureLayout();
  await layout
    .list(layout.image(makeImage({ os: 'linux', architecture: 'arm64' })))
    .write(join(temporary.path, 'docker/layout'));
  await symlink(join(temporary.path, 'store/real.tar'), join(temporary.path, 'linux.amd64.tar'));
  await symlink(join(temporary.path, 'docker'), join(temporary.path, 'result'));
  await symlink('/nowhere/at/all', join(temporary.path, 'broken/dangling.tar'));
});

async function find(...lines: string[]): Promise<string[]> {
  return (await findArtifacts(lines, temporary.path)).map((path) =>
    path.slice(temporary.path.length + 1).replaceAll('\\', '/'),
  );
}

const inFolder = ['docker/a.tar.gz', 'docker/b.tar', 'docker/layout', 'docker/no-extension'];

describe('findArtifacts', () => {
  it.each([
    ['a file', ['docker/b.tar'], ['docker/b.tar']],
    ['a folder', ['docker'], inFolder],
    ['a folder through a link', ['result'], inFolder.map((path) => path.replace('docker', 'result'))],
    ['a layout', ['./docker/layout/'], ['docker/layout']],
    ['a glob, as it would a folder', ['docker/*'], inFolder],
    ['a glob of all depths, without what is in a layout', ['docker/**'], inFolder],
    ['a glob below a link', ['result/*.tar'], ['result/b.tar']],
    ['a name that looks like a glob', ['with (brackets) [1].tar'], ['with (brackets) [1].tar']],
    ['what ! leaves', ['docker', '!docker/layout', '!**/*.gz'], ['docker/b.tar', 'docker/no-extension']],
    [
      'what is not hidden behind a dot',
      ['docker/.hidden.tar', 'docker/b.tar'],
      ['docker/.hidden.tar', 'docker/b.tar'],
    ],
    [
      'a folder without what a path and a glob behind ! name, wherever they stand',
      ['!./docker/layout/', '!docker/**/*.{gz,tar}', 'docker'],
      ['docker/no-extension'],
    ],
    [
      'a folder for all that a line with ! that matches nothing says',
      ['docker', '!**/*.zst', '!none'],
      inFolder,
    ],
    [
      'a name that looks like a glob, without another one',
      ['with (brackets) [1].tar', 'store', '!with (brackets) [1].tar/x'],
      ['store/real.tar', 'with (brackets) [1].tar'],
    ],
    ['blank lines', ['', '  docker/b.tar  ', ''], ['docker/b.tar']],
  ])('takes %s', async (_, lines, expected) => {
    expect(await find(...lines)).toEqual(expected);
  });

  it('takes a real file once, and the order of the lines does not matter', async () => {
    expect(await find('store/real.tar', 'linux.amd64.tar', 'docker/b.tar', 'docker/b.tar')).toEqual([
      'docker/b.tar',
      'linux.amd64.tar',
    ]);
    expect(await find('docker/b.tar', 'linux.amd64.tar')).toEqual(
      await find('linux.amd64.tar', 'docker/b.tar'),
    );
  });

  it('takes absolute paths', async () => {
    const path = join(temporary.path, 'store/real.tar');
    expect((await findArtifacts([path], '/')).map((found) => basename(found))).toEqual(['real.tar']);
  });

  it.each([
    ['a missing path', 'missing.tar', 'missing.tar does not exist in'],
    ['an empty folder', 'empty', 'empty is an empty folder'],
    ['a folder without archives', 'texts', 'texts holds no image archive and no OCI layout, but README.md'],
    ['folders further down', 'nested', '*.tar.gz'],
    ['a glob that matches nothing', '*.tgz', '*.tgz matches no image archive and no OCI layout'],
    ['a link that leads nowhere', 'broken/dangling.tar', 'is a symbolic link to something that is missing'],
    ['such a link in a folder', 'broken', 'dangling.tar is a symbolic link to something that is missing'],
    [
      'such a link under a glob',
      'broken/*.tar',
      'dangling.tar is a symbolic link to something that is missing',
    ],
    ['nothing', '', 'no artifacts are named'],
  ])('fails on %s', async (_, line, message) => {
    await expect(find(line)).rejects.toThrow(message);
  });

  it('tells what published image a missing path may mean', async () => {
    const guess = (line: string) => guessAddress(line, 'reference');
    await expect(findArtifacts(['ghcr.io/org/app:1'], temporary.path, guess)).rejects.toThrow(
      'is a published image meant, docker://ghcr.io/org/app:1?',
    );
  });

  it.each([
    ['a path by the folder that it lies in', ['docker/b.tar', '!docker'], 'docker/b.tar'],
    ['a path by a glob', ['docker/b.tar', '!**/*.tar'], 'docker/b.tar'],
    ['a folder by its name', ['docker', '!docker'], 'docker'],
    ['all that a folder holds', ['docker', '!docker/**'], 'docker'],
    ['the archives of a folder that holds more', ['nested/deep', '!nested/deep/c.tar'], 'nested/deep'],
    ['a glob', ['docker/*.tar', '!docker/b.tar'], 'docker/*.tar'],
    ['one line of two', ['store', 'docker/b.tar', '!docker/b.tar'], 'docker/b.tar'],
    ['a link that leads nowhere', ['broken', '!broken/dangling.tar'], 'broken'],
  ])('fails where ! leaves out %s', async (_, lines, line) => {
    await expect(find(...lines)).rejects.toThrow(`${line}: all that it names is left out by a line with !`);
  });

  it('fails where something is only left out', async () => {
    await expect(find('!docker')).rejects.toThrow(
      'no file or folder is named, only what to leave out: !docker',
    );
  });

  it('tells all problems at once', async () => {
    await expect(find('missing.tar', 'docker', 'empty')).rejects.toThrow(
      /missing\.tar does not exist.*\n.*empty folder/,
    );
  });

  it('refuses two names of one file that tell two platforms', async () => {
    await symlink(join(temporary.path, 'store/real.tar'), join(temporary.path, 'linux.arm64.tar'));
    await expect(find('linux.amd64.tar', 'linux.arm64.tar')).rejects.toThrow(
      'named for two platforms, but are one file',
    );
  });
});
