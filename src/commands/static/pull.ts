import { resolve } from 'node:path';
import { messageOf } from '../../errors.ts';
import { directoriesOf } from '../../place/writable.ts';
import { shownPath } from '../../progress/format.ts';
import type { Progress } from '../../progress/progress.ts';
import { usualSizeLimit } from '../../pull/size-limit.ts';
import { type ChosenFiles, chooseFiles } from '../../pull/static/choose-files.ts';
import type { FilesRelease } from '../../pull/static/files-release.ts';
import { openFilesRelease } from '../../pull/static/open-release.ts';
import type { FilesPlanOptions } from '../../pull/static/plan-files.ts';
import { type PulledFiles, pullFiles } from '../../pull/static/pull-files.ts';
import { pullFilesTar } from '../../pull/static/pull-files-tar.ts';
import { untilStopped } from '../until-stopped.ts';
import { usualConcurrency } from '../usual-concurrency.ts';
import type { StaticPullRequest } from './pull-request.ts';
import type { StaticPullResult } from './pull-result.ts';

/** How often a release is read again that was published anew while its files were fetched. */
const attempts = 3;

/** Fetches the files of a release into a folder, or a tar of them. Whatever fails, and whoever ends it, what was there stays. */
export async function staticPull(request: StaticPullRequest, progress: Progress): Promise<StaticPullResult> {
  return await untilStopped((ending) => pullUntil(ending, request, progress));
}

async function pullUntil(
  ending: AbortController,
  request: StaticPullRequest,
  progress: Progress,
): Promise<StaticPullResult> {
  const { source, wanted, connection, destination } = request;
  // Nothing is asked of anybody where its answer could go nowhere.
  const output = destination === '-' ? request.openStandardOutput() : undefined;
  for (let attempt = 1; ; attempt += 1) {
    const abort = new AbortController();
    const end = (): void => abort.abort(ending.signal.reason);
    ending.signal.addEventListener('abort', end);
    const context = { progress, signal: abort.signal };
    await using release = await openFilesRelease(source, wanted, connection, context);
    try {
      return await pullRelease(release, output, abort, request, progress);
    } catch (failure) {
      const isEnded = ending.signal.aborted || attempt === attempts;
      if (isEnded || !(await release.isReplaced())) throw failure;
      progress.line(`${release.origin} was published anew meanwhile: read again (${messageOf(failure)})`);
    } finally {
      ending.signal.removeEventListener('abort', end);
    }
  }
}

async function pullRelease(
  release: FilesRelease,
  output: NodeJS.WritableStream | undefined,
  abort: AbortController,
  request: StaticPullRequest,
  progress: Progress,
): Promise<StaticPullResult> {
  const { destination, directory, temporaryDirectory, replace, current, dryRun } = request;
  const chosen = chooseFiles(release, request.platforms, progress);
  const where = output ? temporaryDirectory : resolve(directory, destination);
  const options: FilesPlanOptions = {
    paths: request.path,
    concurrency: request.concurrency ?? usualConcurrency,
    maxSize: request.maxSize ?? (await usualSizeLimit(where)),
    // What is packed in an artifact is small.
    ...{ progress, abort, threads: undefined, bytes: { pulled: 0, skipped: 0, missing: 0 } },
  };
  const pulled: PulledFiles = output
    ? await pullTar(release, chosen, output, options, temporaryDirectory)
    : await pullFiles(release, chosen, {
        ...options,
        path: destination,
        destination: { replace, current, directory, needed: neededBy(request), progress },
        ...{ temporaryDirectory, dryRun },
      });
  const { pulled: pulledBytes, skipped: skippedBytes, missing: missingBytes } = options.bytes;
  const { origin, tag, digest } = release;
  return {
    source: origin,
    ...(tag !== undefined && { tag }),
    digest,
    path: output ? '-' : shownPath(pulled.path, directory) || '.',
    platforms: chosen.map(({ platform, folder }) => ({
      ...(platform !== undefined && { platform }),
      ...(folder !== '' && { folder }),
      ...sizesOf(pulled, folder),
    })),
    ...(pulled.files !== undefined && { files: pulled.files }),
    ...{ pulledBytes, skippedBytes, missingBytes },
    unchanged: pulled.unchanged,
    restored: [...pulled.restored],
    dryRun,
  };
}

/** What it reads on this machine, absolute. */
function neededBy({ source: { place, storage }, directory }: StaticPullRequest): string[] {
  return directoriesOf([place ?? storage ?? []].flat(), directory);
}

async function pullTar(
  release: FilesRelease,
  [first, ...others]: readonly ChosenFiles[],
  output: NodeJS.WritableStream,
  options: FilesPlanOptions,
  temporaryDirectory: string,
): Promise<PulledFiles> {
  if (!first || others.length > 0) throw new Error('a tar has the files of one platform');
  const platform = await pullFilesTar(release, first, { ...options, output, temporaryDirectory });
  const { files } = platform;
  return {
    path: '-',
    platforms: [platform],
    ...(files !== undefined && { files }),
    unchanged: false,
    restored: [],
  };
}

function sizesOf({ platforms }: PulledFiles, folder: string): { files?: number; size?: number } {
  const { files, size } = platforms.find((one) => one.folder === folder) ?? {};
  return { ...(files !== undefined && { files }), ...(size !== undefined && { size }) };
}
