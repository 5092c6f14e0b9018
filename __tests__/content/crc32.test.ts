import { crc32 } from 'node:zlib';
import { expect, it } from 'vitest';
import { Crc32 } from '../../src/content/crc32.ts';
import { randomNumbers, sampleBytes } from '../deflate/samples.ts';

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

it('is that of more than 4 GiB', () => {
  const zeros = Buffer.alloc(64 * 1024 * 1024);
  const checksum = new Crc32();
  let expected = 0;
  for (let part = 0; part < 65; part++) {
    checksum.append(crc32(zeros), zeros.length);
    expected = crc32(zeros, expected);
  }
  checksum.append(crc32(Buffer.from('end')), 3);
  expect(checksum.value).toBe(crc32(Buffer.from('end'), expected));
  const whole = new Crc32();
  whole.append(expected, 65 * zeros.length);
  whole.append(crc32(Buffer.from('end')), 3);
  expect(whole.value).toBe(checksum.value);
});
