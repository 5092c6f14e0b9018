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
