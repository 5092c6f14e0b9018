import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { formatPlatform } from '../../src/oci/platform.ts';
import { guessAddress } from '../../src/place/schemes.ts';
import { findArtifacts } from '../../src/source/find.ts';
import { readArtifact } from '../../src/source/open.ts';
import { dockerArchive } from '../fixtures/docker-archive.ts';
import { makeImage } from '../fixtures/image.ts';
import { compress, FixtureLayout } from '../fixtures/oci-layout.ts';
import { silent } from '../fixtures/silent.ts';
import { useTemporary } from '../fixtures/temporary.ts';
import { asV7 } from '../fixtures/v7.ts';

const temporary = useTemporary();
const archive = dockerArchive(makeImage({ os: 'linux', architecture: 'amd64' }));

beforeAll(async () => {
  for (const folder of ['docker', 'store', 'empty', 'texts', 'site/v2', 'broken', 'nested/deep']) {
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
  return (await findArtifacts(lines, temporary.path, silent)).map((path) =>
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
    expect((await findArtifacts([path], '/', silent)).map((found) => basename(found))).toEqual(['real.tar']);
  });

  it.each([
    ['a missing path', 'missing.tar', 'missing.tar does not exist in'],
    ['an empty folder', 'empty', 'empty is an empty folder'],
    [
      'a directory that was published to',
      'site',
      'if images were published to it, name one as file://./site#name:tag',
    ],
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
    await expect(findArtifacts(['ghcr.io/org/app:1'], temporary.path, silent, guess)).rejects.toThrow(
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

describe('what findArtifacts passes over', () => {
  const warningsOf = async (
    folder: string,
    files: Record<string, string | Uint8Array>,
    ...lines: string[]
  ) => {
    const warnings: string[] = [];
    const root = join(temporary.path, folder);
    for (const [name, content] of Object.entries(files)) {
      await mkdir(dirname(join(root, name)), { recursive: true });
      await writeFile(join(root, name), content);
    }
    const progress = { ...silent, warn: (text: string) => warnings.push(text.replaceAll('\\', '/')) };
    const found = await findArtifacts(lines.length > 0 ? lines : ['.'], root, progress);
    return { warnings, found: found.map((path) => path.slice(root.length + 1).replaceAll('\\', '/')) };
  };
  const bytes = (hex: string) => Buffer.concat([Buffer.from(hex, 'hex'), Buffer.alloc(600)]);
  const [xz, bzip2, zip] = [bytes('fd377a585a0000'), bytes('425a6839314159265359'), bytes('504b0304')];
  const script = '#!/nix/store/x-bash/bin/bash\nexec python stream_layered_image.py conf.json\n';

  it('is told where it looks like a platform, by its name', async () => {
    const { warnings, found } = await warningsOf('platforms', {
      'linux.amd64.tar': archive,
      'linux.arm64.txz': xz,
      'linux.riscv64.tbz2': bzip2,
      'linux.s390x.zip': zip,
      'linux.386': script,
      'Linux-armv7.txt': 'a list',
      'linux.ppc64le/image.tar': archive,
      'darwin.arm64/README': 'text',
    });
    expect(found).toEqual(['linux.amd64.tar']);
    expect(warnings).toEqual([
      expect.stringMatching(
        /^Linux-armv7\.txt is passed over, though it is named for linux\/arm\/v7: .*a text/,
      ),
      'darwin.arm64 is passed over, though it is named for darwin/arm64: it is a folder, but no OCI layout; if it is to be left out, say so by a line !darwin.arm64',
      expect.stringMatching(
        /^linux\.386 is passed over.*streamLayeredImage: run it, since it writes the image/,
      ),
      expect.stringMatching(
        /^linux\.arm64\.txz is passed over.*linux\/arm64: it is compressed with xz, which/,
      ),
      expect.stringMatching(
        /^linux\.ppc64le is passed over.*: name what is in it, such as linux.ppc64le\/image/,
      ),
      expect.stringMatching(/^linux\.riscv64\.tbz2 is passed over.*it is compressed with bzip2/),
      expect.stringMatching(/^linux\.s390x\.zip is passed over.*not a tar, but a zip: unpack it/),
    ]);
  });

  it('is told where it looks like an image, by its content', async () => {
    const { warnings } = await warningsOf('contents', {
      'app.tar': archive,
      'other.txz': xz,
      'other.zip': zip,
      stream: script,
      'further/down.tar': archive,
    });
    expect(warnings.map((warning) => warning.replace(/:.*/s, ''))).toEqual([
      'further is passed over',
      'other.txz is passed over',
      'other.zip is passed over',
      'stream is passed over',
    ]);
  });

  it('is not told where it belongs to what is taken, or to nothing', async () => {
    const { warnings } = await warningsOf('beside', {
      'linux.amd64.tar': archive,
      'linux.amd64.tar.sha256': 'abc',
      'linux-amd64.sbom.json': '{}',
      SHA256SUMS: 'abc',
      'app.jar': zip,
      'empty-file': '',
      'docs/README.md': 'text',
    });
    expect(warnings).toEqual([]);
  });

  it('is not told where it is left out, or taken by another line', async () => {
    const files = {
      'a.tar': archive,
      'linux.arm64.txz': xz,
      'linux.386/b.tar': archive,
      'old/c.tar': archive,
    };
    expect(await warningsOf('lines', files, '*', 'linux.386', '!old/c.tar', '!*.txz')).toEqual({
      warnings: [],
      found: ['a.tar', 'linux.386/b.tar'],
    });
    expect((await warningsOf('lines', files, '**', '!*.txz')).warnings).toEqual([]);
  });

  it('is told before it is an error that nothing is taken', async () => {
    const warnings: string[] = [];
    await mkdir(join(temporary.path, 'nothing'));
    await temporary.write('nothing/linux.arm64.txz', xz);
    const progress = { ...silent, warn: (text: string) => warnings.push(text) };
    await expect(findArtifacts(['nothing'], temporary.path, progress)).rejects.toThrow(
      'holds no image archive',
    );
    expect(warnings).toEqual([expect.stringMatching(/linux\.arm64\.txz is passed over.*xz/)]);
  });

  it('is no archive in the format of version 7 of Unix, which has no magic', async () => {
    const v7 = asV7(archive);
    const damaged = Buffer.from(v7);
    damaged.writeUInt8(0x41, 300);
    const files = { 'linux.amd64': v7, notes: damaged };
    const { found } = await warningsOf('v7', files);
    expect(found).toEqual(['linux.amd64']);
    const { images } = await readArtifact(join(temporary.path, 'v7/linux.amd64'), { progress: silent });
    expect(images.map(({ platform }) => formatPlatform(platform))).toEqual(['linux/amd64']);
  });
});
