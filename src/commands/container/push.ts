import pLimit from 'p-limit';
import type { Knowledge } from '../../cache/knowledge.ts';
import { loadKnowledge, saveKnowledge } from '../../cache/store.ts';
import {
  type Opened,
  type Opening,
  openAll,
  openBeside,
  openWhenAsked,
} from '../../concurrency/all-or-abort.ts';
import { once } from '../../concurrency/once.ts';
import { Threads } from '../../concurrency/threads/threads.ts';
import type { Annotation } from '../../image/annotate.ts';
import type { Locator } from '../../place/locator.ts';
import { isSamePlace } from '../../place/same-place.ts';
import type { Place } from '../../place/scheme.ts';
import { guessAddress } from '../../place/schemes.ts';
import type { Target } from '../../place/target.ts';
import { assertWritable, directoriesOf } from '../../place/writable.ts';
import type { Progress } from '../../progress/progress.ts';
import { type Artifact, openArtifact } from '../../publish/artifact.ts';
import type { FilesArtifact } from '../../publish/files/files-artifact.ts';
import { MetLayers } from '../../publish/met-layers.ts';
import type { TaggedRepository } from '../../publish/publication-options.ts';
import { type PublishOptions, publish } from '../../publish/publish.ts';
import type { KnownAtTargets } from '../../publish/remote-artifact.ts';
import { StandingRelease } from '../../publish/standing-release.ts';
import { findArtifacts } from '../../source/find.ts';
import { fileStandardInput } from '../../source/standard-input.ts';
import { type Reached, reachedBy } from '../reached.ts';
import { readSboms } from './named-sboms.ts';
import type { ContainerPushRequest } from './push-request.ts';
import type { ContainerPushResult } from './push-result.ts';
import { reportOf } from './report.ts';

/** Of threads, layers and blocks of a layer at once: each takes memory, and this thread can hardly feed more. */
const mostParallel = 4;

/**
 * Images of several platforms become one index on every target; no tag, and no manifest, is sent before all input is
 * verified. `follow` is told how to find out, where this fails, how far it had come.
 */
export async function containerPush(
  request: ContainerPushRequest,
  progress: Progress,
  follow: (reached: () => Reached) => void = () => {},
): Promise<ContainerPushResult> {
  const { format, compression, compressionLevel, dryRun, targets, cacheFrom, store } = request;
  const places = targets.map(({ place }) => place);
  await assertWritable(directoriesOf(places, request.directory));
  const abort = new AbortController();
  const knowledge = await loadKnowledge(store, request.now, progress);
  progress.group('Read artifacts');
  const parallelism = Math.min(request.parallelism, mostParallel);
  await using filed = await fileStandardInput(request, progress);
  await using threads = request.threads ? new Threads(request.threads, parallelism) : undefined;
  const named = { ...request, artifacts: filed.artifacts };
  const run: Run = { request: named, parallelism, threads, knowledge, progress, abort };
  await using files = await openFilesIfAsked(run);
  await using opened = openWhenAsked(() => openRepositories(targets, dryRun ? 'pull' : 'push', run));
  const standing = once(async () =>
    (await opened.all()).map((place) => new StandingRelease(place, progress)),
  );
  const met = new MetLayers();
  await using artifacts = await openArtifacts(run, files.all, standing, met);
  const others = cacheFrom.filter(({ place }) => !places.some((own) => isSamePlace(own, place)));
  const options: PublishOptions = {
    recipe: {
      sboms: await readSboms(request.sbom, request.directory, progress),
      ...{ format, compression, compressionLevel },
      annotations: annotationsOf(request, files.all),
    },
    labels: request.labels,
    platforms: request.platforms,
    floating: request.floating,
    immutable: request.immutable,
    atomic: request.atomic,
    update: request.update,
    dryRun,
    concurrency: request.concurrency,
    parallelism,
    threads,
    temporaryDirectory: request.temporaryDirectory,
    knowledge,
    openOthers: () => openRepositories(others.map(toTarget), 'pull', run),
    met,
    progress,
    abort,
  };
  const release = await publish(artifacts.all, await standing(), options, ({ destinations }) =>
    follow(() => reachedBy(destinations)),
  );
  if (!dryRun) await saveKnowledge(knowledge, store, progress);
  return reportOf(release, request);
}

