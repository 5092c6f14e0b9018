import path from 'node:path';
import { loadKnowledge, saveKnowledge } from '../../cache/store.ts';
import { levels } from '../../compression/levels.ts';
import { openAll } from '../../concurrency/all-or-abort.ts';
import { Threads } from '../../concurrency/threads/threads.ts';
import { Spool } from '../../content/spool.ts';
import { makeTemporaryFolder } from '../../content/temporary-folder.ts';
import { AlbaError } from '../../errors.ts';
import { formatPlatform, spellPlatform } from '../../oci/platform.ts';
import { assignTags } from '../../place/assign-tags.ts';
import type { Target } from '../../place/target.ts';
import { trustOf } from '../../place/trusted-origins.ts';
import { assertWritable, directoriesOf } from '../../place/writable.ts';
import { sum } from '../../progress/sum.ts';
import { packBinaries } from '../../publish/files/binaries.ts';
import { compressAhead } from '../../publish/files/compress-ahead.ts';
import type { TaggedRepository } from '../../publish/publication-options.ts';
import { type PublishedRelease, publish } from '../../publish/publish.ts';
import { StandingRelease } from '../../publish/standing-release.ts';
import { pathOf, type ReleaseFile } from '../../source/tree/file.ts';
import type { Values } from '../command.ts';
import { declaredImages } from '../declared-images.ts';
import { gitNames } from '../git-release.ts';
import type { Host } from '../host.ts';
import { checkUpdate } from '../push.ts';
import { type Reached, reachedBy } from '../reached.ts';
import { signedInAt } from '../signed-in-at.ts';
import { tellLowered } from '../tell-lowered.ts';
import { readStaticFiles } from './files.ts';
import type { staticPushInputs } from './push-command.ts';
import type { StaticPushResult } from './push-result.ts';

/** Of threads and of pieces of a layer at once, as for images. */
const mostParallel = 4;

/** What oras calls an artifact whose kind nobody names. */
const unknownType = 'application/vnd.unknown.artifact.v1';

type ArtifactValues = Values<typeof staticPushInputs>;

/** Plain files by platform become one index of an artifact on every target, with a manifest for each platform. */
export async function pushArtifact(
  values: ArtifactValues,
  host: Host,
  follow: (reached: () => Reached) => void,
): Promise<StaticPushResult> {
  const { directory, progress, temporaryDirectory } = host;
  const { dryRun, immutable, floating, update, annotations, concurrency } = values;
  assertOfArtifacts(values);
  const targets = targetsOf(values, host);
  if (update) checkUpdate(targets, immutable);
  const places = targets.map(({ place }) => place);
  const trustedOrigins = trustOf(places, [], host.env).origins;
  const connection = signedInAt({ ...values.connection, trustedOrigins }, { targets });
  await assertWritable(directoriesOf(places, directory));
  const [indexType = unknownType, manifestType = indexType] = values.artifactType;
  const abort = new AbortController();
  const texts = values.target.map(({ text }) => text);
  const store = values.cache ? await host.openStore(texts, values.cacheDir) : undefined;
  const knowledge = await loadKnowledge(store, host.now, progress);
  const parallelism = Math.min(host.parallelism, mostParallel);
  await using threads = host.threads ? new Threads(host.threads, parallelism) : undefined;
  await using temporary = makeTemporaryFolder(temporaryDirectory);
  progress.group('Read files');
  const release = { name: nameOf(values, targets), tag: targets[0]?.tags[0] ?? '' };
  const files = await readStaticFiles({ ...values, release, directory }, temporary.path, progress);
  await using spool = await Spool.create(temporary.path);
  const ahead = compressAhead({
    compression: 'gzip',
    compressionLevel: levels.gzip.usual,
    knowledge,
    parallelism,
    threads,
  });
  const making = { spool, ahead, signal: abort.signal, progress };
  const recipe = {
    as: values.as === 'files' ? 'files' : 'packed',
    artifactType: manifestType,
    mediaType: values.mediaType,
    folder: path.posix.basename(release.name),
  } as const;
  const artifact = await packBinaries(files, recipe, making);
  await using repositories = await openAll(
    targets.map((target) => open(target)),
    ({ repository }) => repository.close(),
    abort,
  );
  const published = await publish(
    [artifact],
    repositories.all.map((place) => new StandingRelease(place, progress)),
    {
      recipe: {
        ...{ format: 'oci', compression: 'gzip', compressionLevel: levels.gzip.usual, annotations },
        artifactType: indexType,
      },
      ...{ labels: {}, platforms: undefined, update, floating, immutable, dryRun, atomic: false },
      ...{ concurrency, parallelism, threads, temporaryDirectory, knowledge, progress, abort },
      openOthers: async () => ({ all: [], [Symbol.asyncDispose]: async () => {} }),
    },
    ({ destinations }) => follow(() => reachedBy(destinations)),
  );
  if (!dryRun) await saveKnowledge(knowledge, store, progress);
  if (!dryRun) await host.declare(declaredImages(targets, published.index.descriptor.digest));
  return resultOf(published, files, release, targets, dryRun);

  async function open({ place, tags }: Target): Promise<TaggedRepository> {
    const context = { progress, signal: abort.signal };
    const repository = await place.openRepository(connection, context, dryRun ? 'pull' : 'push');
    return { repository, tags, ...(place.reference && { reference: place.reference }) };
  }
}

