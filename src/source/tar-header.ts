import { parseHeader, tarBlockSize } from '../content/tar/header.ts';

/**
 * Whether a block of 512 bytes is the header of an entry of a tar (POSIX.1-2017 pax, "ustar Interchange Format"): by
 * its magic, or by its checksum, since the tar of Unix version 7 had no magic.
 */
export function isTarHeader(block: Uint8Array): boolean {
  const bytes = Buffer.from(block.buffer, block.byteOffset, block.byteLength);
  if (bytes.subarray(257, 262).toString('latin1') === 'ustar') return true;
  return bytes.length === tarBlockSize && parseHeader(bytes) !== undefined;
}
