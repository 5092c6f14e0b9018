import type { Compression } from '../oci/media-type.ts';

/** How many of the first bytes {@link detectCompression} wants to see. */
export const magicSize = 6;

/** How bytes that begin like this are compressed (RFC 1952, RFC 8878); by content, never by a name. */
export function detectCompression(head: Uint8Array): Compression {
  const hex = Buffer.from(head.subarray(0, magicSize)).toString('hex');
  if (hex.startsWith('1f8b')) return 'gzip';
  if (hex.startsWith('28b52ffd') || /^5[0-9a-f]2a4d18/.test(hex)) return 'zstd';
  return 'none';
}