function targetsOf({ tag, target }: ArtifactValues, host: Host): Target[] {
  const addresses = target.flatMap(({ address }) => address ?? []);
  tellLowered([...tag, ...addresses.flatMap(({ lowered }) => lowered ?? [])], host.progress);
  return assignTags(addresses, { named: tag, byDigest: false, usual: gitNames(host).release });
}

/** What a page and browsers are told of plain files means nothing here. */
function assertOfArtifacts({
  page,
  installer,
  publicUrl,
  contentDisposition,
  properties,
  notes,
  sourceUrl,
}: ArtifactValues): void {
  const ofFiles = {
    'public-url': publicUrl,
    'content-disposition': contentDisposition,
    'source-url': sourceUrl,
    properties: properties.length > 0,
  };
  const given = Object.entries({ page, installer, notes, ...ofFiles })
    .filter(([, value]) => value)
    .map(([name]) => name);
  if (given.length === 0) return;
  throw new AlbaError('usage', `${given.join(', ')}: of plain files alone, not of artifacts: leave it out`);
}

/** As it is named, else the repository of the first target that has one. */
function nameOf({ tag: [named] }: ArtifactValues, targets: readonly Target[]): string {
  if (named) return named.name;
  const names = targets.flatMap(({ place }) => place.storedName ?? place.reference?.repository ?? []);
  return names[0] ?? 'files';
}

function resultOf(
  { index, destinations }: PublishedRelease,
  files: readonly ReleaseFile[],
  { name, tag }: { readonly name: string; readonly tag: string },
  targets: readonly Target[],
  dryRun: boolean,
): StaticPushResult {
  const { digest } = index.descriptor;
  const reports = destinations.map((destination, at) => {
    const { pushedBytes, skippedBytes, missingBytes, failure } = destination.report();
    const place = targets[at]?.place;
    const [first] = destination.tags;
    const url = place?.referenceOf(first, digest) ?? destination.report().url;
    const told = failure === undefined ? {} : { failure };
    return { url, digest, pushedBytes, skippedBytes, missingBytes, ...told };
  });
  const platforms = new Map<string, { files: number; size: number }>();
  for (const { platform, size } of files) {
    const key = formatPlatform(platform);
    const known = platforms.get(key) ?? { files: 0, size: 0 };
    platforms.set(key, { files: known.files + 1, size: known.size + size });
  }
  return {
    name,
    tag,
    url: reports[0]?.url ?? digest,
    digest,
    platforms: Object.fromEntries(platforms),
    files: files.map((file) => ({
      platform: spellPlatform(file.platform),
      path: pathOf(file),
      size: file.size,
      digest: file.digest,
      executable: file.executable,
    })),
    targets: reports,
    pushedBytes: sum(reports.map(({ pushedBytes }) => pushedBytes)),
    skippedBytes: sum(reports.map(({ skippedBytes }) => skippedBytes)),
    missingBytes: sum(reports.map(({ missingBytes }) => missingBytes)),
    dryRun,
  };
}
