import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { parseFilesTarget } from '../../src/place/target.ts';
import { FolderObjects } from '../../src/storage/folder-objects.ts';
import { MemoryStorage } from '../fixtures/storages.ts';
import { unattended } from '../fixtures/unattended.ts';
import { type S3Server, s3Environment, s3Url, startS3 } from '../support/servers/s3.ts';
import { describeWith } from '../support/tools.ts';
import { keepsTheContract, read, uploadOf } from './contract.ts';

describe('the bucket in memory of these tests', () => {
  keepsTheContract(async () => new MemoryStorage(), { numRuns: 100, overlapping: true });
});

describe('a storage that keeps objects in the folders of their keys', () => {
  keepsTheContract(async () => new FolderObjects(new MemoryStorage(), () => true), {
    numRuns: 100,
    overlapping: true,
  });

  it('keeps all others under their own keys, and takes no name for one of its own', async () => {
    const inner = new MemoryStorage();
    const storage = new FolderObjects(inner, (key) => key === 'app');
    await storage.put('app', uploadOf('document'), {});
    await storage.put('app/file', uploadOf('file'), {});
    expect(await read(inner, 'app/_self.json')).toBe('document');
    expect(await read(inner, 'app/file')).toBe('file');
    expect(storage.keyProblem('app/_self.json')).toMatch(/"_self.json" is alba's own/);
    expect(storage.keyProblem('app/file')).toBeUndefined();
  });
});

describeWith(['versitygw'], 'a bucket that cannot hold a key which is also a folder', () => {
  let server: S3Server;
  let buckets = 0;
  beforeAll(async () => {
    server = await startS3();
    for (const [name, value] of Object.entries(s3Environment(server))) vi.stubEnv(name, value);
  });
  afterAll(async () => {
    vi.unstubAllEnvs();
    await server?.stop();
  });

  keepsTheContract(
    async () => {
      buckets += 1;
      await server.createBucket(`bucket-${buckets}`);
      const target = parseFilesTarget(s3Url(server, `bucket-${buckets}`));
      return new FolderObjects(await target.openStorage({ directory: '.' }, unattended), () => true);
    },
    { numRuns: 5, overlapping: true },
  );
});
