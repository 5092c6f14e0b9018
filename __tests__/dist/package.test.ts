import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const root = join(import.meta.dirname, '../..');

it('npx from a git reference installs no devDependencies: no script is one for which npm does', async () => {
  const { scripts } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
  const preparing = ['preinstall', 'install', 'postinstall', 'build', 'prepack', 'prepare', 'postpack'];
  expect(Object.keys(scripts).filter((name) => preparing.includes(name) || /^pre|^post/.test(name))).toEqual(
    [],
  );
});

it('dist has the text of the licence of each package that it bundles', async () => {
  const licences = (await readFile(join(root, 'dist/licenses.txt'), 'utf8')).trim();
  const blocks = licences.split(/\n\n(?=(?:@[a-z0-9-]+\/)?[a-z0-9._-]+\n[A-Z0-9][\w .()-]*(?:\n|$))/);
  const names = blocks.map((block) => block.split('\n')[0]);
  expect(names).toEqual(expect.arrayContaining(['@aws-sdk/client-s3', 'commander', 'undici', 'alba-action']));
  expect(blocks.filter((block) => block.length < 500)).toEqual([]);
});
