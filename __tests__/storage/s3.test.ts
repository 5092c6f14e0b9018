import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { HeadObjectCommand, ListMultipartUploadsCommand } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { digestOf } from '../../src/oci/digest.ts';
import { parseFilesTarget } from '../../src/place/target.ts';
import { openStatic } from '../../src/repository/static/static.ts';
import { partSizeOf } from '../../src/storage/s3-multipart.ts';
import type { Storage, Upload } from '../../src/storage/storage.ts';
import { unattended } from '../fixtures/unattended.ts';
import { makeRelease, publish } from '../repository/release.ts';
import { type Garage, startGarage } from '../support/servers/garage.ts';
import {
  type S3Access,
  type S3Server,
  s3Client,
  s3Environment,
  s3Url,
  startMinio,
  startS3,
} from '../support/servers/s3.ts';
import { describeWith } from '../support/tools.ts';
import { exchanges, keepsTheContract, knownUpload, listing, read, uploadOf } from './contract.ts';

function openAt(url: string): Promise<Storage> {
  return parseFilesTarget(url).openStorage({ directory: '.' }, unattended);
}

/** Sets what AWS's credential chain reads. */
function signIn(access: S3Access): void {
  for (const [name, value] of Object.entries(s3Environment(access))) vi.stubEnv(name, value);
}

/** Bytes that are made while they are read: three million numbers a 20 MB. */
function large(size: number, broken = false): Upload {
  const block = Buffer.alloc(1024 * 1024, 'alba');
  async function* blocks() {
    for (let left = size; left > 0; left -= block.length) {
      if (broken && left < size / 3) throw new Error('the disk fell out');
      yield block.subarray(0, Math.min(left, block.length));
    }
  }
  return { size, open: () => Readable.from(blocks(), { objectMode: false }) };
}

const MiB = 1024 * 1024;

describe('the size of a part', () => {
  it('makes equal parts, at most 10,000 of them', () => {
    expect(partSizeOf(65 * MiB)).toBe(8 * MiB);
    for (const size of [64 * MiB + 1, 80_000 * MiB, 80_000 * MiB + 1, 5_000_000 * MiB]) {
      expect(Math.ceil(size / partSizeOf(size))).toBeLessThanOrEqual(10_000);
      expect(partSizeOf(size) % MiB).toBe(0);
    }
  });
});

const servers = [
  { tool: 'versitygw', start: startS3, overlapping: false },
  { tool: 'minio', start: startMinio, overlapping: false },
  { tool: 'garage', start: () => startGarage('bucket'), overlapping: true },
];

for (const { tool, start, overlapping } of servers) {
  describeWith([tool], `a bucket of ${tool}`, () => {
    let server: S3Server | Garage;
    const at = (): Promise<Storage> => openAt(s3Url(server, 'bucket', `folder ${randomUUID()}`));
    beforeAll(async () => {
      server = await start();
      signIn(server);
      if (tool !== 'garage') await server.createBucket('bucket');
    });
    afterAll(async () => {
      vi.unstubAllEnvs();
      await server.stop();
    });

    keepsTheContract(at, { numRuns: 15, overlapping });
    exchanges(at, tool !== 'garage');

    it('keeps the headers', async () => {
      const storage = await openAt(s3Url(server, 'bucket'));
      const headers = {
        contentType: 'application/vnd.oci.image.index.v1+json',
        cacheControl: 'no-cache',
        contentDisposition: 'attachment',
      };
      await storage.put('headers', uploadOf('{}'), headers);
      await storage.copy(
        'headers',
        'copied',
        { ...headers, contentType: 'text/css' },
        knownUpload('{}').digest,
      );
      const client = s3Client(server);
      const ask = (Key: string) => client.send(new HeadObjectCommand({ Bucket: 'bucket', Key }));
      expect(await ask('headers')).toMatchObject({
        ContentType: headers.contentType,
        CacheControl: 'no-cache',
        ContentDisposition: 'attachment',
      });
      expect((await ask('headers')).ContentEncoding).toBeUndefined();
      expect((await ask('copied')).ContentType).toBe('text/css');
      client.destroy();
    });

    it('streams what is large, in parts when it is very large', async () => {
      const storage = await at();
      for (const size of [3 * MiB + 7, 70 * MiB + 7]) {
        await storage.put('large', large(size), {});
        expect((await storage.head('large'))?.size).toBe(size);
        const [first, last] = [Buffer.alloc(size, 'alba'), await storage.get('large')];
        const chunks: Buffer[] = [];
        for await (const chunk of last ?? []) chunks.push(chunk as Buffer);
        expect(digestOf(Buffer.concat(chunks))).toBe(digestOf(first));
      }
    });

    it('leaves nothing of a large object whose source fails', async () => {
      const storage = await at();
      for (const size of [20 * MiB, 70 * MiB]) {
        await expect(storage.put(`${size}`, large(size, true), {})).rejects.toThrow('the disk fell out');
      }
      expect(await storage.head(`${70 * MiB}`)).toBeUndefined();
      // versitygw keeps what came before the connection broke: its size is what gives it away.
      expect((await storage.head(`${20 * MiB}`))?.size).not.toBe(20 * MiB);
      const client = s3Client(server);
      const open = await client.send(new ListMultipartUploadsCommand({ Bucket: 'bucket' }));
      expect(open.Uploads ?? []).toEqual([]);
      client.destroy();
    });

    it.runIf(tool === 'minio')('lists more than a page', async () => {
      const storage = await at();
      const keys = Array.from({ length: 1005 }, (_, number) => `k${String(number).padStart(4, '0')}`);
      for (let begin = 0; begin < keys.length; begin += 40) {
        await Promise.all(keys.slice(begin, begin + 40).map((key) => storage.put(key, uploadOf('x'), {})));
      }
      expect((await listing(storage)).map(([key]) => key)).toEqual(keys);
    });

    it('keeps the tags of two publishers who meet', async () => {
      const url = s3Url(server, 'bucket', randomUUID());
      const release = makeRelease('one');
      for (let round = 0; round < 10; round += 1) {
        const tags = [`a${round}`, `b${round}`];
        await Promise.all(
          tags.map(async (tag) => publish(openStatic(await openAt(url), 'app'), release, [tag])),
        );
        const list = JSON.parse((await read(await openAt(url), 'v2/app/tags/list')) ?? '') as {
          tags: string[];
        };
        expect(list.tags).toEqual(expect.arrayContaining(tags));
        expect(list.tags).toHaveLength(2 * (round + 1));
      }
      expect(await (await openAt(url)).head('v2/')).toMatchObject({ size: 0 });
    });

    it('tells what is wrong, and no secret', async () => {
      const missing = await openAt(s3Url(server, 'missing-bucket'));
      await expect(missing.put('k', uploadOf('x'), {})).rejects.toThrow(
        /no bucket "missing-bucket".*create it/,
      );
      vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'wrong-secret-of-forty-characters-in-all!');
      const wrong = await openAt(s3Url(server, 'bucket'));
      const failure = await wrong.put('k', uploadOf('x'), {}).catch((thrown: unknown) => thrown);
      expect(failure).toMatchObject({ name: 'AlbaError', code: 'auth' });
      expect(String(failure)).not.toMatch(/wrong-secret|Signature=/);
      signIn(server);
    });
  });
}
