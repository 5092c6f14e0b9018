import { isUtf8 } from 'node:buffer';

/** A name up to its first NUL. */
export function decodeField(bytes: Buffer): string {
  const end = bytes.indexOf(0);
  return decodeName(end < 0 ? bytes : bytes.subarray(0, end));
}

/**
 * A name by UTF-8. A byte that is none of that becomes a lone surrogate, from U+DC80 on, so that no two names become one, and
 * {@link encodeName} gives the bytes back.
 */
export function decodeName(name: Buffer): string {
  if (isUtf8(name)) return name.toString('utf8');
  let text = '';
  for (let at = 0; at < name.length; ) {
    const size = [1, 2, 3, 4].find(
      (size) => at + size <= name.length && isUtf8(name.subarray(at, at + size)),
    );
    text += size ? name.toString('utf8', at, at + size) : String.fromCharCode(0xdc00 + (name[at] ?? 0));
    at += size ?? 1;
  }
  return text;
}

const escaped = /[\udc80-\udcff]/u;

/** A name, or a path of them, as the file system takes it: bytes where {@link decodeName} met some that are no UTF-8. */
export function encodeName(name: string): string | Buffer {
  if (!escaped.test(name)) return name;
  const pieces = [...name].map((sign) =>
    escaped.test(sign) ? Buffer.of(sign.charCodeAt(0) - 0xdc00) : Buffer.from(sign),
  );
  return Buffer.concat(pieces);
}
