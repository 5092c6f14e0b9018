import { mkdir, readFile, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { GetObjectCommand, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { digestOf } from '../../src/oci/digest.ts';
import { useTemporary } from '../fixtures/temporary.ts';
import { writeTree } from '../release/support.ts';
import { type Ended, runAlba } from '../support/alba.ts';
import { type S3Server, s3Client, s3Environment, s3Url, startMinio, startS3 } from '../support/servers/s3.ts';
import { describeWith } from '../support/tools.ts';

const temporary = useTemporary();
let made = 0;
const fresh = async (): Promise<string> => {
  made += 1;
  const folder = join(temporary.path, `${made}`);
  await mkdir(folder);
  return folder;
};

/** Of one size. */
const [old, wanted, evil] = ['#!old', '#!new', '#!bad'];
const root = 'df-dist-v1/tool';

/** A place that has others who write in it. */
interface Place {
  readonly url: string;
  readonly env: Record<string, string>;
  read(key: string): Promise<string>;
  /** Writes as somebody who may write there does. */
  write(key: string, content: string): Promise<void>;
  /** Has a file look older than the document that names it. */
  backdate(key: string, before: string): Promise<void>;
}

async function push(place: Place, tag: string, content: string): Promise<Ended> {
  const tree = await writeTree(await fresh(), { 'linux/amd64/tool': content });
  const ended = await runAlba(['static', 'push', '-t', `tool:${tag}`, tree, place.url], { env: place.env });
  expect(ended.code, ended.stderr).toBe(0);
  return ended;
}

async function directory(): Promise<Place> {
  const folder = await fresh();
  const at = async (key: string): Promise<string> => {
    const self = join(folder, key, '_self.json');
    return readFile(self).then(
      () => self,
      () => join(folder, key),
    );
  };
  return {
    url: `file://${folder}`,
    env: {},
    read: async (key) => readFile(await at(key), 'utf8'),
    write: async (key, content) => writeFile(await at(key), content),
    backdate: async (key) => utimes(await at(key), 0, 0),
  };
}

/** What somebody does who may write in the target, and what has to come of the next push. */
function holdsAgainstOtherWriters(open: () => Promise<Place>): void {
  let place: Place;
  beforeEach(async () => {
    place = await open();
  });

  it('is never given the bytes of an older release on the word of its document', async () => {
    await push(place, '1.0', old);
    await place.write(`${root}/1.0/linux/amd64/tool`, evil);
    const document = await place.read(`${root}/1.0`);
    const lie = document.replace(digestOf(Buffer.from(old)), digestOf(Buffer.from(wanted)));
    expect(lie).not.toBe(document);
    await place.write(`${root}/1.0`, lie);
    await push(place, '1.1', wanted);
    expect(await place.read(`${root}/1.1/linux/amd64/tool`)).toBe(wanted);
  });

  it('gets a file back that somebody replaced in a release, though the size and all documents are the same', async () => {
    await push(place, '1.0', wanted);
    await place.write(`${root}/1.0/linux/amd64/tool`, evil);
    await place.backdate(`${root}/1.0/linux/amd64/tool`, `${root}/1.0`);
    await push(place, '1.0', wanted);
    expect(await place.read(`${root}/1.0/linux/amd64/tool`)).toBe(wanted);
  });
}

describe('a directory in which others may write', () => holdsAgainstOtherWriters(directory));

for (const [tool, start] of [
  ['minio', startMinio],
  ['versitygw', startS3],
] as const) {
  describeWith([tool], `a bucket of ${tool} in which others may write`, () => {
    let server: S3Server;
    let client: S3Client;
    beforeAll(async () => {
      server = await start();
      client = s3Client(server);
    });
    afterAll(async () => {
      client?.destroy();
      await server?.stop();
    });

    holdsAgainstOtherWriters(async () => {
      made += 1;
      const Bucket = `bucket-${made}`;
      await server.createBucket(Bucket);
      const keyOf = (key: string): string =>
        tool === 'versitygw' && !/linux|SUMS/.test(key) ? `${key}/_self.json` : key;
      const read = async (key: string): Promise<string> => {
        const { Body } = await client.send(new GetObjectCommand({ Bucket, Key: keyOf(key) }));
        return (await Body?.transformToString()) ?? '';
      };
      const write = async (key: string, content: string): Promise<void> => {
        await client.send(new PutObjectCommand({ Bucket, Key: keyOf(key), Body: content }));
      };
      return {
        url: s3Url(server, Bucket),
        env: s3Environment(server),
        read,
        write,
        // Of objects only the younger can be made younger.
        backdate: async (_, before) => write(before, await read(before)),
      };
    });
  });
}
