import { pipeline } from 'node:stream/promises';
import { type Extract, extract } from 'tar-stream';
import { AlbaError, messageOf } from '../errors.ts';

/** An entry of a tar, with the bytes that follow its header. */
export interface TarEntry {
  /** As the archive writes it, PAX and GNU long names applied. */
  readonly name: string;
  readonly type: 'file' | 'link' | 'symlink' | 'directory' | 'other';
  /** Where a hard link (from the archive's root) or a symbolic link (from its folder) leads. */
  readonly linkname?: string;
  /** The permission bits. */
  readonly mode: number;
  /** In bytes, of the content. */
  readonly size: number;
  /** Of the content's first byte, from the beginning of the archive. */
  readonly offset: number;
  /** The content; to be read before the next entry is asked for, what is left of it is skipped. */
  readonly body: AsyncIterable<Buffer>;
}

const block = 512;

/** The tar of Unix version 7 had no magic; its headers have a checksum, as all others. */
const anyFormat: Parameters<typeof extract>[0] & { readonly allowUnknownFormat: boolean } = {
  allowUnknownFormat: true,
};

/**
 * Reads a tar (POSIX.1-2017 pax, "ustar Interchange Format") from its first byte to its last.
 * A bad checksum, an end inside an entry and a missing end-of-archive marker are errors that
 * begin with `origin`; an error of the input itself is thrown as it is.
 */
export async function* readTar(input: AsyncIterable<Buffer>, origin: string): AsyncGenerator<TarEntry> {
  const extractor = extract(anyFormat);
  const watch = new Watch(input);
  const fed = pipeline(watch, extractor).catch(() => undefined);
  let end = 0;
  const fail = (cause: unknown): never => {
    throw watch.inputError ?? toError(cause, origin, end, watch.size);
  };
  try {
    for await (const stream of extractor) {
      const chunks = (stream as AsyncIterable<Buffer>)[Symbol.asyncIterator]();
      const next = () => chunks.next().catch(fail);
      const entry = toEntry(stream, next);
      end = entry.offset + roundUp(entry.size);
      yield entry;
      while (!(await next()).done);
    }
  } catch (cause) {
    fail(cause);
  } finally {
    extractor.destroy();
    await fed;
  }
  if (watch.size - Math.max(end, roundUp(watch.content)) < 2 * block) {
    throw new AlbaError(
      'source',
      `${origin} is truncated: it ends at byte ${watch.size} without an end-of-archive marker`,
    );
  }
}

/** What passed of the input: its size, how much of that came before the last zeros, its error. */
class Watch implements AsyncIterable<Buffer> {
  size = 0;
  content = 0;
  inputError: unknown;
  readonly #input: AsyncIterable<Buffer>;

  constructor(input: AsyncIterable<Buffer>) {
    this.#input = input;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Buffer> {
    try {
      for await (const chunk of this.#input) {
        let length = chunk.length;
        while (length > 0 && chunk[length - 1] === 0) length--;
        if (length > 0) this.content = this.size + length;
        this.size += chunk.length;
        yield chunk;
      }
    } catch (error) {
      this.inputError = error;
      throw error;
    }
  }
}

type Source = Extract extends AsyncIterable<infer S> ? S : never;

const types: Readonly<Record<string, TarEntry['type']>> = {
  file: 'file',
  'contiguous-file': 'file',
  link: 'link',
  symlink: 'symlink',
  directory: 'directory',
};

/** The iterator has no `return`: leaving a loop over the body early must not destroy the archive. */
function toEntry({ header, offset }: Source, next: AsyncIterator<Buffer>['next']): TarEntry {
  return {
    name: header.name,
    type: types[header.type] ?? 'other',
    mode: header.mode,
    size: header.type === 'directory' ? 0 : header.size,
    offset: offset + block,
    body: { [Symbol.asyncIterator]: () => ({ next }) },
    ...(header.linkname && { linkname: header.linkname }),
  };
}

function toError(cause: unknown, origin: string, end: number, size: number): unknown {
  if (cause instanceof AlbaError) return cause;
  const message = messageOf(cause);
  if (message.startsWith('Unexpected end') && size >= block) {
    return new AlbaError('source', `${origin} is truncated: it ends at byte ${size}, inside an entry`, {
      cause,
    });
  }
  if (/invalid|header|unexpected/i.test(message)) {
    const what = end === 0 ? 'is not a tar' : `is damaged: no valid tar header at byte ${end}`;
    return new AlbaError('source', `${origin} ${what}`, { cause });
  }
  return cause;
}

function roundUp(size: number): number {
  return Math.ceil(size / block) * block;
}
