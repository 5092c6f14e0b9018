import { crc32 } from 'node:zlib';

/**
 * The header of every member that we write (RFC 1952 section 2.3): no name, no time, no system (255), and
 * no word on how hard it was compressed, so that no platform shows.
 */
export const memberHeader: Uint8Array = Uint8Array.of(0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255);

/** Bytes of a member's trailer (RFC 1952 section 2.3.1). */
export const trailerSize = 8;

/** The trailer of a member: the CRC-32 and the length, modulo 2^32, of what it inflates to. */
export function memberTrailer(crc: number, length: number): Uint8Array {
  const trailer = Buffer.allocUnsafe(trailerSize);
  trailer.writeUInt32LE(crc, 0);
  trailer.writeUInt32LE(length % 2 ** 32, 4);
  return trailer;
}

const flag = { hcrc: 2, extra: 4, name: 8, comment: 16, reserved: 0xe0 };

/** A member's header: its length, undefined if there is more of it to come, or what is wrong with it. */
export type HeaderRead = { readonly length: number | undefined } | { readonly fault: string };

/** Reads the header of a member (RFC 1952 section 2.3) at the beginning of bytes. */
export function readMemberHeader(bytes: Uint8Array): HeaderRead {
  const [id1, id2, method, flags] = bytes;
  if ((id1 ?? 0x1f) !== 0x1f || (id2 ?? 0x8b) !== 0x8b) return { fault: 'no gzip header' };
  if ((method ?? 8) !== 8) return { fault: `compression method ${method} instead of 8, deflate` };
  if (flags === undefined || bytes.length < 10) return { length: undefined };
  if (flags & flag.reserved) return { fault: 'header flags that gzip does not know' };

  let end: number | undefined = 10;
  if (flags & flag.extra) end = endOfExtra(bytes, end);
  if (flags & flag.name) end = endOfText(bytes, end);
  if (flags & flag.comment) end = endOfText(bytes, end);
  if (end === undefined || !(flags & flag.hcrc)) return { length: end };

  const sum = readUint16(bytes, end);
  if (sum === undefined) return { length: undefined };
  if (sum !== (crc32(bytes.subarray(0, end)) & 0xffff)) return { fault: 'a header whose checksum is wrong' };
  return { length: end + 2 };
}

function readUint16(bytes: Uint8Array, at: number): number | undefined {
  const low = bytes[at];
  const high = bytes[at + 1];
  return low === undefined || high === undefined ? undefined : low | (high << 8);
}

function endOfExtra(bytes: Uint8Array, at: number): number | undefined {
  const size = readUint16(bytes, at);
  const end = at + 2 + (size ?? 0);
  return size === undefined || end > bytes.length ? undefined : end;
}

function endOfText(bytes: Uint8Array, at: number | undefined): number | undefined {
  const zero = at === undefined ? -1 : bytes.indexOf(0, at);
  return zero < 0 ? undefined : zero + 1;
}