/** A request with what its run has for it. */
interface Run {
  readonly request: ContainerPushRequest;
  readonly parallelism: number;
  readonly threads: Threads | undefined;
  readonly knowledge: Knowledge;
  readonly progress: Progress;
  readonly abort: AbortController;
}

/** An artifact that is no image has its own, on a manifest that is all there is. */
function annotationsOf(
  { annotations, files }: ContainerPushRequest,
  made: readonly FilesArtifact[],
): readonly Annotation[] {
  if (files?.artifact === 'wasm') return [];
  return [...made.flatMap((artifact) => artifact.annotations), ...annotations];
}

/** Most pushes are of images: what makes them of files is loaded for those that are not. */
async function openFilesIfAsked(run: Run): Promise<Opened<FilesArtifact>> {
  const { openFiles } = run.request.files ? await import('./open-files.ts') : { openFiles: openNone };
  return openFiles(run);
}

async function openNone(): Promise<Opened<never>> {
  return { all: [], [Symbol.asyncDispose]: async () => {} };
}

/** Begins to read them. Connections to where artifacts are published stay until their blobs are copied. */
async function openArtifacts(
  run: Run,
  made: readonly Artifact[],
  targets: KnownAtTargets['targets'],
  met: MetLayers,
): Promise<Opening<Artifact>> {
  const { request, parallelism, threads, knowledge, progress, abort } = run;
  const { artifacts, references, directory, connection, labels, store, files } = request;
  const paths =
    artifacts.length > 0 && !files ? await findArtifacts(artifacts, directory, progress, guessReference) : [];
  const limit = pLimit(parallelism);
  const start = (open: () => Promise<Artifact>): Promise<Artifact> =>
    limit(() => {
      abort.signal.throwIfAborted();
      return open();
    });
  const options = {
    ...{ directory, labels, knowledge, fingerprint: store !== undefined, threads, progress },
    onLayer: met.add,
  };
  const context = { progress, signal: abort.signal };
  const known = { targets, needsConfigs: request.platforms !== undefined };
  const opening = [
    ...made.map((artifact) => Promise.resolve(artifact)),
    ...paths.map((path) => start(() => openArtifact(path, options))),
    ...references.map((locator) =>
      start(async () => {
        const { openRemoteArtifact } = await import('../../publish/remote-artifact.ts');
        return openRemoteArtifact(locator, connection, context, known);
      }),
    ),
  ];
  const close = (artifact: Artifact) => (artifact.kind === 'published' ? artifact.close() : undefined);
  return openBeside(opening, close, abort);
}

/** What a path that is not there may mean. */
function guessReference(line: string): string | undefined {
  return guessAddress(line, 'reference');
}

/** A digest is as good as a tag to find a release by. */
function toTarget({ place, tag, digest }: Locator): Target {
  return { place, tags: [tag ?? digest ?? []].flat() };
}

async function openRepositories(
  targets: readonly Target[],
  access: 'pull' | 'push',
  { request, progress, abort }: Run,
): Promise<Opened<TaggedRepository>> {
  const releasesAt = (own: Place): string[] =>
    request.cacheFrom
      .flatMap(({ place, tag, digest }) => (isSamePlace(own, place) ? [tag ?? digest ?? []] : []))
      .flat();
  const context = { progress, signal: abort.signal };
  const open = async ({ place, tags }: Target): Promise<TaggedRepository> => ({
    repository: await place.openRepository(request.connection, context, access),
    tags,
    releases: releasesAt(place),
    ...(place.reference && { reference: place.reference }),
  });
  return openAll(targets.map(open), ({ repository }) => repository.close(), abort);
}
