import { expect, it } from 'vitest';
import { folderStore } from '../../src/cache/folder.ts';

it.runIf(process.platform === 'linux')(
  'a folder that cannot be made is an error, not a run without an end',
  async () => {
    await expect(folderStore('/proc/alba/cache').save(Buffer.from('x'))).rejects.toThrow(
      /no such file or directory|no permission/,
    );
  },
);
