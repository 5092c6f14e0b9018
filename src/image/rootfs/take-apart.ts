import { createHash } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { decompressDetected } from '../../compression/decompress-detected.ts';
import type { decompressHere } from '../../compression/decompress-here.ts';
import type { Measured, Open } from '../../content/content.ts';
import { makeInside } from '../../content/make-directory.ts';
import { TarWalk } from '../../content/tar/tar-walk.ts';
import { openVerified } from '../../content/verify.ts';
import { AlbaError } from '../../errors.ts';
import type { Digest } from '../../oci/digest.ts';
import { ContentWriter } from './content-writer.ts';
import { diskFailure } from './disk-failure.ts';
import type { PackedEntries } from './packed-entries.ts';
import { type SizeBudget, sizeBudget, spender } from './size-budget.ts';
import { type UnpackedLayer, unpackedLayer } from './unpacked-layer.ts';

/** A layer as it is stored, and what it has to come to. */
export interface StoredLayer {
  /** The bytes as they are stored: how they are compressed, they say themselves. */
  readonly open: Open;
  /** What the bytes as they are stored come to, where that is known. */
  readonly descriptor?: Measured;
  /** Of the tar that they inflate to. */
  readonly diffId: Digest;
  /** Begins the sentences of errors. */
  readonly origin: string;
}

/** How layers are taken apart. */
export interface TakeApartOptions {
  /** What the files of all layers may come to; unlimited unless told. */
  readonly budget?: SizeBudget;
  /** Whether small contents may lie together in one file; else each has one of its own. */
  readonly packs?: boolean;
  /** What undoes a compression, where that is to be another one than usual. */
  readonly undo?: typeof decompressHere;
}

/** A layer taken apart, with what is kept of its headers. */
export interface TakenLayer extends UnpackedLayer {
  readonly entries: PackedEntries;
}

/**
 * Takes a layer apart (image-spec 1.1, layer.md): headers are kept, the content of each file is written to a file of the folder
 * under its entry's number. The folder is made, and gone where that fails. A layer that is damaged, is not what its descriptor
 * and diffID say or is over its budget is a source error, what the disk refuses a target error.
 */
export async function takeApart(
  layer: StoredLayer,
  folder: string,
  options: TakeApartOptions = {},
): Promise<TakenLayer> {
  await makeInside(folder).catch((cause) => {
    throw diskFailure(`make ${folder}`, cause);
  });
  try {
    return await takeApartInto(layer, folder, options);
  } catch (failure) {
    await rm(folder, { recursive: true, force: true });
    throw failure;
  }
}

async function takeApartInto(
  { open, descriptor, diffId, origin }: StoredLayer,
  folder: string,
  { budget = sizeBudget(), packs = false, undo }: TakeApartOptions,
): Promise<TakenLayer> {
  const stored = descriptor ? openVerified(open, descriptor, origin) : open;
  using writer = new ContentWriter(folder, spender(budget, origin), packs);
  const walk = new TarWalk(writer, origin);
  const hash = createHash('sha256');
  for await (const chunk of decompressDetected(stored(), origin, undo)) {
    hash.update(chunk);
    walk.take(chunk);
  }
  const found: Digest = `sha256:${hash.digest('hex')}`;
  if (found !== diffId) {
    throw new AlbaError('source', `${origin} is damaged: its diffID is ${found}, expected ${diffId}`);
  }
  walk.finish();
  const { entries } = writer;
  return { ...unpackedLayer(diffId, entries, folder, writer.finish()), entries };
}
