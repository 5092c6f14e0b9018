import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { readAbout } from '../../../src/commands/static/read-about.ts';
import { silent } from '../../fixtures/silent.ts';
import { useTemporary } from '../../fixtures/temporary.ts';
import { requestOf } from './request.ts';

const temporary = useTemporary();

it('a release whose commit tells no time has none, and is told what gives it one', async () => {
  const directory = join(temporary.path, 'checkout');
  await mkdir(join(directory, '.git'), { recursive: true });
  const warnings: string[] = [];
  const progress = { ...silent, warn: (text: string) => void warnings.push(text) };
  const said = { artifacts: 'df', tag: 'tool:1.0', target: 'file://./out' };
  const asked = await requestOf(said, directory, temporary.path);
  const about = await readAbout({ ...asked, sourceUrl: 'https://example.org/app' }, progress);
  expect(about).toEqual({ source: 'https://example.org/app' });
  expect(warnings).toHaveLength(1);
  expect(warnings[0]).toMatch(
    /so that the release tells no time: give SOURCE_DATE_EPOCH in the environment$/,
  );
});
