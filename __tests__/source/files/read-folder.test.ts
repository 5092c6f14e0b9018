import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { Problems } from '../../../src/errors.ts';
import { readFolder } from '../../../src/source/files/read-folder.ts';
import { useTemporary } from '../../fixtures/temporary.ts';

const temporary = useTemporary();

it.skipIf(process.getuid === undefined)(
  'a file of a folder whose names alone may be read is told of by its name, and so is a folder that is closed',
  async () => {
    const directory = temporary.path;
    for (const folder of ['named', 'closed']) {
      await mkdir(join(directory, 'df', folder), { recursive: true });
      await writeFile(join(directory, 'df', folder, 'app'), '1');
    }
    await chmod(directory, 0o755);
    const isRoot = process.getuid?.() === 0;
    await chmod(join(directory, 'df/named'), isRoot ? 0o744 : 0o400);
    await chmod(join(directory, 'df/closed'), isRoot ? 0o700 : 0);
    const problems = new Problems();
    const inImage = () => ({ isThere: false });
    // Who is root may read all.
    if (isRoot) process.seteuid?.(65_534);
    try {
      const options = { directory, problems, isExcluded: () => false, followed: [], inImage };
      await readFolder(join(directory, 'df'), options);
    } finally {
      if (isRoot) process.seteuid?.(0);
      for (const folder of ['named', 'closed']) await chmod(join(directory, 'df', folder), 0o755);
    }
    expect(() => problems.throwIfAny('source')).toThrow(/^df\/closed cannot be read: no permission/);
    expect(() => problems.throwIfAny('source')).toThrow(/^df\/named\/app cannot be read: no permission/m);
  },
);
