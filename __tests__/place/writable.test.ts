import { chmod, mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseNamedTag } from '../../src/oci/named-tag.ts';
import { assignTags } from '../../src/place/assign-tags.ts';
import { parseTargetUrl } from '../../src/place/target.ts';
import { assertWritable, directoriesOf } from '../../src/place/writable.ts';
import { useTemporary } from '../fixtures/temporary.ts';

const temporary = useTemporary();
const at = (...names: string[]): string => join(temporary.path, ...names);
const isRoot = process.getuid?.() === 0;

describe('what can be written to', () => {
  it('is each directory of the targets, and of no other kind', () => {
    const urls = ['file://./site', 'oci:/srv/layout:1', 'docker://ghcr.io/org/app:1', 's3://bucket'];
    const named = [parseNamedTag('app:1')];
    const targets = assignTags(urls.map(parseTargetUrl), { named, byDigest: false, usual: () => undefined });
    expect(
      directoriesOf(
        targets.map(({ place }) => place),
        '/work',
      ),
    ).toEqual(['/work/site', '/srv/layout']);
  });

  it('is a folder, or one that can be made; it is not made', async () => {
    await mkdir(at('there'));
    await assertWritable([at('there'), at('there/not/yet'), at('nor/this')]);
    expect(await readdir(temporary.path)).toEqual(['there']);
    expect(await readdir(at('there'))).toEqual([]);
  });

  it.each([
    ['file', 'there is a file, expected a directory'],
    ['file/below', 'a part of the path is a file, expected a directory'],
  ])('is no file: %s', async (name, why) => {
    await writeFile(at('file'), '');
    await expect(assertWritable([at(name)])).rejects.toThrow(`cannot write ${at(name)}: ${why}`);
  });

  // Nothing is forbidden to root.
  it.skipIf(isRoot)("is no folder of somebody else's", async () => {
    await mkdir(at('forbidden'));
    await chmod(at('forbidden'), 0o555);
    for (const name of ['forbidden', 'forbidden/below']) {
      await expect(assertWritable([at(name)])).rejects.toThrow(`cannot write ${at(name)}: no permission`);
    }
  });
});
