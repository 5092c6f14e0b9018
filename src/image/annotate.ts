import type { Image } from '../content/content.ts';
import { AlbaError } from '../errors.ts';
import type { Format } from '../oci/media-type.ts';
import { formatPlatform, isSamePlatform, type Platform, parsePlatform } from '../oci/platform.ts';

/** Keys and values of one document or descriptor. */
export type Annotations = Readonly<Record<string, string>>;

const levels = ['index', 'manifest', 'index-descriptor', 'manifest-descriptor'] as const;

/** What an annotation is on, in docker's words (`docker buildx build --annotation`). */
export type Level = (typeof levels)[number];

/** One annotation on one level. */
export interface Annotation {
  readonly level: Level;
  /** The one platform whose manifest or descriptor it is for; undefined: all. */
  readonly platform?: Platform;
  readonly key: string;
  readonly value: string;
}

/**
 * `key=value`, with docker's prefixes: `index:`, `manifest[linux/arm64]:`, `index,manifest-descriptor:`. Without one
 * it is for the index and its manifests. A line without text says nothing.
 */
export function parseAnnotation(line: string): Annotation[] {
  if (line.trim() === '') return [];
  const equals = line.indexOf('=');
  const colon = line.slice(0, Math.max(equals, 0)).indexOf(':');
  const key = line.slice(colon + 1, Math.max(equals, 0));
  if (key === '' || /[\s"']/.test(key)) {
    throw new AlbaError('usage', `annotation "${line}" is not key=value or level:key=value, without quotes`);
  }
  const value = line.slice(equals + 1);
  if (colon < 0) return toAnnotations({ [key]: value });
  return line
    .slice(0, colon)
    .split(',')
    .map((text) => ({ ...parseLevel(text, line), key, value }));
}

/** For the index and its manifests. In a list, put those that others shall win over first. */
export function toAnnotations(annotations: Annotations): Annotation[] {
  return Object.entries(annotations).flatMap(([key, value]) => [
    { level: 'index', key, value } as const,
    { level: 'manifest', key, value } as const,
  ]);
}

/**
 * The annotations of one level, and of one platform, sorted by key, so that their order does not matter; undefined
 * when there are none. One that names the platform wins, then the last one.
 */
export function annotationsOf(
  annotations: readonly Annotation[],
  level: Level,
  platform?: Platform,
): Annotations | undefined {
  const found = annotations.filter((annotation) => annotation.level === level);
  const own = found.filter((annotation) => platform && isFor(annotation, platform));
  const entries = [...found.filter((annotation) => !annotation.platform), ...own];
  if (entries.length === 0) return undefined;
  return sorted(Object.fromEntries(entries.map(({ key, value }) => [key, value])));
}

/** Sorted; `more` wins over `old`. */
export function mergeAnnotations(old: Annotations | undefined, more: Annotations): Annotations {
  return sorted({ ...old, ...more });
}

/** Docker's media types have no annotations. */
export function checkAnnotations(annotations: readonly Annotation[], format: Format): void {
  if (format === 'oci' || annotations.length === 0) return;
  throw new AlbaError(
    'usage',
    'there are no annotations in format docker: leave them out, or use format oci',
  );
}

/** What annotations ask for and do not get, in sentences; `images` as they were read, before any gets a manifest of ours. */
export function annotationWarnings(images: readonly Image[], annotations: readonly Annotation[]): string[] {
  const kept = images.filter((image) => image.kind === 'with-manifest');
  const unfit = kept.filter(({ platform }) => annotationsOf(annotations, 'manifest', platform));
  const keys = unfit.flatMap(({ platform }) =>
    Object.keys(annotationsOf(annotations, 'manifest', platform) ?? {}),
  );
  const strangers = annotations.filter(
    (annotation) => annotation.platform && !images.some((image) => isFor(annotation, image.platform)),
  );
  const homeless = annotations.filter(({ level }) => level === 'index-descriptor');
  return [
    ...(unfit.length > 0 ? [tellKept(unfit, keys)] : []),
    ...strangers.map(({ level, platform, key }) => {
      const name = platform ? formatPlatform(platform) : '';
      return `annotation ${level}[${name}]:${key} is on nothing: no artifact is for ${name}`;
    }),
    ...homeless.map(
      ({ key }) => `annotation index-descriptor:${key} is on nothing: no document names the index`,
    ),
  ];
}

function tellKept(images: readonly Image[], keys: readonly string[]): string {
  const names = images.map(({ origin, platform }) => `${origin} (${formatPlatform(platform)})`).join(', ');
  const list = [...new Set(keys)].sort().join(', ');
  return `${names}: manifests that exist already stay as they are, without ${list}; manifest-descriptor: puts an annotation beside them, in the index`;
}

function parseLevel(text: string, line: string): { level: Level; platform?: Platform } {
  const [, name, platform] = /^([^[\]]*)(?:\[([^[\]]*)\])?$/.exec(text) ?? [];
  const level = levels.find((known) => known === name);
  if (!level) {
    const expected = `expected ${levels.slice(0, -1).join(', ')} or ${levels.at(-1)}`;
    throw new AlbaError('usage', `annotation "${line}" is for "${text}", which is unknown: ${expected}`);
  }
  if (platform === undefined) return { level };
  if (level.startsWith('manifest')) return { level, platform: parsePlatform(platform) };
  throw new AlbaError('usage', `annotation "${line}": ${level} is of all platforms, not of one`);
}

function isFor({ platform }: Annotation, found: Platform): boolean {
  return platform !== undefined && isSamePlatform(platform, found);
}

function sorted(annotations: Annotations): Annotations {
  const keys = Object.keys(annotations).sort();
  return Object.fromEntries(keys.map((key) => [key, annotations[key] ?? '']));
}
