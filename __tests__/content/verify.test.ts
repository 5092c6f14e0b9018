import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import type { Blob } from '../../src/content/content.ts';
import { openVerified, readCapped, readDocument } from '../../src/content/verify.ts';
import { digestOf } from '../../src/oci/digest.ts';
import { maxManifestSize } from '../../src/oci/manifest.ts';
import { bytesOf } from '../fixtures/read.ts';

const bytes = Buffer.from('größe');
const expected = { digest: digestOf(bytes), size: bytes.length };

const pass = (content: Buffer): Promise<Buffer> =>
  bytesOf(
    openVerified(() => Readable.from([...content].map((byte) => Buffer.of(byte))), expected, 'x.tar (a)'),
  );

describe('openVerified', () => {
  it('passes on what is right', async () => {
    expect(await pass(bytes)).toEqual(bytes);
  });

  it('tells the digest of changed bytes, and the one that was expected', async () => {
    const changed = Buffer.from('grösse').subarray(0, bytes.length);
    await expect(pass(changed)).rejects.toThrow(
      `x.tar (a) is damaged: its digest is ${digestOf(changed)}, expected ${expected.digest}`,
    );
  });

  it('tells the size of what is too short or too long', async () => {
    await expect(pass(bytes.subarray(1))).rejects.toThrow('x.tar (a) is damaged: it has 6 bytes, expected 7');
    await expect(pass(Buffer.concat([bytes, bytes]))).rejects.toThrow('more than the 7 bytes expected');
  });
});

describe('readDocument', () => {
  const blob = (content: Buffer): Blob => ({
    descriptor: { mediaType: 'text/plain', ...expected },
    open: () => Readable.from([content]),
  });

  it('reads and verifies', async () => {
    expect(await readDocument(blob(bytes), 'x')).toEqual(bytes);
    await expect(readDocument(blob(Buffer.from('another')), 'x')).rejects.toMatchObject({ code: 'source' });
    await expect(readDocument(blob(Buffer.from('another')), 'x', 'target')).rejects.toMatchObject({
      code: 'target',
    });
  });

  it('does not begin with one that says it is too large', async () => {
    const descriptor = { mediaType: 'text/plain', digest: expected.digest, size: maxManifestSize + 1 };
    const open = () => Readable.from([]);
    await expect(readDocument({ descriptor, open }, 'x')).rejects.toThrow('larger than 4194304 bytes');
  });
});

describe('readCapped', () => {
  it('stops an endless source', async () => {
    async function* endless() {
      for (;;) yield Buffer.alloc(1 << 20);
    }
    await expect(readCapped(() => Readable.from(endless()), 'x')).rejects.toThrow(
      'larger than 4194304 bytes',
    );
  });
});
