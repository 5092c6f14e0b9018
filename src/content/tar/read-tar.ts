import { pipeline } from 'node:stream/promises';
import { type Extract, extract } from 'tar-stream';
import { AlbaError } from '../../errors.ts';
import { expandSparse } from './expand-sparse.ts';
import { type FramedEntry, TarFraming } from './framing.ts';
import { ReaderGate } from './reader-gate.ts';
import type { SparseMap } from './sparse-map.ts';
import { queued, TarInput } from './tar-input.ts';

/** An entry of a tar, with its content. */
export interface TarEntry {
  /** As the archive writes it, PAX and GNU long names applied. */
  readonly name: string;
  readonly type: 'file' | 'link' | 'symlink' | 'directory' | 'other';
  /** Where a hard link (from the archive's root) or a symbolic link (from its folder) leads. */
  readonly linkname?: string;
  /** The permission bits. */
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  /** In bytes, of the content. */
  readonly size: number;
  /** Of the first byte that is stored of the content, from the beginning of the archive. */
  readonly offset: number;
  /** Of a file whose holes are not stored: where what is stored belongs. */
  readonly sparse?: SparseMap;
  /** The content, holes as zeros; to be read before the next entry is asked for, what is left of it is skipped. */
  readonly body: AsyncIterable<Buffer>;
}

/** What there is to know of a tar that its bytes do not tell. */
export interface ReadTarOptions {
  /** Whether something else proves that its end is there, a digest or its compression: then the end-of-archive marker may be missing. */
  readonly isProvenWhole?: boolean;
  /** Whether another tar behind its end is left alone, as runtimes do that unpack layers; else it is an error. */
  readonly isBehindIgnored?: boolean;
}

/**
 * Reads a tar (POSIX.1-2017 pax, "ustar Interchange Format", and what GNU tar adds to it) from its first byte to its last, as
 * Go's archive/tar does, which docker and skopeo read with: two blocks of zeros end it, or one at the end of the input, and
 * what is behind is nothing of it. Headers that are damaged, an end inside an entry, a missing end-of-archive marker, and
 * sparse files whose map is wrong or that have more than 64 GiB of holes are errors that begin with `origin`; an error of the
 * input itself is thrown as it is.
 */
export async function* readTar(
  input: AsyncIterable<Buffer>,
  origin: string,
  { isProvenWhole = false, isBehindIgnored = false }: ReadTarOptions = {},
): AsyncGenerator<TarEntry> {
  const extractor = extract(reading);
  const framing = new TarFraming(origin);
  const gate = new ReaderGate();
  const watched = new TarInput(input, framing, gate, isProvenWhole);
  const fed = pipeline(watched, extractor).catch(() => undefined);
  const fail = (cause: unknown): never => {
    throw watched.error ?? cause;
  };
  try {
    for await (const stream of extractor) {
      const chunks = (stream as AsyncIterable<Buffer>)[Symbol.asyncIterator]();
      let size = 0;
      const next = async (): Promise<IteratorResult<Buffer>> => {
        gate.open();
        const result = await chunks.next().catch(fail);
        if (result.done) return result;
        gate.shut();
        size += result.value.length;
        return result;
      };
      gate.shut();
      yield toEntry(stream, framing.entries.shift(), next, origin);
      while (!(await next()).done);
      gate.open();
      if (size !== storedSize(stream)) {
        throw new Error(
          `${origin}: ${size} of ${storedSize(stream)} bytes of ${stream.header.name} were read`,
        );
      }
    }
  } catch (cause) {
    fail(cause);
  } finally {
    gate.open();
    extractor.destroy();
    await fed;
  }
  const { another } = watched.behind;
  if (another === undefined || isBehindIgnored) return;
  throw new AlbaError(
    'source',
    `${origin} holds another tar behind its end, at byte ${another}: of tars that were joined, docker load and skopeo read the first alone; give each a file of its own`,
  );
}

/** What tar-stream calls unknown is the format before ustar; its types do not know the option. */
const reading = { highWaterMark: queued, allowUnknownFormat: true };

type Source = Extract extends AsyncIterable<infer S> ? S : never;

const types: Readonly<Record<string, TarEntry['type']>> = {
  file: 'file',
  'contiguous-file': 'file',
  link: 'link',
  symlink: 'symlink',
  directory: 'directory',
};

/** In bytes: folders have none, whatever their header says. */
function storedSize({ header: { type, size } }: Pick<Source, 'header'>): number {
  return type === 'directory' ? 0 : size;
}

/** The iterator has no `return`: leaving a loop over the body early must not destroy the archive. */
function toEntry(
  { header, offset: handedAt }: Source,
  framed: FramedEntry | undefined,
  next: AsyncIterator<Buffer>['next'],
  origin: string,
): TarEntry {
  const stored = storedSize({ header });
  if (framed?.handedAt !== handedAt || framed.stored !== stored) {
    throw new AlbaError(
      'source',
      `${origin} is damaged: the header of ${header.name} can be read in two ways`,
    );
  }
  const { name = header.name, linkname = header.linkname, offset, sparse } = framed;
  // Before ustar there was no type for folders; tar-stream means to see to that, and does not.
  const isFolder = header.type === 'file' && name.endsWith('/') && stored === 0 && !sparse;
  const type = isFolder ? 'directory' : (types[header.type] ?? 'other');
  const body = { [Symbol.asyncIterator]: () => ({ next }) };
  return {
    name,
    type,
    mode: header.mode,
    uid: framed.uid ?? header.uid ?? 0,
    gid: framed.gid ?? header.gid ?? 0,
    size: sparse?.size ?? stored,
    offset,
    body: sparse ? expandSparse(body, sparse) : body,
    ...(linkname && { linkname }),
    ...(sparse && { sparse }),
  };
}
