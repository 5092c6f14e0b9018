import { readSplice } from '../compression/splice/splice.ts';
import type { Threads } from '../concurrency/threads/threads.ts';
import { type Open, openBytes } from '../content/content.ts';
import { fileChunks } from '../content/file-chunks.ts';
import { expandSparse } from '../content/tar/expand-sparse.ts';
import { AlbaError } from '../errors.ts';
import type { Digest } from '../oci/digest.ts';
import type { Compression } from '../oci/media-type.ts';
import type { Progress } from '../progress/progress.ts';
import { refuseJoined } from './joined.ts';
import { type Member, type Members, normalizeName } from './members.ts';
import { type MetLayer, toMetLayer } from './met-layer.ts';
import { InflatedRanges } from './ranges.ts';
import { scanArchive } from './scan.ts';
import { scanInThread } from './scan-task.ts';
import type { Scan, ScannedFile } from './scanned.ts';

/** Links in a row. */
const maxLinks = 16;

/** How artifacts are read. */
export interface ReadOptions {
  readonly progress: Progress;
  /** They read archives side by side; undefined: all in this one. */
  readonly threads?: Threads | undefined;
  /** Whether the digests of archives are wanted, too. */
  readonly fingerprint?: boolean;
  /** Told of each large layer of an archive that can be sent as it lies there, while the rest of it is read. */
  readonly onLayer?: (layer: MetLayer) => void;
}

/** An archive that was read to its end. */
export interface Archive extends Members {
  /** Of itself, if that was asked for. */
  readonly digest: Digest | undefined;
  /** Of all that is in it. */
  readonly names: readonly string[];
}

/** The members of an archive, which is read to its end for that, and with it verified; several that were joined are an error. */
export async function readArchive(
  path: string,
  compression: Compression,
  { progress, threads, fingerprint = false, onLayer }: ReadOptions,
): Promise<Archive> {
  const input = { path, compression, fingerprint };
  const watch = {
    advance: progress.advance,
    onLayer: (layer: ScannedFile) => onLayer?.(toMetLayer(path, layer)),
  };
  const scan = threads ? await scanInThread(threads, input, watch) : await scanArchive(input, watch);
  refuseJoined(scan, path);
  const ranges = compression === 'none' ? undefined : new InflatedRanges(path, compression, scan.end);
  const read = (offset: number, size: number) =>
    ranges?.read(offset, size) ?? fileChunks(path, { offset, size });
  const open = ({ offset, size, sparse }: ScannedFile): Open => {
    return sparse ? () => expandSparse(read(offset, sparse.stored), sparse) : () => read(offset, size);
  };
  const members = new Map<string, Member>();
  for (const [name, file] of scan.files) members.set(name, toMember(path, name, file, open(file)));
  return {
    origin: path,
    digest: scan.digest,
    names: [...scan.files.keys(), ...scan.links.keys()],
    find: async (name) => members.get(follow(scan, normalizeName(name), path)),
  };
}

function toMember(path: string, name: string, file: ScannedFile, open: Open): Member {
  const { size, offset, digest, compression, unsupported, document, spliced, crc32 } = file;
  return {
    origin: `${path} (${name})`,
    size,
    compression,
    ...(unsupported && { unsupported }),
    digest: async () => digest,
    open: document ? openBytes(document) : open,
    ...(crc32 !== undefined && { extent: { path, offset, size, crc32 } }),
    ...(spliced && {
      gzipped: {
        digest: spliced.digest,
        size: spliced.splice.size,
        open: () => readSplice(spliced.splice, path),
      },
    }),
  };
}

function follow({ links }: Scan, name: string, path: string): string {
  let at = name;
  for (let step = 0; step < maxLinks; step++) {
    const target = links.get(at);
    if (target === undefined) return at;
    at = target;
  }
  throw new AlbaError(
    'source',
    `${path} is no image archive: its link ${name} leads to other links, more than ${maxLinks} in a row; build it again`,
  );
}
