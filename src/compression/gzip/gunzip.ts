import { AlbaError } from '../../errors.ts';
import { instantiateInflate } from './inflate-module.ts';
import { Inflater } from './inflater.ts';

/**
 * What a gzip file inflates to, in this thread, which waits for nothing but its source: less work than zlib's streams are, and for a
 * thread that has nothing else to do. Each chunk is good until the next one is asked for. As zlib does, it takes zeros behind a
 * member for the end, and refuses anything else that is no member.
 */
export async function* gunzip(
  source: AsyncIterable<Uint8Array>,
  origin: string,
): AsyncGenerator<Buffer, void, void> {
  const fault = (what: string, at: number): AlbaError =>
    new AlbaError(
      'source',
      `${origin} is damaged: gzip says "${what}, at byte ${at}"; build or copy it again`,
    );
  const inflater = new Inflater(await instantiateInflate(), fault, true);
  for await (const chunk of source) for (const { bytes } of inflater.push(chunk)) yield bytes;
  for (const { bytes } of inflater.finish()) yield bytes;
}
