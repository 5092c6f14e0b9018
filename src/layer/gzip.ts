import { pipeline, Readable } from 'node:stream';
import { crc32, createDeflateRaw } from 'node:zlib';

/** RFC 1952, 2.3: deflate, no name, no time, system unknown: nothing in it differs between two machines. */
const header = Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255]);

/** One gzip member of all that comes. */
export async function* gzip(source: AsyncIterable<Uint8Array>, level: number): AsyncIterable<Uint8Array> {
  let checksum = 0;
  let size = 0;
  async function* measured(): AsyncIterable<Uint8Array> {
    for await (const chunk of source) {
      checksum = crc32(chunk, checksum);
      size += chunk.length;
      yield chunk;
    }
  }
  yield header;
  yield* pipeline(Readable.from(measured()), createDeflateRaw({ level, chunkSize: 128 * 1024 }), () => {});
  const trailer = Buffer.alloc(8);
  trailer.writeUInt32LE(checksum, 0);
  trailer.writeUInt32LE(size % 2 ** 32, 4);
  yield trailer;
}
