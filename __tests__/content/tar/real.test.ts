import { open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, expect } from 'vitest';
import { noise } from '../../fixtures/image.ts';
import { useTemporary } from '../../fixtures/temporary.ts';
import { run } from '../../support/run.ts';
import { itWith } from '../../support/tools.ts';
import { readAll } from './read.ts';

const temporary = useTemporary();

/** In bytes; holes of file systems are multiples of it. */
const page = 4096;
const pieces = 60;

/** More pieces than a header of the old format and two blocks behind it have room for, a hole at the end. */
beforeAll(async () => {
  await using file = await open(join(temporary.path, 'tool'), 'w', 0o755);
  for (let i = 0; i < pieces; i++) await file.write(noise(`${i}`, page), 0, page, i * 5 * page);
  await file.truncate(pieces * 5 * page + 1234);
});

const gnu = ['tar', '--sparse', '--hole-detection=raw'];
const programs: readonly (readonly [title: string, command: readonly string[]])[] = [
  ...['0.0', '0.1', '1.0'].map(
    (version) =>
      [`GNU tar, pax ${version}`, [...gnu, '--format=posix', `--sparse-version=${version}`]] as const,
  ),
  ['GNU tar, its own format', [...gnu, '--format=gnu']],
  ['GNU tar, its older format', [...gnu, '--format=oldgnu']],
  ['bsdtar', ['bsdtar']],
  ['GNU tar, ustar', ['tar', '--format=ustar']],
  ['GNU tar, v7', ['tar', '--format=v7']],
];

for (const [title, [tool = '', ...options]] of programs) {
  itWith([tool], `a file with ${pieces} pieces is read as it was packed: ${title}`, async () => {
    const path = join(temporary.path, 'packed.tar');
    await run(tool, [...options, '-cf', path, '-C', temporary.path, 'tool']);
    const packed = await readFile(path);
    const content = await readFile(join(temporary.path, 'tool'));
    const [found, ...more] = await readAll(packed);
    expect(found).toMatchObject({ name: 'tool', type: 'file', size: content.length, mode: 0o755 });
    expect(found?.content.equals(content)).toBe(true);
    expect(more).toEqual([]);
  });
}
