import { type FileHandle, open } from 'node:fs/promises';
import { isZero } from '../../content/tar/header.ts';

/** Writes a file, in place of one that is there. Chunks that are all zeros become holes: a sparse file takes as much disk as is stored of it. */
export async function writeFile(location: string, content: AsyncIterable<Buffer>): Promise<void> {
  await using file = await open(location, 'w');
  let size = 0;
  for await (const chunk of content) {
    if (!isZero(chunk)) await writeAt(file, chunk, size);
    size += chunk.length;
  }
  await file.truncate(size);
}

async function writeAt(file: FileHandle, bytes: Buffer, position: number): Promise<void> {
  for (let done = 0; done < bytes.length; ) {
    const { bytesWritten } = await file.write(bytes, done, bytes.length - done, position + done);
    done += bytesWritten;
  }
}
