import { createHash, type Hash } from 'node:crypto';
import { decompressDetected } from '../../compression/decompress-detected.ts';
import { TarWalk, type WalkedEntry } from '../../content/tar/tar-walk.ts';
import { openVerified } from '../../content/verify.ts';
import type { SeenLayer } from '../content.ts';

/** An entry of a layer, with what its content comes to. */
export type HashedEntry = Pick<
  WalkedEntry,
  'name' | 'type' | 'linkname' | 'mode' | 'uid' | 'gid' | 'size'
> & {
  /** SHA-256 in base64, of the content of a file; of a sparse one, of what is stored of it and where that belongs. */
  readonly hash?: string;
};

/** Reads a layer to its end, verified; `take` is given each entry, and may throw to end it. `origin` begins the sentences of errors. */
export async function readLayerEntries(
  { descriptor, open }: Pick<SeenLayer, 'descriptor' | 'open'>,
  origin: string,
  take: (entry: HashedEntry) => void,
  advance: (bytes: number) => void,
): Promise<void> {
  let current: WalkedEntry | undefined;
  let hash: Hash | undefined;
  const walk = new TarWalk(
    {
      begin(entry, sparse) {
        current = entry;
        hash = entry.type === 'file' ? createHash('sha256') : undefined;
        if (sparse) hash?.update(JSON.stringify(sparse));
      },
      content: (bytes) => void hash?.update(bytes),
      end() {
        if (current) take(hashed(current, hash?.digest('base64')));
      },
    },
    origin,
  );
  const stored = async function* () {
    for await (const chunk of openVerified(open, descriptor, origin)()) {
      advance(chunk.length);
      yield chunk;
    }
  };
  for await (const chunk of decompressDetected(stored(), origin)) walk.take(chunk);
  walk.finish();
}

function hashed({ name, type, linkname, mode, uid, gid, size }: WalkedEntry, hash?: string): HashedEntry {
  return {
    ...{ name, type, mode, uid, gid, size },
    ...(linkname !== undefined && { linkname }),
    ...(hash !== undefined && { hash }),
  };
}
