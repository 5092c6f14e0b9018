import { type ReadTarOptions, readTar, type TarEntry } from '../../../src/content/tar/read-tar.ts';

/** Bytes in chunks of one size, the last one apart. */
export async function* chunked(bytes: Buffer, size: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

/** All entries of a tar called `x.tar`, with their content. */
export async function readAll(
  bytes: Buffer,
  { size = 64 * 1024, ...options }: ReadTarOptions & { readonly size?: number } = {},
): Promise<(Omit<TarEntry, 'body'> & { readonly content: Buffer })[]> {
  const entries = [];
  for await (const { body, ...entry } of readTar(chunked(bytes, size), 'x.tar', options)) {
    const content: Buffer[] = [];
    for await (const chunk of body) content.push(chunk);
    entries.push({ ...entry, content: Buffer.concat(content) });
  }
  return entries;
}
