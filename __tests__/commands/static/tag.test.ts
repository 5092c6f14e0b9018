import { expect, it } from 'vitest';
import { requestOf } from './request.ts';

const said = { artifacts: ['df'], targets: ['file://./site'] };
const releaseOn = async (ref: string, more = {}) => {
  const host = { workflowRun: { repository: 'Org/Albatros', ref } };
  return (await requestOf({ ...said, ...more }, '/', '/', host)).release;
};

it.each([
  ['refs/tags/v1.2.3', 'albatros', '1.2.3'],
  ['refs/tags/v2024.12.01', 'albatros', '2024.12.01'],
  ['refs/tags/app/v1.2.3', 'app', '1.2.3'],
  ['refs/tags/app@1.2.3', 'app', '1.2.3'],
])('a release of files without "tag" on %s is %s:%s, as for containers', async (ref, name, tag) => {
  expect(await releaseOn(ref)).toEqual({ name, tag });
  expect(await releaseOn(ref, { tags: ['other:1'] })).toEqual({ name: 'other', tag: '1' });
});

it.each([
  ['refs/heads/main', /no tag: name the release as name:tag/],
  ['refs/tags/nightly', /is no version: give "tag", such as albatros:nightly/],
  ['refs/tags/index.html', /is no version/],
])('a release of files without "tag" on %s has none', async (ref, says) => {
  await expect(releaseOn(ref)).rejects.toThrow(says);
});

it('a release of files by a name alone is asked for its tag, or its name', async () => {
  await expect(requestOf({ ...said, tags: ['main'] }, '/', '/')).rejects.toThrow(
    /"main" has no tag: .*did you mean name:main, or main:tag\?/,
  );
});
