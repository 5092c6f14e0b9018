import { open } from 'node:fs/promises';

/** In bytes: each read takes turns with another thread, so let there be few. */
const fleetingSize = 512 * 1024;
const buffers = 4;

/**
 * The bytes of a file, all if no range is named, in a few buffers that are used by turns: what is not yet collected
 * of large buffers adds up. A chunk is good until three more were asked for.
 */
export async function* readFleeting(
  path: string,
  { offset = 0, size = Number.POSITIVE_INFINITY } = {},
): AsyncGenerator<Buffer> {
  await using file = await open(path);
  const turns: Buffer[] = [];
  const end = offset + size;
  for (let at = offset; at < end; ) {
    const buffer =
      (turns.length === buffers && turns.shift()) || Buffer.allocUnsafeSlow(Math.min(fleetingSize, size));
    const { bytesRead } = await file.read(buffer, 0, Math.min(end - at, buffer.length), at);
    if (bytesRead === 0) return;
    at += bytesRead;
    turns.push(buffer);
    yield buffer.subarray(0, bytesRead);
  }
}
