import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { readListPage } from '../../src/storage/s3-list-page.ts';

const object =
  '<Contents><Key>a&amp;b</Key><LastModified>2026-11-28T00:00:00Z</LastModified><Size>3</Size></Contents>';
const page = (inner: string): string =>
  `<?xml version="1.0"?><ListBucketResult xmlns="x">${inner}</ListBucketResult>`;
const whole = page(`<IsTruncated>false</IsTruncated>${object}`);

describe('a page of a list', () => {
  it('is read as S3 writes it', () => {
    const found = readListPage(whole);
    expect(found).toMatchObject({ IsTruncated: false, Contents: [{ Key: 'a&b', Size: 3 }] });
    const token = '<NextContinuationToken>t</NextContinuationToken>';
    expect(readListPage(page(`<IsTruncated>true</IsTruncated>${token}`))).toEqual({
      ...{ Contents: [], IsTruncated: true, NextContinuationToken: 't' },
    });
  });

  it.each([
    ['is cut after an object', whole.slice(0, whole.indexOf('</ListBucketResult>'))],
    ['is cut within one', whole.slice(0, whole.indexOf('<Size>'))],
    ['does not say whether there is more', page(object)],
    ['says so in another way', page(`<IsTruncated>True</IsTruncated>${object}`)],
    [
      'has attributes',
      page(`<IsTruncated>false</IsTruncated>${object.replace('<Contents>', '<Contents a="b">')}`),
    ],
  ])('is left to a reader of any XML where it %s, as it would pass for all', (_, xml) => {
    expect(readListPage(xml)).toBe(undefined);
  });
});

it('keeps nothing of a page in memory but what it tells', () => {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  const page = (at: number) =>
    `<ListBucketResult><IsTruncated>false</IsTruncated><Contents><Key>v2/app/manifests/${at}.0</Key><Size>1</Size>` +
    `<LastModified>2026-01-01T00:00:00Z</LastModified><ETag>&quot;0123456789abcdef&quot;</ETag></Contents>` +
    `<Owner>${`${at}`.repeat(2_000_000)}</Owner></ListBucketResult>`;
  collect();
  const before = process.memoryUsage().heapUsed;
  const told = Array.from({ length: 16 }, (_, at) => readListPage(page(at))?.Contents?.[0]);
  collect();
  expect(process.memoryUsage().heapUsed - before).toBeLessThan(8_000_000);
  expect(told.map((object) => object?.Key)).toContain('v2/app/manifests/15.0');
});
