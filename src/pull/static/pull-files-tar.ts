import { join } from 'node:path';
import { tarNames } from '../../image/rootfs/name-rules.ts';
import { treeTar } from '../../image/rootfs/tree-tar.ts';
import { writeStream } from '../write-stream.ts';
import type { ChosenFiles } from './choose-files.ts';
import type { FilesRelease } from './files-release.ts';
import { inTemporary } from './in-temporary.ts';
import { type FilesPlanOptions, fetchPlanned, planFiles } from './plan-files.ts';
import type { PulledPlatform } from './pull-files.ts';
import { StandingFiles } from './standing-files.ts';

/** A tar to be written to a stream. */
export interface FilesTar extends FilesPlanOptions {
  readonly output: NodeJS.WritableStream;
  /** Where files lie until the tar is written. */
  readonly temporaryDirectory: string;
}

/** Writes the files of one platform as a tar to a stream, when all of them are here and proved. */
export async function pullFilesTar(
  { origin }: FilesRelease,
  chosen: ChosenFiles,
  request: FilesTar,
): Promise<PulledPlatform> {
  const { temporaryDirectory, progress, abort, output } = request;
  return inTemporary(temporaryDirectory, progress, async (folder) => {
    const [planned] = await planFiles([chosen], folder, tarNames, origin, request);
    if (!planned) throw new Error('nothing is planned');
    const nothing = await StandingFiles.at(join(folder, 'none'));
    const plan = await fetchPlanned(planned, nothing, tarNames, origin, request);
    abort.signal.throwIfAborted();
    await writeStream(treeTar(plan, planned.opened.layers), output);
    return { platform: chosen.platform, folder: '', files: plan.files, size: plan.size };
  });
}
