import { describe, expect, it } from 'vitest';
import { readBeside } from '../../src/content/read-beside.ts';

/** Chunks in one buffer that is used again, as readers have to expect. */
async function* reusing(texts: readonly string[]) {
  const buffer = Buffer.alloc(8);
  for (const text of texts) yield buffer.subarray(0, buffer.write(text));
}

async function textOf(chunks: AsyncIterable<Uint8Array>): Promise<string> {
  let text = '';
  for await (const chunk of chunks) text += Buffer.from(chunk).toString();
  return text;
}

const texts = ['one', 'two', '', 'three'];

describe('bytes that are read by two', () => {
  it('come to both, though their buffer is used again', async () => {
    let other = '';
    const read = async (chunks: AsyncIterable<Uint8Array>) => {
      for await (const chunk of chunks) {
        await new Promise(setImmediate);
        other += Buffer.from(chunk).toString();
      }
    };
    expect(await textOf(readBeside(reusing(texts), read))).toBe('onetwothree');
    expect(other).toBe('onetwothree');
  });

  it('come to the end where the other reads no further', async () => {
    const read = async (chunks: AsyncIterable<Uint8Array>) => {
      for await (const _ of chunks) return;
    };
    expect(await textOf(readBeside(reusing(texts), read))).toBe('onetwothree');
    expect(await textOf(readBeside(reusing(texts), async () => {}))).toBe('onetwothree');
  });

  it.each([
    ['at once', 0],
    ['on the way', 2],
    ['at the end', 4],
  ])('end with the failure of the other, %s', async (_, after) => {
    const read = async (chunks: AsyncIterable<Uint8Array>) => {
      let seen = 0;
      if (after > 0) for await (const _ of chunks) if (++seen === after) break;
      throw new Error('it is not what it should be');
    };
    await expect(textOf(readBeside(reusing(texts), read))).rejects.toThrow('it is not what it should be');
  });

  it('end with the failure of their source, which the other hears of as an end', async () => {
    const broken = async function* () {
      yield* reusing(['one']);
      throw new Error('the line broke');
    };
    let other = '';
    let hasEnded = (): void => {};
    const ended = new Promise<void>((resolve) => {
      hasEnded = resolve;
    });
    const read = async (chunks: AsyncIterable<Uint8Array>) => {
      other = await textOf(chunks);
      hasEnded();
    };
    await expect(textOf(readBeside(broken(), read))).rejects.toThrow('the line broke');
    await ended;
    expect(other).toBe('one');
  });
});
