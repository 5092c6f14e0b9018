import type { ServerResponse } from 'node:http';
import { randomNumbers } from '../../../__tests__/compression/samples.ts';
import { unattended } from '../../../__tests__/fixtures/unattended.ts';
import { toS3Location } from '../../../src/place/s3-url.ts';
import { splitStorageUrl } from '../../../src/place/storage-url.ts';
import { putBytes, readBytes } from '../../../src/storage/bytes.ts';
import { S3Storage } from '../../../src/storage/s3.ts';
import type { Random } from '../damage.ts';
import { damageText } from '../damage-text.ts';
import { anyOf } from '../structured.ts';
import { addCounts, type Counts, type FuzzTarget } from '../target.ts';
import { type Client, tryServer } from '../try-server.ts';

/** Buckets in a round. */
const buckets = 5;
/** Four asks each, and every answer is another. */
const perRound = 4 * buckets;

const bodies: readonly string[] = [
  '<?xml version="1.0"?><Error><Code>NoSuchKey</Code><Message>not there</Message><Region>eu</Region></Error>',
  '<Error><Code>__proto__</Code><Message>x</Message><constructor>y</constructor></Error>',
  "<Error><Code>AuthorizationHeaderMalformed</Code><Message>expecting 'eu-west-1'</Message></Error>",
  '<ListBucketResult><IsTruncated>false</IsTruncated><KeyCount>1</KeyCount><Contents><Key>a/b</Key><Size>3</Size><LastModified>2026-01-01T00:00:00.000Z</LastModified></Contents></ListBucketResult>',
  '<ListBucketResult><IsTruncated>true</IsTruncated><NextContinuationToken>x</NextContinuationToken><Contents><Key>../../x</Key><Size>-1</Size></Contents></ListBucketResult>',
  '<ListBucketResult><Contents><Key>a/b</Key></Contents><Contents></Contents></ListBucketResult>',
  '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><Error><Code>&b;</Code></Error>',
  '<html><body>It works!</body></html>',
  '{"message":"no"}',
];
const statuses = [200, 200, 200, 204, 206, 301, 307, 400, 403, 404, 404, 409, 412, 429, 500, 501, 503];

/** What the server of a bucket answers: lists, errors, anything. All that comes out are AlbaErrors, in the end. */
export const target: FuzzTarget = {
  about: 'answers of a bucket are read or refused, lists and errors in XML, and asking ends',
  perRound,
  round: async (seed) => {
    const random = randomNumbers(seed);
    const all: Counts[] = [];
    for (let i = 0; i < buckets; i++) all.push(await tryBucket(random));
    return addCounts(...all);
  },
};

function tryBucket(random: Random): Promise<Counts> {
  const answer = (response: ServerResponse): void => {
    const headers = {
      ...(random(3) === 0 && { etag: '"x"', 'last-modified': 'nonsense' }),
      ...(random(5) === 0 && { location: 'http://169.254.169.254/' }),
      'content-type': random(3) ? 'application/xml' : 'application/json',
    };
    response.writeHead(anyOf(statuses, random), headers);
    const body = anyOf(bodies, random);
    response.end(random(3) > 0 ? damageText(body, random) : body);
  };
  return tryServer(answer, ({ url }) => clientOf(url));
}

function clientOf(endpoint: string): Client {
  const url = `s3://b?endpoint=${endpoint}&region=any&s3ForcePathStyle=true&anonymous=true`;
  const retries = { count: 2, firstDelay: 1, longestDelay: 2 };
  const storage = new S3Storage(toS3Location(splitStorageUrl(url)), { directory: '.' }, unattended, retries);
  const asks: readonly (() => Promise<unknown>)[] = [
    () => storage.head('a/b'),
    () => readBytes(storage, 'a/b', 1024 * 1024),
    () => putBytes(storage, 'a/b', Buffer.from('x'), { contentType: 'text/plain', cacheControl: 'no-cache' }),
    async () => {
      for await (const { key, size } of storage.list('a/')) {
        if (typeof key !== 'string' || typeof size !== 'number')
          throw new Error('an object has no key or size');
      }
    },
  ];
  return { asks, close: () => storage.close() };
}
