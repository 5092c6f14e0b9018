import path from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { staticPush } from '../../../src/commands/static/push.ts';
import type { StaticPushResult } from '../../../src/commands/static/push-result.ts';
import { silent } from '../../fixtures/silent.ts';
import { useTemporary } from '../../fixtures/temporary.ts';
import { albatros, writeTree } from '../../release/support.ts';
import { run } from '../../support/run.ts';
import { type Garage, startGarage } from '../../support/servers/garage.ts';
import { s3Environment, s3Url } from '../../support/servers/s3.ts';
import { describeWith } from '../../support/tools.ts';
import { requestOf } from './request.ts';

describeWith(['garage', 'curl'], 'static push to Garage, read from its website', () => {
  const temporary = useTemporary();
  let garage: Garage;

  beforeAll(async () => {
    garage = await startGarage();
    for (const [name, value] of Object.entries(s3Environment(garage))) vi.stubEnv(name, value);
  });
  afterAll(async () => {
    vi.unstubAllEnvs();
    await garage?.stop();
  });

  const push = async (tag: string, tree: string, more: object = {}): Promise<StaticPushResult> => {
    const directory = temporary.path;
    const said = {
      artifacts: [tree],
      targets: [s3Url(garage, garage.bucket)],
      tags: [tag],
      page: 'true',
      publicUrl: garage.web.url,
      concurrency: '8',
      ...more,
    };
    const request = await requestOf(said, directory, directory);
    return staticPush(request, silent);
  };
  const tree = (name: string, files: Readonly<Record<string, string>>): Promise<string> =>
    writeTree(path.join(temporary.path, name), files);
  const curl = (key: string, ...options: string[]): Promise<string> =>
    run('curl', ['-sSf', '--ipv4', ...options, `${garage.web.url}/${key}`]);

  it('serves every key as the older tool did', async () => {
    const result = await push(
      'albatros:0.9',
      await tree('df', { ...albatros, 'linux/arm/größe #1?.txt': 'x' }),
    );
    expect(await curl('df-dist-v1/albatros')).toBe('{"name":"albatros","tags":["0.9"]}');
    const manifest = await curl('df-dist-v1/albatros/0.9');
    expect(manifest).toMatch(/^{"flavors":\[{"resources":\[{"path":"albatros","size":5,"digest":"sha256:/);
    expect(await curl('df-dist-v1/albatros', '-I')).toMatch(/^content-type: application\/json\r$/im);
    const headers = await curl('df-dist-v1/albatros/0.9/linux/amd64/albatros', '-I');
    expect(headers).toMatch(/^content-type: application\/octet-stream\r$/im);
    expect(headers).toMatch(/^cache-control: no-cache\r$/im);
    expect(headers).not.toMatch(/^content-disposition/im);
    expect(await curl('df-dist-v1/albatros/', '-I')).toMatch(/^content-type: text\/html; charset=utf-8\r$/im);
    const bodies = await Promise.all(
      result.files.map(({ url }) => run('curl', ['-sSf', '--ipv4', url ?? ''])),
    );
    expect(bodies).toEqual(['#!386', '#!amd64', '#!arm', 'x', '#!arm64']);
  });

  it('sends nothing again, and one file when one changed', async () => {
    const first = await push('again:1.0', await tree('again', albatros));
    expect(await push('again:1.0', 'again')).toMatchObject({
      digest: first.digest,
      pushedBytes: 0,
      skippedBytes: 24,
    });
    await tree('again', { 'linux/arm64/albatros': '#!changed' });
    expect(await push('again:1.0', 'again')).toMatchObject({ pushedBytes: 9, skippedBytes: 17 });
    expect(await push('again:1.1', 'again')).toMatchObject({ pushedBytes: 0, skippedBytes: 26 });
    expect(await curl('df-dist-v1/again/1.1/linux/arm64/albatros')).toBe('#!changed');
  });

  it('tells browsers to save files where that is asked', async () => {
    await push('saved:1.0', await tree('saved', { 'js/wasm/größe.html': 'x' }), {
      contentDisposition: 'attachment',
    });
    const headers = await curl('df-dist-v1/saved/1.0/js/wasm/gr%C3%B6%C3%9Fe.html', '-I');
    expect(headers).toMatch(/^content-disposition: attachment; filename\*=UTF-8''gr%C3%B6%C3%9Fe\.html\r$/im);
    expect(headers).toMatch(/^content-type: text\/html\r$/im);
  });

  it('keeps both tags of two publishers who meet, every time', async () => {
    const folder = await tree('race', { 'linux/amd64/app': 'x' });
    for (let round = 0; round < 50; round += 1) {
      const name = `race-${round}`;
      await Promise.all([push(`${name}:1.0`, folder), push(`${name}:1.1`, folder)]);
      expect(await curl(`df-dist-v1/${name}`)).toBe(`{"name":"${name}","tags":["1.1","1.0"]}`);
    }
  });

  it('fails with one sentence where the bucket is missing or the key is wrong', async () => {
    const folder = await tree('refused', { 'linux/amd64/app': 'x' });
    await expect(push('a:1.0', folder, { targets: [s3Url(garage, 'nowhere')] })).rejects.toThrow(/nowhere/);
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'wrong');
    try {
      await expect(push('a:1.0', folder)).rejects.toThrow(/s3:\/\/alba/);
    } finally {
      vi.stubEnv('AWS_SECRET_ACCESS_KEY', garage.secretAccessKey);
    }
  });
});
