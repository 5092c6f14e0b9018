import pLimit from 'p-limit';
import type { Knowledge } from '../../cache/knowledge.ts';
import { once } from '../../concurrency/once.ts';
import { openAll } from '../../concurrency/open-all.ts';
import type { RetryContext } from '../../concurrency/retry.ts';
import { Threads } from '../../concurrency/threads/threads.ts';
import type { Image, Node, SealedImage } from '../../content/content.ts';
import { Spool } from '../../content/spool.ts';
import { annotationWarnings } from '../../image/annotate.ts';
import { labelWarnings } from '../../image/label.ts';
import { mergeImages } from '../../image/merge.ts';
import { isIndex } from '../../oci/media-type.ts';
import { guessAddress } from '../../place/schemes.ts';
import type { Target } from '../../place/target.ts';
import { assertWritable, directoriesOf } from '../../place/writable.ts';
import type { Progress } from '../../progress/progress.ts';
import { type Artifact, openArtifact } from '../../publish/artifact.ts';
import type { Destination } from '../../publish/destination.ts';
import { loadKnowledge, saveKnowledge } from '../../publish/knowledge-file.ts';
import { Publication } from '../../publish/publication.ts';
import { type Published, readPublished } from '../../publish/published-layers.ts';
import { settle } from '../../publish/reconcile.ts';
import { openRemoteArtifact } from '../../publish/remote-artifact.ts';
import { type Sealed, sealImages } from '../../publish/seal.ts';
import { findArtifacts } from '../../source/find.ts';
import type { ContainerPushRequest } from './push-request.ts';
import type { ContainerPushResult } from './push-result.ts';
import { reportOf } from './report.ts';

/** Images of several platforms become one index on every target; nothing is sent before all input is verified. */
export async function containerPush(
  request: ContainerPushRequest,
  progress: Progress,
): Promise<ContainerPushResult> {
  const places = request.targets.map(({ place }) => place);
  if (!request.dryRun) await assertWritable(directoriesOf(places, request.directory));
  const abort = new AbortController();
  const context = { progress, signal: abort.signal };
  const knowledge = await loadKnowledge(request.store, request.now, progress);
  progress.group('Read artifacts');
  const parallelism = Math.min(request.parallelism, mostParallel);
  await using threads = request.threads ? new Threads(request.threads, parallelism) : undefined;
  const options = { ...request, parallelism, knowledge, progress, abort, threads };
  const artifacts = await openArtifacts(options);
  await using _ = closing(artifacts);
  await using publication = await openPublication(request, progress, abort);
  const published = once(() => readBases(request, artifacts, publication, context));
  const settled = await settle(artifacts, { ...options, published }, publication);

  for (const warning of warningsOf(settled.images, request)) progress.warn(warning);

  progress.group(request.dryRun ? 'Compare with the targets' : 'Publish');
  await using spool = await Spool.create(request.temporaryDirectory);
  const sendEarly = !(await publication.isHeld());
  const sealed = await sealImages(settled, { ...options, published, spool, sendEarly }, publication);
  const whole = wholeOf(settled.artifacts, request);
  const merged = (): Node => mergeImages(imagesOf(sealed), request.format, request.annotations);
  const index = whole?.root ?? merged();
  await publication.assertUnmoved(index);
  await publication.send(index);
  for (const referrer of (await whole?.referrers?.()) ?? []) await publication.send(referrer);
  await publication.tag(index);
  if (!request.dryRun) await saveKnowledge(knowledge, request.store, progress);
  return reportOf({ ...request, ...settled, sealed, index, publication });
}

/** Of threads, layers and blocks of a layer at once: each takes memory, and this thread can hardly feed more. */
const mostParallel = 4;

/** A request with what its run has for it. */
interface Run extends Omit<ContainerPushRequest, 'threads'> {
  readonly threads: Threads | undefined;
  readonly knowledge: Knowledge;
  readonly progress: Progress;
  readonly abort: AbortController;
}

async function openArtifacts(run: Run): Promise<Artifact[]> {
  const { artifacts, references, directory, connection, parallelism, labels, store } = run;
  const { knowledge, progress, threads, abort } = run;
  const paths =
    artifacts.length > 0 ? await findArtifacts(artifacts, directory, progress, guessReference) : [];
  const limit = pLimit(parallelism);
  const options = { progress, threads, labels, fingerprint: store !== undefined };
  const context = { progress, signal: abort.signal };
  const start = <T>(open: () => Promise<T>): Promise<T> =>
    limit(() => {
      abort.signal.throwIfAborted();
      return open();
    });
  const opened = [
    ...paths.map((path) => start(() => openArtifact(path, directory, knowledge, options))),
    ...references.map((locator) => start(() => openRemoteArtifact(locator, connection, context))),
  ];
  return openAll<Artifact>(opened, ({ repository }) => repository?.close(), abort);
}

/** What a path that is not there may mean. */
function guessReference(line: string): string | undefined {
  return guessAddress(line, 'reference');
}

async function openPublication(
  request: ContainerPushRequest,
  progress: Progress,
  abort: AbortController,
): Promise<Publication> {
  const context = { progress, signal: abort.signal };
  const open = async ({ place, tags }: Target): Promise<Destination> => ({
    repository: await place.openRepository(request.connection, context, request.dryRun ? 'pull' : 'push'),
    tags,
    ...(place.reference && { reference: place.reference }),
  });
  const close = ({ repository }: Destination): Promise<void> => repository.close();
  const destinations = await openAll(request.targets.map(open), close, abort);
  return new Publication(destinations, { ...request, ...context, abort });
}

/** What is published at the targets, and in other places that the request names to learn from. */
async function readBases(
  { cacheFrom, connection }: ContainerPushRequest,
  artifacts: readonly Artifact[],
  publication: Publication,
  context: RetryContext,
): Promise<Published> {
  const others = await Promise.all(
    cacheFrom.map(async ({ place, tag, digest }) => ({
      repository: await place.openRepository(connection, context, 'pull'),
      tags: tag ? [tag] : digest ? [digest] : [],
      ...(place.reference && { reference: place.reference }),
    })),
  );
  const images = artifacts.flatMap((artifact) => artifact.images);
  const platforms = images.flatMap(({ kind, platform }) => (kind === 'loose' ? [platform] : []));
  const published = await readPublished(
    [...publication.destinations, ...others],
    platforms,
    context.progress,
  );
  await Promise.allSettled(others.map(({ repository }) => repository.close()));
  return published;
}

/** Connections to where artifacts were published stay until their blobs are copied. */
function closing(artifacts: readonly Artifact[]): AsyncDisposable {
  return {
    async [Symbol.asyncDispose]() {
      await Promise.allSettled(artifacts.map(({ repository }) => repository?.close()));
    },
  };
}

/** A release that is published elsewhere already is copied as it is, so that its digest stays. */
function wholeOf(
  artifacts: readonly Artifact[],
  { annotations }: ContainerPushRequest,
): (Artifact & { readonly root: Node }) | undefined {
  const [only, ...others] = artifacts;
  const { root } = only ?? {};
  if (!only || !root || others.length > 0 || annotations.length > 0) return undefined;
  return isIndex(root.descriptor.mediaType) ? { ...only, root } : undefined;
}

function imagesOf(sealed: readonly Sealed[]): SealedImage[] {
  return sealed.map(({ image }) => image);
}

function warningsOf(images: readonly Image[], { annotations, labels }: ContainerPushRequest): string[] {
  return [...annotationWarnings(images, annotations), ...labelWarnings(images, labels)];
}
