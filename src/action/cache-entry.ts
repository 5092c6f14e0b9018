import { relative, sep } from 'node:path';
import { HttpClient } from '@actions/http-client';
import { getCacheEntry } from '../../node_modules/@actions/cache/lib/internal/cacheHttpClient.js';
import {
  getCacheVersion,
  getCompressionMethod,
} from '../../node_modules/@actions/cache/lib/internal/cacheUtils.js';
import { getCacheServiceVersion } from '../../node_modules/@actions/cache/lib/internal/config.js';
import { internalCacheTwirpClient } from '../../node_modules/@actions/cache/lib/internal/shared/cacheTwirpClient.js';
import { maxKnowledgeSize } from '../cache/knowledge.ts';
import { decompress } from '../compression/decompress.ts';
import { detectCompression } from '../compression/detect.ts';
import { readTar } from '../content/tar/read-tar.ts';
import { AlbaError } from '../errors.ts';

/** In bytes: of an entry, packed or not. The file that it holds has at most {@link maxKnowledgeSize}. */
const maxEntrySize = maxKnowledgeSize + 64 * 1024;

/**
 * The bytes of the file that was saved to the Actions cache from `path`: of the newest entry whose key is one of
 * these or begins with it, undefined where there is none. Nothing of an entry reaches the disk. `@actions/cache`
 * would unpack it with `tar -P`, to wherever it says, and who may write an entry is not only who releases.
 * Throws where the service fails, and where an entry is anything else than that one regular file.
 */
export async function readCacheEntry(path: string, keys: readonly string[]): Promise<Uint8Array | undefined> {
  const url = await findEntry(path, keys);
  if (url === undefined) return undefined;
  const packed = await download(url);
  return readOnly(packed, relative(process.env.GITHUB_WORKSPACE || process.cwd(), path).replaceAll(sep, '/'));
}

/** Where the entry can be had; as the restore of `@actions/cache` 6.3 asks for it. */
async function findEntry(path: string, keys: readonly string[]): Promise<string | undefined> {
  const compressionMethod = await getCompressionMethod();
  const [key = '', ...restoreKeys] = keys;
  if (getCacheServiceVersion() !== 'v2') {
    const options = { compressionMethod, enableCrossOsArchive: true };
    return (await getCacheEntry([...keys], [path], options))?.archiveLocation;
  }
  const version = getCacheVersion([path], compressionMethod, true);
  const answer = await internalCacheTwirpClient().GetCacheEntryDownloadURL({ key, restoreKeys, version });
  return answer.ok ? answer.signedDownloadUrl : undefined;
}

async function download(url: string): Promise<Buffer> {
  const { message } = await new HttpClient('alba', [], { allowRetries: true, maxRetries: 2 }).get(url);
  if (message.statusCode !== 200) throw refused(`its download answered ${message.statusCode}`);
  const chunks: Buffer[] = [];
  for await (const chunk of bounded(message)) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** The content of the only file of this name in a packed tar. */
async function readOnly(packed: Buffer, name: string): Promise<Buffer> {
  const source = (async function* () {
    yield packed;
  })();
  let content: Buffer | undefined;
  const bytes = bounded(decompress(source, detectCompression(packed), 'the cache entry'));
  for await (const entry of readTar(bytes, 'the cache entry')) {
    if (entry.type !== 'file' || entry.name !== name || content) {
      throw refused(`it holds ${JSON.stringify(entry.name)}, expected the file ${name} alone`);
    }
    // The holes of a sparse file are not in what was downloaded.
    const chunks: Buffer[] = [];
    for await (const chunk of bounded(entry.body)) chunks.push(Buffer.from(chunk));
    content = Buffer.concat(chunks);
  }
  if (content) return content;
  throw refused(`it is empty, expected the file ${name}`);
}

async function* bounded(source: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let size = 0;
  for await (const chunk of source) {
    size += chunk.length;
    if (size > maxEntrySize) throw refused(`it is larger than ${maxEntrySize} bytes`);
    yield chunk;
  }
}

function refused(why: string): AlbaError {
  return new AlbaError('source', `the cache entry is not one of alba's: ${why}`);
}
