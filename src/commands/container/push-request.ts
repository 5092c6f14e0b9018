import type { Store } from '../../cache/store.ts';
import type { CompressionSettings } from '../../compression/compress.ts';
import { assertSupported, levels } from '../../compression/levels.ts';
import { AlbaError, messageOf } from '../../errors.ts';
import { type Annotation, checkAnnotations, parseAnnotation } from '../../image/annotate.ts';
import type { Labels } from '../../image/label.ts';
import { parseLabel } from '../../image/parse-label.ts';
import { type Compression, type Format, mediaTypes } from '../../oci/media-type.ts';
import { type NamedTag, parseNamedTag } from '../../oci/named-tag.ts';
import { type Platform, parsePlatform } from '../../oci/platform.ts';
import { defaultTag, type Run } from '../../oci/tag-rules.ts';
import type { Connection } from '../../place/connection.ts';
import { type Locator, parseLocator } from '../../place/locator.ts';
import type { Address, Place } from '../../place/scheme.ts';
import { isAddress } from '../../place/schemes.ts';
import { addTags, parseTargetUrl, type Target } from '../../place/target.ts';
import { parseAll, parseAllLater, parseEach } from '../problems.ts';
import { parseBoolean, parseInteger, parseSome } from '../values.ts';

/** All that a push is told; the doors fill it in through parseContainerPush. */
export interface ContainerPushRequest {
  /** Paths and globs, relative to `directory`. */
  readonly artifacts: readonly string[];
  /** Artifacts that are published somewhere already. */
  readonly references: readonly Locator[];
  readonly directory: string;
  readonly targets: readonly Target[];
  /** The platforms that must be there and no others; undefined takes what comes. */
  readonly platforms?: readonly Platform[];
  readonly format: Format;
  /** For layers that arrive uncompressed. */
  readonly compression: Compression;
  readonly compressionLevel: number;
  /** Uploads at once, for each target. */
  readonly concurrency: number;
  /** How many archives are read, and layers compressed, at once. */
  readonly parallelism: number;
  /** The program that threads start with. */
  readonly threads: string | undefined;
  readonly dryRun: boolean;
  /** Whether `1.2`, `1` and `latest` move with a release 1.2.3, unless that is backwards. */
  readonly floating: boolean;
  /** Whether a tag that names something else is an error. */
  readonly immutable: boolean;
  /** For the index and for manifests that are ours to write; the last one wins. */
  readonly annotations: readonly Annotation[];
  /** For configs of images whose manifest is ours to write. */
  readonly labels: Labels;
  /** Where compressed layers wait until they are sent. */
  readonly temporaryDirectory: string;
  readonly connection: Connection;
  /** Where the knowledge of earlier runs is kept; undefined: nowhere. */
  readonly store: Store | undefined;
  /** Published images to learn from, besides what is at the targets. */
  readonly cacheFrom: readonly Locator[];
  readonly now: Date;
}

/** What a person wrote, one text an item. */
export interface ContainerPushInput {
  readonly artifacts: readonly string[];
  readonly targets: readonly string[];
  readonly tags: readonly string[];
  readonly platforms: readonly string[];
  readonly format: string;
  readonly compression: string;
  /** Empty: the usual one of the compression. */
  readonly compressionLevel: string;
  readonly concurrency: string;
  readonly dryRun: string;
  readonly cacheFrom: readonly string[];
  readonly floating: string;
  readonly immutable: string;
  readonly annotations: readonly string[];
  readonly labels: readonly string[];
}

/** What the machine says. */
export interface ContainerPushContext
  extends Pick<
    ContainerPushRequest,
    'directory' | 'temporaryDirectory' | 'parallelism' | 'threads' | 'connection' | 'store' | 'now'
  > {
  /** What a workflow runs for, to name the release where nobody does. */
  readonly run: Run | undefined;
  /** Those that the workflow knows the values of; given ones win over them. */
  readonly annotations: readonly Annotation[];
}

/** The request in what a person wrote; one usage error tells of everything that is wrong with it. */
export async function parseContainerPush(
  input: ContainerPushInput,
  readContext: () => Promise<ContainerPushContext>,
): Promise<ContainerPushRequest> {
  const { context, parsed } = await parseAllLater({
    context: readContext,
    parsed: () => parseInput(input),
  });
  const { urls, tags, ...settings } = parsed;
  const { run, annotations: ofContext, ...machine } = context;
  const targets = parseEach(urls, (url) => addTags(url, tagsFor(url, tags, run))).flat();
  const connection = signedInAt(machine.connection, targets, [...settings.references, ...settings.cacheFrom]);
  const annotations = [...ofContext, ...settings.annotations];
  checkAnnotations(annotations, settings.format);
  return { ...machine, ...settings, connection, targets, annotations };
}

