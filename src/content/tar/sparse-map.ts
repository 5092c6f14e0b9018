/** Where the stored bytes of a sparse file belong. Plain data: it can be sent between threads. */
export interface SparseMap {
  /** In bytes, of the file with its holes. */
  readonly size: number;
  /** In bytes, of what is stored of it. */
  readonly stored: number;
  /** The offset in the file and the size of each stored piece, by turns, in their order. */
  readonly segments: Float64Array;
}

/**
 * A map of offsets and sizes by turns, which have to be in order, apart from each other, inside the file, and to add up to
 * what is stored, as Go and libarchive ask it, too. Throws an Error if they are not.
 */
export function toSparseMap(numbers: readonly number[], size: number, stored: number): SparseMap {
  if (numbers.length % 2 > 0) throw new Error('half a piece in the map of a sparse file');
  let end = 0;
  let sum = 0;
  for (let i = 0; i < numbers.length; i += 2) {
    const [offset = 0, length = 0] = [numbers[i], numbers[i + 1]];
    if (offset < end) throw new Error('a sparse file whose pieces are not in order');
    end = offset + length;
    sum += length;
    if (end > size) throw new Error(`a sparse file of ${size} bytes with a piece behind its end`);
  }
  if (sum !== stored)
    throw new Error(`a sparse file with ${stored} bytes stored, of which its map names ${sum}`);
  return { size, stored, segments: Float64Array.from(numbers) };
}
