import type { Knowledge } from '../cache/knowledge.ts';
import { allOrAbort, type Opened, openWhenAsked } from '../concurrency/all-or-abort.ts';
import { once } from '../concurrency/once.ts';
import type { Threads } from '../concurrency/threads/threads.ts';
import type { Node } from '../content/content.ts';
import { Spool } from '../content/spool.ts';
import { readDocument } from '../content/verify.ts';
import { AlbaError } from '../errors.ts';
import { annotationWarnings } from '../image/annotate.ts';
import { imageEntries } from '../image/assemble.ts';
import { type Labels, labelWarnings } from '../image/label.ts';
import { attachSboms, attestSboms, sbomsOfIndex } from '../image/sbom.ts';
import { parseIndex } from '../oci/manifest.ts';
import { isIndex } from '../oci/media-type.ts';
import type { Platform } from '../oci/platform.ts';
import type { Artifact } from './artifact.ts';
import type { Destination } from './destination.ts';
import type { MetLayers } from './met-layers.ts';
import { planIndex } from './plan-index.ts';
import { ImageMaker, type PreparedImage, prepareImages } from './prepare-images.ts';
import type { Recipe } from './prepare-layer.ts';
import { type PreviousRelease, previousRelease } from './previous-release.ts';
import { Publication } from './publication.ts';
import type { PublicationOptions, TaggedRepository } from './publication-options.ts';
import { reconcile } from './reconcile.ts';
import { SendAhead } from './send-ahead.ts';
import { sendReferrers } from './send-referrers.ts';
import { StandingRelease } from './standing-release.ts';
import { type Accompany, type UpdatedRelease, updateRelease } from './update/update-release.ts';

/** How a release is made of its artifacts, and published. */
export interface PublishOptions extends PublicationOptions {
  readonly recipe: Recipe;
  /** Those that images without a manifest have got: what others lack is told. */
  readonly labels: Labels;
  /** Whether the images join what the first tag of the first target names. */
  readonly update: boolean;
  /** Whether nothing is sent before every artifact was read. */
  readonly atomic: boolean;
  /** The platforms that must be there and no others; undefined takes what comes. */
  readonly platforms: readonly Platform[] | undefined;
  /** How many archives are read, and layers compressed, at once. */
  readonly parallelism: number;
  /** They read and compress; undefined: this thread does. */
  readonly threads: Threads | undefined;
  /** Where compressed layers wait until they are sent. */
  readonly temporaryDirectory: string;
  /** What earlier runs learned, and this one learns. */
  readonly knowledge: Knowledge;
  /** Opens published releases to learn from, besides what is at the targets; asked once at most, and closed at the end. */
  readonly openOthers: () => Promise<Opened<TaggedRepository>>;
  /** Layers of artifacts that are still read; undefined: none is sent before its artifact was read. */
  readonly met?: MetLayers;
}

/** What was published. */
export interface PublishedRelease {
  /** As they were read in the end. */
  readonly artifacts: readonly Artifact[];
  readonly images: readonly PreparedImage[];
  readonly index: Node;
  /** Manifests that stood there and stay in the index. */
  readonly kept: number;
  /** What stood at a target before, as far as this run had to read it; undefined where it read nothing of it. */
  readonly previous: PreviousRelease | undefined;
  readonly destinations: readonly Destination[];
}

/**
 * Publishes the images of artifacts as one index to every target, sending only what is not there. Blobs go first, those that
 * are read by now while others still are, then manifests, then the index, and when every target has all of
 * that the tags. `follow` is given what is on its way, to ask how far it has come where this fails.
 */
export async function publish(
  artifacts: readonly (Artifact | Promise<Artifact>)[],
  standing: readonly StandingRelease[],
  options: PublishOptions,
  follow: (publication: Publication) => void = () => {},
): Promise<PublishedRelease> {
  const publication = new Publication(
    standing.map(({ place }) => place),
    options,
  );
  follow(publication);
  try {
    return await publishTo(publication, artifacts, standing, options);
  } catch (failure) {
    publication.tellLeft();
    throw failure;
  }
}

