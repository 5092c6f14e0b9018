import { createHash } from 'node:crypto';
import type { Knowledge } from '../../cache/knowledge.ts';
import { type CompressionSettings, compress } from '../../compression/compress.ts';
import { expectBytes } from '../../concurrency/threads/in-thread.ts';
import type { Threads } from '../../concurrency/threads/threads.ts';
import type { Layer, Open } from '../../content/content.ts';
import type { Spool } from '../../content/spool.ts';
import type { Compression } from '../../oci/media-type.ts';
import { mediaTypes } from '../../oci/media-type.ts';

/** Compresses layers while they are read for their digests. */
export interface CompressAhead {
  /** Told of more bytes that layers will be made of, while others are still looked for. */
  expect(bytes: number): void;
  /** Reads a layer to its end; what it comes to waits on disk. */
  make(open: Open, spool: Spool, signal: AbortSignal): Promise<Layer>;
}

interface AheadOptions extends CompressionSettings {
  readonly knowledge: Knowledge;
  /** How many pieces of a layer are compressed at once. */
  readonly parallelism: number;
  /** They compress; undefined: this thread does. */
  readonly threads: Threads | undefined;
}

/**
 * Where no earlier run is known to have made a layer, most likely nobody has it: then what is read need not be read again to be
 * compressed. Undefined where that would most likely be for nothing.
 */
export function compressAhead({
  knowledge,
  compression,
  ...settings
}: AheadOptions): CompressAhead | undefined {
  if (knowledge.knowsLayers || compression === 'none') return undefined;
  let total = 0;
  return {
    expect(bytes) {
      total += bytes;
      expectBytes(settings.threads, total);
    },
    make: (open, spool, signal) => makeLayer(open, { ...settings, compression, spool, signal }),
  };
}

interface MakeOptions extends Omit<AheadOptions, 'knowledge'> {
  readonly compression: Exclude<Compression, 'none'>;
  readonly spool: Spool;
  readonly signal: AbortSignal;
}

async function makeLayer(
  open: Open,
  { compression, spool, signal, ...settings }: MakeOptions,
): Promise<Layer> {
  const hash = createHash('sha256');
  let total = 0;
  const watched = async function* (): AsyncGenerator<Uint8Array, void, void> {
    for await (const chunk of open()) {
      hash.update(chunk);
      total += chunk.length;
      yield chunk;
    }
  };
  const {
    digest,
    size,
    open: reopen,
  } = await spool.write(compress(watched(), compression, settings), signal);
  const descriptor = { mediaType: mediaTypes.oci.layer[compression], digest, size };
  return { diffId: `sha256:${hash.digest('hex')}`, size: total, open, ready: { descriptor, open: reopen } };
}
