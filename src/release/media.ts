import mime from 'mime';
import { encodeKey } from '../storage/encode-key.ts';

/** The type of a file by its name; what has no known ending is bytes. */
export function contentTypeOf(key: string): string {
  return mime.getType(key) ?? 'application/octet-stream';
}

/** RFC 6266, `attachment`: a browser saves the file under its own name instead of showing it. */
export function attachmentOf(name: string): string {
  if (/^[\w.-]+$/.test(name)) return `attachment; filename="${name}"`;
  return `attachment; filename*=UTF-8''${encodeKey(name)}`;
}
