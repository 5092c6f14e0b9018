import { inOrder } from '../../concurrency/in-order.ts';
import type { Extent } from '../../content/content.ts';
import { changedFailure } from '../../content/file-chunks.ts';
import { type Block, type BlockShape, buffersFor, cutExtent, type Packed, splitBlocks } from './blocks.ts';
import { Crc32 } from './crc32.ts';

/** What can be cut into blocks: a stream, or bytes of a file that who works on a block reads himself. */
export type Packable = AsyncIterable<Uint8Array> | Extent;

/** How something is compressed block by block. */
export interface PackOptions {
  /** How many blocks are in work besides the one that is waited for. */
  readonly concurrency: number;
  /** Told of each block before it is worked on. */
  readonly onBlock?: (block: Block) => void;
}

/**
 * Cuts bytes into blocks and gives what each comes to, in chunks as {@link Open} does; in the end, the checksum
 * and the size of it all. An extent that is not what it was is an error before that, and so is one of which a block
 * was compressed with other bytes before it than its predecessor was.
 */
export async function* packBlocks(
  source: Packable,
  shape: BlockShape,
  work: (block: Block) => Promise<Packed>,
  { concurrency, onBlock }: PackOptions,
): AsyncGenerator<Uint8Array<ArrayBuffer>, Crc32, void> {
  using buffers = buffersFor(shape);
  const isExtent = 'path' in source;
  const blocks = isExtent ? cutExtent(source, shape, buffers) : splitBlocks(source, shape, buffers);
  const checksum = new Crc32();
  const begin = (block: Block): Promise<Packed> => {
    onBlock?.(block);
    return work(block);
  };
  let end = 0;
  let isSame = true;
  for await (const { buffer, size, length, checksums } of inOrder(blocks, concurrency, begin)) {
    checksum.append(checksums.block, length);
    isSame &&= checksums.before === end;
    end = checksums.end;
    yield new Uint8Array(buffer, 0, size);
    buffers.giveBack(buffer);
  }
  if (isExtent && !(isSame && checksum.value === source.crc32)) {
    throw changedFailure(source.path, `${source.size} bytes from ${source.offset} on are others`);
  }
  return checksum;
}
