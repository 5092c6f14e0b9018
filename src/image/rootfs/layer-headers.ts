import { brotliCompressSync, brotliDecompressSync, constants } from 'node:zlib';
import * as v from 'valibot';
import { parseJson } from '../../oci/manifest.ts';
import type { ImageEntry } from './image-node.ts';

const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const headersSchema = v.array(
  v.tuple([
    v.string(),
    v.picklist(['file', 'link', 'symlink', 'directory', 'other']),
    v.string(),
    count,
    count,
    count,
  ]),
);

/** More than what is remembered of any base comes to, and little enough to be held as entries; in bytes. */
const mostUnpacked = 8 * 1024 * 1024;

/**
 * Whether another layer may have to know of an entry: it is a folder, a link or a whiteout, a program, or one of the files of
 * /etc that a skeleton would write.
 */
export function isWorthKnowing({ name, type, mode }: ImageEntry): boolean {
  if (type !== 'file') return type !== 'other';
  return (
    (mode & 0o111) !== 0 ||
    /(^|\/)\.wh\./.test(name) ||
    /^(\.?\/)?etc\/([^/]+|ssl\/certs\/[^/]+\.crt)$/.test(name)
  );
}

/** Entries as a text of few letters. */
export function packHeaders(entries: readonly ImageEntry[]): string {
  const rows = entries.map(({ name, type, linkname = '', mode, uid, gid }) => [
    name,
    type,
    linkname,
    mode,
    uid,
    gid,
  ]);
  const params = { [constants.BROTLI_PARAM_QUALITY]: 5 };
  return brotliCompressSync(JSON.stringify(rows), { params }).toString('base64');
}

/** The entries in such a text; undefined where it is none. */
export function unpackHeaders(packed: string): ImageEntry[] | undefined {
  try {
    const bytes = brotliDecompressSync(Buffer.from(packed, 'base64'), { maxOutputLength: mostUnpacked });
    return parseJson(headersSchema, bytes, 'headers').map(([name, type, linkname, mode, uid, gid]) => ({
      name,
      type,
      ...(linkname && { linkname }),
      mode,
      uid,
      gid,
    }));
  } catch {
    return undefined;
  }
}
