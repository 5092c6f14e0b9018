import { closeSync, openSync, readSync } from 'node:fs';
import { type FileReadResult, open } from 'node:fs/promises';

/** In bytes: each read takes turns with another thread, so let there be few. */
const fleetingSize = 512 * 1024;
const buffers = 4;

/**
 * The bytes of a file, all if no range is named, in a few buffers that are used by turns: what is not yet collected
 * of large buffers adds up. A chunk is good until three more were asked for; the next is read meanwhile.
 */
export async function* readFleeting(
  path: string,
  { offset = 0, size = Number.POSITIVE_INFINITY } = {},
): AsyncGenerator<Buffer> {
  await using file = await open(path);
  const end = offset + size;
  const turns: Buffer[] = [];
  const read = (at: number): Promise<FileReadResult<Buffer>> => {
    const buffer =
      (turns.length === buffers && turns.shift()) || Buffer.allocUnsafeSlow(Math.min(fleetingSize, size));
    turns.push(buffer);
    const reading = file.read(buffer, 0, Math.min(end - at, buffer.length), at);
    // Awaited in its turn, or not at all when nobody asks for more.
    reading.catch(() => undefined);
    return reading;
  };
  let reading = read(offset);
  for (let at = offset; at < end; ) {
    const { bytesRead, buffer } = await reading;
    if (bytesRead === 0) return;
    at += bytesRead;
    if (at < end) reading = read(at);
    yield buffer.subarray(0, bytesRead);
  }
}

/** The bytes of a file in the same way, for a thread that has nothing else to do: all of it waits for each read. */
export async function* readWaiting(path: string): AsyncGenerator<Buffer> {
  const turns = Array.from({ length: buffers }, () => Buffer.allocUnsafeSlow(fleetingSize));
  const file = openSync(path, 'r');
  try {
    for (let turn = 0; ; turn = (turn + 1) % buffers) {
      const buffer = turns[turn] as Buffer;
      const read = readSync(file, buffer, 0, buffer.length, null);
      if (read === 0) return;
      yield buffer.subarray(0, read);
    }
  } finally {
    closeSync(file);
  }
}
