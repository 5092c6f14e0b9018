import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { openBytes } from '../../src/content/content.ts';
import { counted } from '../../src/content/count.ts';
import { gathered } from '../../src/content/gathered.ts';
import { openVerified } from '../../src/content/verify.ts';
import type { Digest } from '../../src/oci/digest.ts';

const kib = 1024;

/** Chunks of these sizes in one buffer, which each overwrites. */
async function* chunksOf(sizes: readonly number[]): AsyncGenerator<Uint8Array> {
  const buffer = Buffer.alloc(Math.max(0, ...sizes));
  for (const [index, size] of sizes.entries()) yield buffer.subarray(0, size).fill(index + 1);
}

async function read(source: AsyncIterable<Uint8Array>): Promise<{ bytes: Buffer; sizes: number[] }> {
  const chunks: Buffer[] = [];
  for await (const chunk of source) chunks.push(Buffer.from(chunk));
  return { bytes: Buffer.concat(chunks), sizes: chunks.map(({ length }) => length) };
}

it.each([
  [[], []],
  [[1, 2, 3], [6]],
  [
    [300 * kib, 200 * kib, 20 * kib],
    [500 * kib, 20 * kib],
  ],
  [
    [10, 600 * kib, 10],
    [10, 600 * kib, 10],
  ],
  [[512 * kib], [512 * kib]],
  [
    [256 * kib, 256 * kib, 1],
    [512 * kib, 1],
  ],
])('chunks of %j bytes come as %j, and hold the same', async (sizes, expected) => {
  const { bytes, sizes: found } = await read(gathered(chunksOf(sizes)));
  expect(found).toEqual(expected);
  expect(bytes.equals((await read(chunksOf(sizes))).bytes)).toBe(true);
});

it('bytes that are verified are not verified again for the same digest and size, and are for others', () => {
  const bytes = Buffer.from('layer');
  const digest: Digest = `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
  const expected = { digest, size: bytes.length };
  const open = openVerified(openBytes(bytes), expected, 'it');
  const watched = counted(open, () => {});
  expect(openVerified(watched, { ...expected }, 'again')).toBe(watched);
  expect(openVerified(watched, { digest, size: 4 }, 'another size')).not.toBe(watched);
  expect(openVerified(watched, { ...expected, digest: `sha256:${'0'.repeat(64)}` }, 'other')).not.toBe(
    watched,
  );
  expect(openVerified(openBytes(bytes), expected, 'by nobody')).not.toBe(open);
});
