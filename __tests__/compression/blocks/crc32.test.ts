import { crc32 } from 'node:zlib';
import { expect, it } from 'vitest';
import { Crc32 } from '../../../src/compression/blocks/crc32.ts';
import { randomNumbers, sampleBytes } from '../samples.ts';

it('is that of all bytes, however they are cut', () => {
  const bytes = sampleBytes(1, 300_000);
  const random = randomNumbers(2);
  for (let round = 0; round < 50; round++) {
    const checksum = new Crc32();
    const longest = 1 + random(100_000);
    for (let at = 0; at < bytes.length; ) {
      const part = bytes.subarray(at, at + random(longest + 1));
      checksum.append(crc32(part), part.length);
      at += part.length;
    }
    expect(checksum).toMatchObject({ value: crc32(bytes), size: bytes.length });
  }
});
