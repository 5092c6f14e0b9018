import { describe, expect, it } from 'vitest';
import { readListPage } from '../../src/storage/s3-list-page.ts';

const page = (content: string): string =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/">${content}</ListBucketResult>`;
const object = (key: string, size = '12'): string =>
  `<Contents><Key>${key}</Key><LastModified>2026-11-28T10:00:00.123Z</LastModified><ETag>&quot;abc&quot;</ETag><Size>${size}</Size><StorageClass>STANDARD</StorageClass></Contents>`;

describe('a page of a list of a bucket', () => {
  it('tells of each object, whatever letters its key has', () => {
    const xml = page(
      `<IsTruncated>true</IsTruncated>${object('a')}${object('&lt;b&gt; &amp;amp; &#xe9;&#128512;')}<NextContinuationToken>t&amp;1</NextContinuationToken>`,
    );
    const rest = { Size: 12, LastModified: new Date('2026-11-28T10:00:00.123Z'), ETag: '"abc"' };
    expect(readListPage(xml)).toEqual({
      Contents: [
        { Key: 'a', ...rest },
        { Key: '<b> &amp; é\u{1F600}', ...rest },
      ],
      IsTruncated: true,
      NextContinuationToken: 't&1',
    });
    expect(readListPage(page(''))).toEqual({ Contents: [], IsTruncated: false });
  });

  it.each([
    ['no list', '<html></html>'],
    ['a key in CDATA', page(object('<![CDATA[a]]>'))],
    ['a size that is no number', page(object('a', 'many'))],
    ['an object that is cut off', page(object('a').slice(0, 60))],
    ['an object without a key', page(object('a').replace(/<Key>.*<.Key>/, ''))],
  ])('is left to a reader of any XML where it has %s', (_, xml) => {
    expect(readListPage(xml)).toBeUndefined();
  });
});
