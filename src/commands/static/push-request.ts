import { AlbaError } from '../../errors.ts';
import { parseNamedTag } from '../../oci/named-tag.ts';
import type { Connection } from '../../place/connection.ts';
import type { StoragePlace } from '../../place/scheme.ts';
import { parseFilesTarget } from '../../place/target.ts';
import { parseRelease, type Release } from '../../release/keys.ts';
import { parseAll, parseAllLater, parseEach } from '../problems.ts';
import { parseBoolean, parseInteger, parseSome } from '../values.ts';

/** All that a push of plain files is told. */
export interface StaticPushRequest {
  /** Trees `<os>/<architecture>/…`, with `extract` image archives; paths and globs, relative to `directory`. */
  readonly artifacts: readonly string[];
  readonly directory: string;
  readonly release: Release;
  readonly targets: readonly StoragePlace[];
  /** The path in each image whose files are published: a folder, or a file. */
  readonly extract?: string;
  /** Whether a page to download from is written. */
  readonly page: boolean;
  /** Where the targets are served, without a slash at its end. */
  readonly publicUrl?: string;
  /** Whether browsers are told to save the files rather than to show them. */
  readonly attachment: boolean;
  /** Files on their way at once, for each target. */
  readonly concurrency: number;
  readonly dryRun: boolean;
  /** Whether a tag that is there with other files is an error. */
  readonly immutable: boolean;
  /** Where the files of images wait until they are sent. */
  readonly temporaryDirectory: string;
  readonly connection: Connection;
}

/** What a person wrote, one text an item; an empty text asks for nothing. */
export interface StaticPushInput {
  readonly artifacts: readonly string[];
  readonly targets: readonly string[];
  /** `name:tag`, one of them. */
  readonly tags: readonly string[];
  readonly extract: string;
  readonly page: string;
  readonly publicUrl: string;
  /** `attachment`, or nothing. */
  readonly contentDisposition: string;
  readonly concurrency: string;
  readonly dryRun: string;
  readonly immutable: string;
}

/** What the machine says. */
export type StaticPushContext = Pick<StaticPushRequest, 'directory' | 'temporaryDirectory' | 'connection'>;

/** The request in what a person wrote; one usage error tells of everything that is wrong with it. */
export async function parseStaticPush(
  input: StaticPushInput,
  readContext: () => Promise<StaticPushContext>,
): Promise<StaticPushRequest> {
  const { context, parsed } = await parseAllLater({
    context: readContext,
    parsed: () => parseInput(input),
  });
  return { ...context, ...parsed };
}

function parseInput(input: StaticPushInput): Omit<StaticPushRequest, keyof StaticPushContext> {
  const { publicUrl, extract, ...settings } = parseAll({
    artifacts: () =>
      parseSome(input.artifacts, 'no artifacts: name at least one folder <os>/<architecture>/<files>'),
    targets: () => parseTargets(input.targets),
    release: () => parseOneRelease(input.tags),
    extract: () => parseExtract(input.extract),
    page: () => parseBoolean('page', input.page),
    publicUrl: () => parsePublicUrl(input.publicUrl),
    attachment: () => parseAttachment(input.contentDisposition),
    concurrency: () => parseInteger('concurrency', input.concurrency, 1, 256),
    dryRun: () => parseBoolean('dry-run', input.dryRun),
    immutable: () => parseBoolean('immutable', input.immutable),
  });
  return {
    ...settings,
    ...(publicUrl !== undefined && { publicUrl }),
    ...(extract !== undefined && { extract }),
  };
}

function parseTargets(urls: readonly string[]): StoragePlace[] {
  const example = 's3://bucket?region=… or file://./site';
  return parseEach(parseSome(urls, `no target: name at least one URL, such as ${example}`), parseFilesTarget);
}

function parseOneRelease(tags: readonly string[]): Release {
  const [text, ...others] = tags;
  if (text === undefined) throw new AlbaError('usage', 'no tag: name the release as name:tag');
  if (others.length > 0)
    throw new AlbaError(
      'usage',
      `one tag is published at a time, not ${tags.length}: run it once for each of ${tags.join(', ')}`,
    );
  const { name, tag } = parseNamedTag(text);
  if (tag !== undefined) return parseRelease(name, tag);
  throw new AlbaError('usage', `"${text}" has no tag: name the release as ${name}:tag`);
}

function parseExtract(text: string): string | undefined {
  if (text === '' || text.startsWith('/')) return text || undefined;
  throw new AlbaError('usage', `extract "${text}" is not a path from the root of an image, such as /app/out`);
}

function parseAttachment(text: string): boolean {
  if (text === '' || text === 'attachment') return text !== '';
  throw new AlbaError('usage', `content-disposition "${text}" is unknown: expected attachment, or nothing`);
}

/** Without a slash at its end, so that keys follow after one. */
function parsePublicUrl(text: string): string | undefined {
  if (text === '') return undefined;
  if (URL.canParse(text)) {
    const { protocol, username, password, search, hash, href } = new URL(text);
    const isPlain = [username, password, search, hash].every((part) => part === '');
    if (/^https?:$/.test(protocol) && isPlain) return href.replace(/\/+$/, '');
  }
  throw new AlbaError(
    'usage',
    'public-url must be the http or https URL where the target is served, such as https://download.example.org, without credentials or query',
  );
}
