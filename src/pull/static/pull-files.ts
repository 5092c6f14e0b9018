import { join } from 'node:path';
import { makeInside } from '../../content/make-directory.ts';
import { nameRulesOf, tarNames } from '../../image/rootfs/name-rules.ts';
import { writeTree } from '../../image/rootfs/write-tree.ts';
import { formatBytes, formatCount, formatNames, shownPath } from '../../progress/format.ts';
import { sum } from '../../progress/sum.ts';
import { openDestination, seeDestination } from '../destination/open.ts';
import type { DestinationOptions, Pulled, Standing } from '../destination.ts';
import type { ChosenFiles } from './choose-files.ts';
import type { FilesRelease } from './files-release.ts';
import { inTemporary } from './in-temporary.ts';
import { type FilesPlanOptions, fetchPlanned, filesWanted, planFiles } from './plan-files.ts';
import { StandingFiles } from './standing-files.ts';

/** A folder to be filled with files. */
export interface FilesFolder extends FilesPlanOptions {
  readonly path: string;
  readonly destination: DestinationOptions;
  readonly temporaryDirectory: string;
  readonly dryRun: boolean;
}

/** What became of the files of one platform. */
export interface PulledPlatform {
  readonly platform: string | undefined;
  /** Below the destination; empty for its root. */
  readonly folder: string;
  /** Undefined in a dry run of what is packed. */
  readonly files?: number;
  /** In bytes. */
  readonly size?: number;
}

/** What became of a folder, or in a dry run would. */
export interface PulledFiles {
  /** Absolute. */
  readonly path: string;
  /** None where they are not known, as nothing had to be asked for. */
  readonly platforms: readonly PulledPlatform[];
  /** Undefined in a dry run, which does not write them. */
  readonly files?: number;
  readonly unchanged: boolean;
  /** What was changed, added or taken away since the last pull, and is put right. */
  readonly restored: readonly string[];
}

/**
 * Fills a folder with the files of some platforms of a release, unless they are there. What stands there already is not fetched.
 * Whatever fails, the folder stays as it was.
 */
export async function pullFiles(
  release: FilesRelease,
  chosen: readonly ChosenFiles[],
  request: FilesFolder,
): Promise<PulledFiles> {
  const { path, destination: options, dryRun, abort, bytes, progress } = request;
  const wanted = wantedOf(release, chosen, request);
  const seen = await seeDestination(path, options);
  const before = await seen.compare(wanted);
  if (before.kind === 'same') return unchanged(seen.path, before.pulled, request);
  if (dryRun) return tellPlan(release, chosen, seen.path, before, request);
  await using destination = await openDestination(path, options);
  const standing = await destination.compare(wanted);
  if (standing.kind === 'same') return unchanged(destination.path, standing.pulled, request);
  tellDifferences(standing, request);
  const scratch = await destination.scratch();
  const staged = await destination.stage();
  const names = await nameRulesOf(scratch);
  const planned = await planFiles(chosen, scratch, names, release.origin, request);
  const there = await StandingFiles.at(destination.path);
  const platforms: PulledPlatform[] = [];
  for (const one of planned) {
    const plan = await fetchPlanned(one, there, names, release.origin, request);
    abort.signal.throwIfAborted();
    const folder = join(staged, one.folder);
    let path = staged;
    for (const part of one.folder === '' ? [] : one.folder.split('/')) {
      path = join(path, part);
      await makeInside(path);
    }
    await writeTree(plan, one.opened.layers, folder, 'move');
    platforms.push({ platform: one.platform, folder: one.folder, files: plan.files, size: plan.size });
  }
  const files = sum(platforms.map((one) => one.files ?? 0));
  const size = sum(platforms.map((one) => one.size ?? 0));
  abort.signal.throwIfAborted();
  await destination.take({ ...wanted, told: { image: release.digest, files, size, layers: size } });
  progress.line(
    `${shown(request)}: ${release.origin}, ${formatCount(files, 'file')}, ${formatBytes(bytes.pulled)} fetched`,
  );
  const restored = standing.kind === 'changed' ? standing.paths : [];
  return { path: destination.path, platforms, files, unchanged: false, restored };
}

/** Two pulls of one release for the same platforms are the same, be it in folders of their own or not. */
function wantedOf({ digest }: FilesRelease, chosen: readonly ChosenFiles[], { paths }: FilesFolder): Pulled {
  const platform = chosen.map((one) => one.platform ?? '').join(' ');
  const folders = chosen.flatMap(({ folder }) => (folder === '' ? [] : [folder]));
  return {
    digest,
    ...(platform !== '' && { platform }),
    options: {
      kind: 'files',
      ...(paths.length > 0 && { paths: [...paths] }),
      ...(folders.length > 0 && { folders }),
    },
  };
}

function unchanged(path: string, { told }: Pulled, request: FilesFolder): PulledFiles {
  request.bytes.skipped += told?.size ?? 0;
  request.progress.line(`${shown(request)}: unchanged`);
  return { path, platforms: [], ...(told && { files: told.files }), unchanged: true, restored: [] };
}

function tellDifferences(standing: Standing, request: FilesFolder): void {
  if ((standing.kind !== 'changed' && standing.kind !== 'other') || standing.paths.length === 0) return;
  const what = standing.kind === 'changed' ? 'these are put right' : 'what was changed there is lost';
  request.progress.line(`${shown(request)} is not as it was pulled, ${what}: ${formatNames(standing.paths)}`);
}

/** What is packed is not fetched for that: all of it counts as missing. */
async function tellPlan(
  { origin }: FilesRelease,
  chosen: readonly ChosenFiles[],
  path: string,
  standing: Standing,
  request: FilesFolder,
): Promise<PulledFiles> {
  const { bytes, progress, temporaryDirectory } = request;
  const there = await StandingFiles.at(path);
  const tell = async (one: ChosenFiles): Promise<PulledPlatform> => {
    const { platform, folder, files } = one;
    if (await files.isPacked()) {
      bytes.missing += await files.size();
      return { platform, folder };
    }
    return inTemporary(temporaryDirectory, progress, async (own) => {
      const [planned] = await planFiles([one], own, tarNames, origin, request);
      for (const file of planned ? filesWanted(planned) : []) {
        if (await there.has(file, folder)) bytes.skipped += file.size;
        else bytes.missing += file.size;
      }
      return { platform, folder, ...(planned && { files: planned.plan.files, size: planned.plan.size }) };
    });
  };
  const platforms: PulledPlatform[] = [];
  for (const one of chosen) platforms.push(await tell(one));
  progress.line(`${shown(request)}: ${formatBytes(bytes.missing)} would be fetched of ${origin}`);
  const restored = standing.kind === 'changed' ? standing.paths : [];
  return { path, platforms, unchanged: false, restored };
}

function shown({ path, destination }: FilesFolder): string {
  return shownPath(path, destination.directory);
}
