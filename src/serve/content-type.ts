import { basename } from 'node:path';
import mime from 'mime';
import { kindOfKey } from '../repository/static/keys.ts';
import { selfName } from '../storage/key-path.ts';

/** Whether a key holds a document whose media type is in it (distribution-spec: manifests and referrers). */
export function isDocumentKey(key: string): boolean {
  const kind = kindOfKey(key);
  return kind === 'manifest' || kind === 'referrers';
}

/** The media type of a file, from its key and its name on disk: manifests, which tell it themselves, apart. */
export function servedContentType(key: string, file: string): string {
  const kind = kindOfKey(key);
  if (kind === 'blob') return 'application/octet-stream';
  if (kind === 'tag list' || basename(file) === selfName) return 'application/json';
  if (basename(file) === 'SHA256SUMS') return 'text/plain; charset=utf-8';
  const type = mime.getType(file) ?? 'application/octet-stream';
  return type.startsWith('text/') ? `${type}; charset=utf-8` : type;
}
