import { basename } from 'node:path';
import mime from 'mime';
import { selfName } from '../storage/key-path.ts';

/** Whether a key holds a document whose media type is in it (distribution-spec: manifests and referrers). */
export function isDocumentKey(key: string): boolean {
  return /^v2\/.+\/(manifests|referrers)\/[^/]+$/.test(key);
}

/** The media type of a file, from its key and its name on disk: manifests, which tell it themselves, apart. */
export function servedContentType(key: string, file: string): string {
  if (/^v2\/.+\/blobs\/[^/]+$/.test(key)) return 'application/octet-stream';
  const isJson = /^v2\/.+\/tags\/list$/.test(key) || basename(file) === selfName;
  if (isJson) return 'application/json';
  if (basename(file) === 'SHA256SUMS') return 'text/plain; charset=utf-8';
  const type = mime.getType(file) ?? 'application/octet-stream';
  return type.startsWith('text/') ? `${type}; charset=utf-8` : type;
}
