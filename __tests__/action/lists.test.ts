import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { makeArtifacts } from '../../demo/artifacts.js';
import { runAction } from '../support/alba.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'alba-lists-'));
  makeArtifacts(join(folder, 'docker'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

it('lists have comments, as those of docker/metadata-action do', async () => {
  const ended = await runAction(
    {
      artifacts: '# what the build left, all of it\ndocker/\n  # and no more\n',
      tag: '# first, second\napp:1\n# app:2\napp:3',
      platforms: '#none\n',
      target: '# a directory\nfile://./site',
      annotations: '# what it is\nindex:a=#1',
    },
    { cwd: folder },
  );
  expect(ended).toMatchObject({ code: 0 });
  expect(JSON.parse(ended.outputs.metadata ?? '')).toMatchObject({ tags: ['1', '3'] });
});

it('lists may have the line ends of Windows, as a workflow that was written there has', async () => {
  const inputs = {
    artifacts: '# what the build left\r\ndocker/\r\n!docker/*386*\r\n',
    tag: 'app:1\r\napp:3\r\n',
    platforms: 'linux/amd64\r\nlinux/arm64\r\nlinux/arm/v7\r\n',
    target: 'file://./crlf\r\noci:./crlf-layout\r\n',
    annotations: 'index:a=one\r\nindex:b=two\r\n',
    labels: 'c=three\r\n',
  };
  const ended = await runAction(inputs, { cwd: folder });
  expect(ended, ended.stdout).toMatchObject({ code: 0 });
  const { tags, targets } = JSON.parse(ended.outputs.metadata ?? '');
  expect(tags).toEqual(['1', '3']);
  expect(targets).toHaveLength(2);
  const index = await readFile(join(folder, 'crlf/v2/app/manifests/3'), 'utf8');
  expect(JSON.parse(index).annotations).toMatchObject({ a: 'one', b: 'two' });
  expect(index).not.toContain('\\r');
  const gc = {
    command: 'container gc',
    target: 'file://./crlf\r\n',
    tag: 'app\r\n',
    keep: '3\r\npr-*=1\r\n',
  };
  const swept = await runAction(gc, { cwd: folder });
  expect(swept, swept.stdout).toMatchObject({ code: 0, outputs: { deleted: '' } });
  // A text of one line, too, as a block of YAML gives it.
  const flags = { ...inputs, 'dry-run': 'true\r\n', format: 'oci\r\n' };
  expect(await runAction(flags, { cwd: folder })).toMatchObject({ code: 0 });
});

it('targets may be separated by commas', async () => {
  const target = 'file://./one, oci:./two:1,file://./three';
  const ended = await runAction({ artifacts: 'docker/', tag: 'app:1', target }, { cwd: folder });
  expect(ended).toMatchObject({ code: 0 });
  const { targets } = JSON.parse(ended.outputs.metadata ?? '');
  expect(targets.map(({ url }: { url: string }) => url)).toHaveLength(3);
});

it.each([
  ['s3://bucket/app:1', /s3:\/\/bucket\/app:1 ends like name:tag.*give "tag" app:1.*%253A/],
  ['s3://bucket/app:1?region=x', /ends like name:tag/],
  ['file://./site/app:1.0', /ends like name:tag/],
])('a target %s is no folder called so', async (target, says) => {
  for (const more of [{}, { command: 'static push', extract: '/app' }]) {
    const ended = await runAction({ artifacts: 'docker/', tag: 'app:1', target, ...more }, { cwd: folder });
    expect(ended).toMatchObject({ code: 1, outputs: {} });
    expect(ended.stdout).toMatch(says);
  }
});
