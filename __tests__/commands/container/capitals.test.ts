import { expect, it } from 'vitest';
import { digestOf } from '../../../src/oci/digest.ts';
import { silent } from '../../fixtures/silent.ts';
import type { Said } from '../given.ts';
import { requestOf } from './request.ts';

const digest = digestOf(Buffer.from('content'));

/** Where a request reads and writes, and what is told of that. */
async function read(said: Said): Promise<{ places: string[]; lines: string[] }> {
  const lines: string[] = [];
  const progress = { ...silent, line: (text: string) => void lines.push(text) };
  const all = { artifacts: ['app.tar'], targets: ['docker://ghcr.io/org/app'], ...said };
  const request = await requestOf(all, '/', { progress });
  const places = [...request.targets, ...request.references, ...request.cacheFrom];
  return { places: places.map(({ place }) => place.urlOf(digest).replace(`@${digest}`, '')), lines };
}

const line = expect.stringMatching(/^Org\/App is read as org\/app: .*lower case/);

it.each<[where: string, said: Said, place: string]>([
  ['a target', { targets: ['docker://ghcr.io/Org/App'], tags: ['app:1'] }, 'docker://ghcr.io/org/app'],
  ['a target on Docker Hub', { targets: ['docker://Org/App:1'] }, 'docker://docker.io/org/app'],
  ['"tag"', { tags: ['Org/App:1'] }, 'docker://ghcr.io/org/app'],
  ['a full reference', { targets: [], tags: ['ghcr.io/Org/App:1'] }, 'docker://ghcr.io/org/app'],
  ['"tag" of a bucket', { targets: ['s3://Bucket'], tags: ['Org/App:1'] }, 's3://Bucket#org/app'],
  ['an artifact', { tags: ['app:1'], artifacts: ['docker://ghcr.io/Org/App:2'] }, 'docker://ghcr.io/org/app'],
  ['an artifact of a bucket', { tags: ['app:1'], artifacts: ['s3://B#Org/App:2'] }, 's3://B#org/app'],
  ['cache-from', { tags: ['app:1'], cacheFrom: ['docker://ghcr.io/Org/App:2'] }, 'docker://ghcr.io/org/app'],
])('a capital letter in the name of %s is lowered, and a line says so', async (_, said, place) => {
  const { places, lines } = await read(said);
  expect(places).toContain(place);
  expect(lines).toEqual([line]);
});

it('a name without a capital letter needs no line, nor does one given twice a second', async () => {
  expect((await read({ tags: ['org/app:1'] })).lines).toEqual([]);
  const { lines } = await read({ targets: ['docker://ghcr.io/Org/App'], tags: ['Org/App:1', 'Org/App:2'] });
  expect(lines).toEqual([line]);
});
