import { setImmediate } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { Buffers } from '../../../src/content/buffers.ts';
import { readTar } from '../../../src/content/tar/read-tar.ts';
import { digestOf } from '../../../src/oci/digest.ts';
import { noise } from '../../fixtures/image.ts';
import { tar } from '../../fixtures/tar.ts';

/** Bytes in chunks of buffers that are used again, as files are read. */
async function* chunksOf(bytes: Buffer, size: number): AsyncGenerator<Buffer> {
  using buffers = new Buffers(size);
  for (let at = 0; at < bytes.length; at += size) {
    const buffer = Buffer.from(buffers.take());
    const length = bytes.copy(buffer, 0, at);
    yield buffer.subarray(0, length);
    buffers.giveBack(buffer.buffer);
  }
}

/** Long enough for whoever reads ahead to do so. */
async function pause(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await setImmediate();
}

const files = [3, 700, 40_000, 5, 150_000, 12_000, 600_000].map((size, at) => ({
  name: `file-${at}`,
  content: noise(`slow ${at}`, size),
}));

describe('a tar whose reader takes its time', () => {
  it.each([512, 1000, 4096, 12_000, 15_000, 16_384, 65_536, 524_288])(
    'is read as it is from chunks of %d bytes that are used again, with much behind its end',
    async (size) => {
      const bytes = Buffer.concat([tar(files), Buffer.alloc(8 * 1024 * 1024)]);
      const found: [string, string, number][] = [];
      for await (const { name, body, size: told } of readTar(chunksOf(bytes, size), 'it')) {
        await pause();
        const kept: Buffer[] = [];
        for await (const chunk of body) {
          await pause();
          kept.push(Buffer.from(chunk));
        }
        found.push([name, digestOf(Buffer.concat(kept)), told]);
      }
      expect(found).toEqual(files.map(({ name, content }) => [name, digestOf(content), content.length]));
    },
    120_000,
  );

  it('ends when its reader leaves in the middle of a file', async () => {
    let ended = false;
    const source = (async function* () {
      try {
        yield* chunksOf(tar(files), 4096);
      } finally {
        ended = true;
      }
    })();
    for await (const { body } of readTar(source, 'it')) {
      for await (const _ of body) break;
      break;
    }
    expect(ended).toBe(true);
  });
});
