import path from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { parseFilesTarget } from '../../src/place/target.ts';
import { draftRelease } from '../../src/release/draft.ts';
import { parseRelease } from '../../src/release/keys.ts';
import type { Storage } from '../../src/storage/storage.ts';
import { silent } from '../fixtures/silent.ts';
import { useTemporary } from '../fixtures/temporary.ts';
import { unattended } from '../fixtures/unattended.ts';
import { type S3Server, s3Environment, s3Url, startMinio } from '../support/servers/s3.ts';
import { describeWith } from '../support/tools.ts';
import { albatros, checkedTags, publish, readFiles, writeTree } from './support.ts';

describeWith(['minio'], 'a bucket of MinIO, which lists nothing below a key that is an object', () => {
  const temporary = useTemporary();
  let server: S3Server;
  let storage: Storage;

  beforeAll(async () => {
    server = await startMinio();
    await server.createBucket('releases');
    for (const [name, value] of Object.entries(s3Environment(server))) vi.stubEnv(name, value);
    storage = await parseFilesTarget(s3Url(server, 'releases')).openStorage(
      { directory: temporary.path },
      unattended,
    );
  });
  afterAll(async () => {
    vi.unstubAllEnvs();
    await storage?.close();
    await server?.stop();
  });

  it('is sent nothing again, and keeps all tags', async () => {
    const files = await readFiles(await writeTree(path.join(temporary.path, 'df'), albatros));
    const fatesOf = async (tag: string): Promise<string[]> => {
      const draft = await draftRelease(storage, parseRelease('albatros', tag), files, silent);
      return draft.steps.map(({ fate }) => fate);
    };
    await publish(storage, '0.9', files);
    expect(await fatesOf('0.9')).toEqual(['skipped', 'skipped', 'skipped', 'skipped']);
    expect(await fatesOf('0.10')).toEqual(['copied', 'copied', 'copied', 'copied']);
    await publish(storage, '0.10', files);
    expect(await checkedTags(storage)).toEqual(['0.10', '0.9']);
    await storage.delete('df-dist-v1/albatros/0.9/linux/arm/albatros');
    expect(await fatesOf('0.9')).toEqual(['skipped', 'skipped', 'copied', 'skipped']);
  });
});
