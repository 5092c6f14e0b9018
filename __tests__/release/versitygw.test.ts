import path from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { parseFilesTarget } from '../../src/place/target.ts';
import { FilesystemStorage } from '../../src/storage/filesystem.ts';
import type { Storage } from '../../src/storage/storage.ts';
import { Tapped } from '../fixtures/storages.ts';
import { useTemporary } from '../fixtures/temporary.ts';
import { unattended } from '../fixtures/unattended.ts';
import { type S3Server, s3Environment, s3Url, startS3 } from '../support/servers/s3.ts';
import { describeWith } from '../support/tools.ts';
import { readAsClient } from './reader.ts';
import { albatros, checkedTags, publish, readFiles, writeTree } from './support.ts';

describeWith(['versitygw'], 'a bucket of versitygw, which holds no object whose key is also a folder', () => {
  const temporary = useTemporary();
  let server: S3Server;
  let storage: Storage;
  let directory: Storage;

  beforeAll(async () => {
    server = await startS3();
    await server.createBucket('releases');
    for (const [name, value] of Object.entries(s3Environment(server))) vi.stubEnv(name, value);
    storage = await parseFilesTarget(s3Url(server, 'releases')).openStorage(
      { directory: temporary.path },
      unattended,
    );
    directory = new FilesystemStorage(path.join(server.directory, 'content/releases'));
  });
  afterAll(async () => {
    vi.unstubAllEnvs();
    await storage?.close();
    await server?.stop();
  });

  it('has its documents where a directory has them, so that it can be served as one', async () => {
    const files = await readFiles(await writeTree(path.join(temporary.path, 'df'), albatros));
    const told: string[] = [];
    await publish(storage, '0.9', files, 'albatros', { warn: (text) => told.push(text) });
    expect(told).toEqual([
      's3://releases has no objects under keys that are also folders: the documents of albatros lie in theirs, this one at df-dist-v1/albatros/0.9/_self.json',
    ]);
    expect(await readAsClient(directory, 'albatros:0.9')).toEqual(albatros);
    expect(await checkedTags(directory)).toEqual(['0.9']);
  });

  it('is sent nothing again, keeps all tags, and has other files replaced', async () => {
    const files = await readFiles(path.join(temporary.path, 'df'));
    const again = new Tapped(storage);
    await publish(again, '0.9', files);
    expect(again.writes).toEqual([]);
    await publish(storage, '0.10', files);
    const other = { ...albatros, 'linux/arm/albatros': '#!ARM' };
    const replacing = new Tapped(storage);
    await publish(
      replacing,
      '0.9',
      await readFiles(await writeTree(path.join(temporary.path, 'other'), other)),
    );
    expect(replacing.writes).toEqual([
      'delete df-dist-v1/albatros/0.9/_self.json',
      'df-dist-v1/albatros/0.9/SHA256SUMS',
      'df-dist-v1/albatros/0.9/linux/arm/albatros',
      'df-dist-v1/albatros/0.9/_self.json',
      'df-dist-v1/albatros/index.html',
    ]);
    expect(await readAsClient(directory, 'albatros:0.9')).toEqual(other);
    expect(await checkedTags(directory)).toEqual(['0.10', '0.9']);
  });
});
