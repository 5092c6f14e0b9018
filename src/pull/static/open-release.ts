import type { RetryContext } from '../../concurrency/retry.ts';
import { AlbaError } from '../../errors.ts';
import type { Connection } from '../../place/connection.ts';
import type { Address } from '../../place/scheme.ts';
import { openArtifactRelease } from './artifact.ts';
import { openDistribution } from './distribution.ts';
import type { FilesRelease } from './files-release.ts';
import { findOnlyName } from './only-name.ts';
import type { WantedRelease } from './wanted-release.ts';

/** A release of files where an address leads: plain files in a storage, else an artifact in a repository. */
export async function openFilesRelease(
  { place, storage }: Pick<Address, 'place' | 'storage'>,
  wanted: WantedRelease,
  connection: Connection,
  context: RetryContext,
): Promise<FilesRelease> {
  if (place) {
    const repository = await place.openRepository(connection, context, 'pull');
    return orClose(() => openArtifactRelease(repository, wanted), repository);
  }
  if (!storage) throw new AlbaError('usage', 'the source is neither a storage nor a repository');
  const opened = await storage.openStorage(connection, context);
  return orClose(async () => {
    const name = wanted.name ?? (await findOnlyName(opened));
    return openDistribution(opened, { ...wanted, name }, context.progress);
  }, opened);
}

async function orClose<T>(work: () => Promise<T>, opened: { close(): Promise<void> }): Promise<T> {
  try {
    return await work();
  } catch (failure) {
    await opened.close();
    throw failure;
  }
}
