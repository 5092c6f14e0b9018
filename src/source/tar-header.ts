/** Where a header has its checksum, in eight bytes of octal digits. */
const sumStart = 148;
const sumEnd = 156;

/**
 * Whether a block of 512 bytes is the header of an entry of a tar (POSIX.1-2017 pax, "ustar Interchange Format"): by
 * its magic, or by its checksum, since the tar of Unix version 7 had no magic.
 */
export function isTarHeader(block: Uint8Array): boolean {
  const bytes = Buffer.from(block.buffer, block.byteOffset, block.byteLength);
  if (bytes.subarray(257, 262).toString('latin1') === 'ustar') return true;
  const [, digits] = /^[ 0]*([0-7]+)[ \0]/.exec(bytes.subarray(sumStart, sumEnd).toString('latin1')) ?? [];
  return bytes.length === 512 && digits !== undefined && Number.parseInt(digits, 8) === checksumOf(bytes);
}

/** Of all bytes, those of the checksum itself taken for spaces. */
function checksumOf(bytes: Uint8Array): number {
  return bytes.reduce((sum, byte, at) => sum + (at >= sumStart && at < sumEnd ? 0x20 : byte), 0);
}
