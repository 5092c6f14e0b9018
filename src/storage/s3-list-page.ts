import type { _Object, ListObjectsV2CommandOutput } from '@aws-sdk/client-s3';

/** An object as a list or an answer to HEAD tells of it. */
export type ObjectHead = Pick<_Object, 'Size' | 'LastModified' | 'ETag'>;

/** What is read of one page of a list. */
export type ListPage = Pick<ListObjectsV2CommandOutput, 'Contents' | 'IsTruncated' | 'NextContinuationToken'>;

const named: Readonly<Record<string, string>> = { lt: '<', gt: '>', quot: '"', apos: "'", amp: '&' };

/**
 * Reads a page of a list as S3 writes it (ListObjectsV2), for a tenth of the work of a reader of any XML. Undefined where it is
 * written in a way that only such a one understands.
 */
export function readListPage(xml: string): ListPage | undefined {
  if (!/<ListBucketResult[ >]/.test(xml) || !/<\/ListBucketResult>\s*$/.test(xml)) return undefined;
  if (/<!\[CDATA\[|<!--|<(?:Contents|IsTruncated|NextContinuationToken)[^>]/.test(xml)) return undefined;
  const truncated = textIn(xml, 'IsTruncated');
  if (truncated !== 'true' && truncated !== 'false') return undefined;
  const Contents: _Object[] = [];
  for (let at = xml.indexOf('<Contents>'); at >= 0; at = xml.indexOf('<Contents>', at)) {
    const end = xml.indexOf('</Contents>', at);
    const object = xml.slice(at, end);
    const [Key, size, modified] = ['Key', 'Size', 'LastModified'].map((name) => textIn(object, name));
    const [Size, LastModified] = [Number(size), new Date(modified ?? '')];
    if (end < 0 || Key === undefined || !/^\d+$/.test(size ?? '') || Number.isNaN(LastModified.getTime())) {
      return undefined;
    }
    const ETag = textIn(object, 'ETag');
    Contents.push({
      Key: detached(Key),
      Size,
      LastModified,
      ...(ETag !== undefined && { ETag: detached(ETag) }),
    });
    at = end;
  }
  const NextContinuationToken = textIn(xml, 'NextContinuationToken');
  return {
    Contents,
    IsTruncated: truncated === 'true',
    ...(NextContinuationToken && { NextContinuationToken }),
  };
}

/** A copy: a piece of a text keeps all of it in memory, here a page of a thousand objects. */
function detached(text: string): string {
  return Buffer.from(text).toString();
}

function textIn(xml: string, name: string): string | undefined {
  const begin = xml.indexOf(`<${name}>`);
  if (begin < 0) return undefined;
  const end = xml.indexOf('<', begin + 1);
  if (!xml.startsWith(`</${name}>`, end)) return undefined;
  const text = xml.slice(begin + name.length + 2, end);
  return text.includes('&') ? text.replace(/&(?:#x([0-9a-fA-F]+)|#(\d+)|(\w+));/g, decode) : text;
}

function decode(all: string, hex?: string, decimal?: string, name?: string): string {
  if (name !== undefined) return named[name] ?? all;
  const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
  return code <= 0x10ffff ? String.fromCodePoint(code) : all;
}
