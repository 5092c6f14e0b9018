import { AlbaError } from '../../errors.ts';
import { instantiateInflate } from './inflate-module.ts';
import { type BlockStart, type InflatedChunk, Inflater, type Piece } from './inflater.ts';

/**
 * Inflates a gzip file (RFC 1952) of any number of members and tells where its DEFLATE blocks lie.
 * `origin` names the file in errors. Like gzip(1) it takes what follows the last member for padding.
 */
export async function* inflate(
  source: AsyncIterable<Uint8Array>,
  origin: string,
  start?: BlockStart,
): AsyncGenerator<InflatedChunk, void, void> {
  const fault = (what: string, at: number): AlbaError =>
    new AlbaError(
      'source',
      `${origin}: ${what}, at byte ${at}; the file is damaged or was not written to its end: build it again`,
    );
  const inflater = new Inflater(await instantiateInflate(), fault, false);
  if (start) inflater.resume(start);
  for await (const chunk of source) for (const piece of inflater.push(chunk)) yield kept(piece);
  for (const piece of inflater.finish()) yield kept(piece);
}

function kept(piece: Piece): InflatedChunk {
  const bytes = Buffer.allocUnsafeSlow(piece.bytes.length);
  piece.bytes.copy(bytes);
  return { ...piece, bytes };
}