/** Where no tag is named at all, a workflow run for a tag of git's names one. */
function tagsFor(url: Address, tags: readonly NamedTag[], run: Run | undefined): readonly NamedTag[] {
  if (tags.length > 0 || url.tag !== undefined || !run) return tags;
  return [defaultTag(run) ?? []].flat();
}

function parseInput(input: ContainerPushInput) {
  const { platforms, artifacts, settings, ...rest } = parseAll({
    artifacts: () => parseArtifacts(input.artifacts),
    urls: () =>
      parseEach(
        parseSome(input.targets, 'no target: name at least one URL, such as docker://ghcr.io/org/app'),
        parseTargetUrl,
      ),
    tags: () => parseEach(input.tags, parseNamedTag),
    platforms: () => parseEach(input.platforms, parsePlatform),
    format: () => parseFormat(input.format),
    settings: () => parseCompression(input.compression, input.compressionLevel),
    concurrency: () => parseInteger('concurrency', input.concurrency, 1, 64),
    dryRun: () => parseBoolean('dry-run', input.dryRun),
    cacheFrom: () => parseEach(input.cacheFrom, parseLocator),
    floating: () => parseBoolean('floating', input.floating),
    immutable: () => parseBoolean('immutable', input.immutable),
    annotations: () => parseEach(input.annotations, parseAnnotation).flat(),
    labels: () => Object.fromEntries(parseEach(input.labels, parseLabel).flat()),
  });
  return {
    ...rest,
    ...settings,
    ...artifacts,
    ...(platforms.length > 0 && { platforms }),
  };
}

/** Paths, and references to what is published: one a line, or the JSON of a matrix job's outputs. */
function parseArtifacts(lines: readonly string[]): Pick<ContainerPushRequest, 'artifacts' | 'references'> {
  const items = /^[[{]/.test(lines[0] ?? '') ? textsIn(lines.join('\n')) : lines;
  parseSome(items, 'no artifacts: name at least one path, glob or reference');
  return {
    artifacts: items.filter((item) => !isAddress(item)),
    references: parseEach(items.filter(isAddress), parseLocator),
  };
}

/** The texts in a JSON array or object; empty ones are outputs that a job did not set. */
function textsIn(json: string): string[] {
  const collect = (value: unknown): string[] => {
    if (typeof value === 'string') return value.split('\n').filter((line) => line.trim() !== '');
    return typeof value === 'object' && value !== null ? Object.values(value).flatMap(collect) : [];
  };
  try {
    return collect(JSON.parse(json));
  } catch (cause) {
    throw new AlbaError(
      'usage',
      `artifacts begin like JSON, but are none: give toJSON(needs.build.outputs), or one a line (${messageOf(cause)})`,
      { cause },
    );
  }
}

/** A password is for one registry, that of the targets, else the one that is read from: no other is shown it. */
function signedInAt(
  connection: Connection,
  targets: readonly Target[],
  sources: readonly Locator[],
): Connection {
  const { login } = connection;
  if (!login) return connection;
  const [own, others] = [registriesOf(targets), registriesOf(sources)];
  const [registry, ...more] = own.length > 0 ? own : others;
  if (more.length === 0) return { ...connection, login: { ...login, ...(registry && { registry }) } };
  throw new AlbaError(
    'usage',
    `username and password are for one registry, not for ${[registry, ...more].join(', ')}: log in to each before (docker/login-action, docker login)`,
  );
}

function registriesOf(places: readonly { readonly place: Place }[]): string[] {
  return [...new Set(places.flatMap(({ place }) => place.loginHost ?? []))];
}

function parseCompression(name: string, level: string): CompressionSettings {
  if (!Object.hasOwn(levels, name)) {
    const known = Object.keys(levels).join(', ');
    throw new AlbaError('usage', `compression "${name}" is unknown: expected one of ${known}`);
  }
  const compression = name as Compression;
  assertSupported(compression);
  const { least, most, usual } = levels[compression];
  const compressionLevel = level === '' ? usual : parseInteger('compression-level', level, least, most);
  return { compression, compressionLevel };
}

function parseFormat(text: string): Format {
  if (Object.hasOwn(mediaTypes, text)) return text as Format;
  throw new AlbaError(
    'usage',
    `format "${text}" is unknown: expected ${Object.keys(mediaTypes).join(' or ')}`,
  );
}
