import { expect, it, vi } from 'vitest';
import { parseFilesTarget } from '../../src/place/target.ts';
import { putBytes } from '../../src/storage/bytes.ts';
import { deleteKeys } from '../../src/storage/delete-keys.ts';
import { unattended } from '../fixtures/unattended.ts';
import { startGarage } from '../support/servers/garage.ts';
import { type S3Access, s3Environment, s3Url, startMinio, startS3 } from '../support/servers/s3.ts';
import { describeWith } from '../support/tools.ts';
import { listing } from './contract.ts';

const servers = [
  ['versitygw', startS3],
  ['minio', startMinio],
] as const;

async function deleteMany(access: S3Access): Promise<void> {
  for (const [name, value] of Object.entries(s3Environment(access))) vi.stubEnv(name, value);
  const storage = await parseFilesTarget(s3Url(access, 'bucket', 'below')).openStorage(
    { directory: '.' },
    unattended,
  );
  const keys = Array.from({ length: 30 }, (_, at) => `a folder/${at} & <ü>`);
  for (const key of keys) await putBytes(storage, key, Buffer.from(key), {});
  await putBytes(storage, 'other', Buffer.from('stays'), {});
  expect(await storage.deleteMany?.(keys.slice(0, 20))).toBe(true);
  await deleteKeys(storage, keys.slice(10));
  expect((await listing(storage)).map(([key]) => key)).toEqual(['other']);
  await storage.close();
  vi.unstubAllEnvs();
}

for (const [tool, start] of servers) {
  describeWith([tool], `many keys of ${tool}`, () => {
    it('are deleted with one request, those that are gone already, too', async () => {
      await using server = await start();
      await server.createBucket('bucket');
      await deleteMany(server);
    }, 60_000);
  });
}

describeWith(['garage'], 'many keys of Garage', () => {
  it('are deleted with one request, those that are gone already, too', async () => {
    await using garage = await startGarage('bucket');
    await deleteMany(garage);
  }, 60_000);
});
