import { decodeName } from './tar-name.ts';

/** What an extended header says, by key. */
export type PaxRecords = ReadonlyMap<string, string>;

/** Under it stands the map of a sparse file, as GNU tar's pax format 0.1 writes it: offsets and sizes by turns. */
export const sparseMapKey = 'GNU.sparse.map';

/** Format 0.0 writes the map as these two, again and again in one header. */
const pair = ['GNU.sparse.offset', 'GNU.sparse.numbytes'] as const;

/**
 * Reads the records of an extended header (POSIX.1-2017 pax, "pax Extended Header"); of a key that is there twice the last
 * counts. A map of format 0.0 is put under {@link sparseMapKey}. Throws an Error that says what is wrong.
 */
export function parsePax(bytes: Buffer): PaxRecords {
  const records = new Map<string, string>();
  const map: string[] = [];
  for (let at = 0; at < bytes.length; ) {
    const { key, value, end } = readRecord(bytes, at);
    at = end;
    if (key === pair[0] || key === pair[1]) {
      if (key !== pair[map.length % 2]) throw new Error(`${key} out of its turn in an extended header`);
      map.push(value);
    } else {
      records.set(key, value);
    }
  }
  if (map.length > 0) records.set(sparseMapKey, map.join(','));
  return records;
}

/** A number in decimal digits. Throws an Error for anything else, and for more than can be counted with. */
export function parseDecimal(text: string): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && Number.isSafeInteger(value)) return value;
  throw new Error(`${JSON.stringify(text.slice(0, 20))} where a number of bytes should be`);
}

/** `<length> <key>=<value>\n`; the length, in bytes, is that of the whole record. */
function readRecord(bytes: Buffer, start: number): { key: string; value: string; end: number } {
  const space = bytes.indexOf(0x20, start);
  const length = space < 0 ? '' : bytes.toString('latin1', start, Math.min(space, start + 8));
  const end = start + Number.parseInt(length, 10);
  if (!/^\d+$/.test(length) || end <= space || end > bytes.length || bytes[end - 1] !== 0x0a) {
    throw new Error('a record of the wrong length in an extended header');
  }
  const text = decodeName(bytes.subarray(space + 1, end - 1));
  const equals = text.indexOf('=');
  if (equals <= 0) throw new Error('a record without a key in an extended header');
  return { key: text.slice(0, equals), value: text.slice(equals + 1), end };
}