async function publishTo(
  publication: Publication,
  opening: readonly (Artifact | Promise<Artifact>)[],
  standing: readonly StandingRelease[],
  options: PublishOptions,
): Promise<PublishedRelease> {
  const { recipe, labels, platforms, knowledge, openOthers, parallelism, threads, progress, abort } = options;
  await using others = openWhenAsked(openOthers);
  const hints = {
    knowledge,
    targets: standing,
    others: once(async () => (await others.all()).map((place) => new StandingRelease(place, progress))),
  };
  for (const release of standing) release.lookAhead();
  await using spool = await Spool.create(options.temporaryDirectory);
  const sendEarly = !(await publication.isHeld());
  const { signal } = abort;
  const making = { recipe, hints, sendEarly, parallelism, threads, spool, progress, signal, abort };
  const maker = new ImageMaker(publication, making);
  await using ahead = new SendAhead(publication, { recipe, hints, maker, abort });
  const isAhead = !isReadFirst(options);
  options.met?.handTo((layer) => isAhead && ahead.takeLayer(layer));
  const onRead = (artifact: Artifact): void => {
    if (isAhead) ahead.take(artifact);
  };
  const open = async (artifact: Artifact | Promise<Artifact>): Promise<Artifact> => {
    const opened = await artifact;
    onRead(opened);
    return opened;
  };
  const artifacts = await allOrAbort(opening.map(open), abort);
  const search = { recipe, hints, platforms, parallelism, abort, onRead };
  const reconciled = await reconcile(artifacts, publication, search);
  for (const artifact of reconciled.artifacts) if (artifact.kind === 'remembered') artifact.tell();
  for (const warning of annotationWarnings(reconciled.images, recipe.annotations)) progress.warn(warning);
  const plan = planIndex(reconciled.artifacts, recipe);
  for (const line of plan.remarks) progress.line(line);
  for (const warning of plan.warnings) progress.warn(warning);
  for (const warning of labelWarnings(reconciled.images, labels)) progress.warn(warning);

  progress.group(options.dryRun ? 'Compare with the targets' : 'Publish');
  const [images] = await Promise.all([prepareImages(reconciled, maker, abort), ahead.done()]);
  const made = plan.make(images.map(({ image }) => image));
  assertHoldsManifests(made);
  const about = sbomsOfIndex(recipe.sboms ?? [], reconciled.images);
  const accompany: Accompany = async (index, sent) => {
    const referrers = about.length > 0 ? [attestSboms(index.descriptor, about)] : [];
    const own = referrers.map((referrer) => publication.send(referrer, 'SBOM of the index', sent));
    const others = sendReferrers(reconciled.artifacts, index, sent, publication, options);
    await allOrAbort([...own, others], abort);
  };
  refuseToJoin(reconciled.artifacts, options);
  const release = options.update
    ? await join(made, images, standing, publication, accompany, options)
    : await publishAnew(made, publication, accompany, abort);
  const previous = await previousRelease(hints.targets, release.index);
  const { destinations } = publication;
  return { artifacts: reconciled.artifacts, images, ...release, previous, destinations };
}

/** Whether it has to be clear what the release comes to before anything is sent for it. */
function isReadFirst({ atomic, immutable, platforms, dryRun }: PublishOptions): boolean {
  return atomic || immutable || dryRun || platforms !== undefined;
}

/** Only images join others. */
function refuseToJoin(artifacts: readonly Artifact[], { update }: PublishOptions): void {
  for (const artifact of artifacts) {
    const other = artifact.kind === 'published' ? artifact.other : undefined;
    if (!update || !other) continue;
    throw new AlbaError(
      'source',
      `${other.origin} is no image but ${other.kind}: it cannot join an index of images`,
    );
  }
}

async function publishAnew(
  index: Node,
  publication: Publication,
  accompany: Accompany,
  abort: AbortController,
): Promise<UpdatedRelease> {
  await publication.assertUnmoved(index);
  const sent = publication.send(index, isIndex(index.descriptor.mediaType) ? undefined : 'manifest');
  await allOrAbort([sent, accompany(index, sent)], abort);
  await publication.tag(index);
  return { index, kept: 0 };
}

async function join(
  made: Node,
  prepared: readonly PreparedImage[],
  [leader]: readonly StandingRelease[],
  publication: Publication,
  accompany: Accompany,
  { recipe, dryRun, progress, abort }: PublishOptions,
): Promise<UpdatedRelease> {
  if (!leader) throw new Error('an update without a target');
  const images = attachSboms(
    prepared.map(({ image }) => image),
    recipe.sboms ?? [],
  );
  const { digest } = made.descriptor;
  const { annotations = {} } = parseIndex(await readDocument(made, digest), digest);
  const joining = {
    images,
    format: recipe.format,
    annotations,
    entries: imageEntries(images, recipe.annotations),
  };
  const signal = abort.signal;
  const { artifactType } = recipe;
  return updateRelease(leader.place, publication, {
    ...{ made, joining, artifactType, accompany, dryRun, progress, signal, abort },
  });
}

/** Whatever it was made of, an index that leads to nothing never takes the place of one that does. */
function assertHoldsManifests({ descriptor, children }: Node): void {
  if (children.length > 0) return;
  throw new AlbaError(
    'source',
    `index ${descriptor.digest} names no manifest: it is not published; did the build that makes it fail?`,
  );
}
