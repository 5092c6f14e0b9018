import { pMapIterable } from 'p-map';
import { openLater } from '../../content/content.ts';
import { AlbaError, messageOf, Problems } from '../../errors.ts';
import { type Digest, digestOf } from '../../oci/digest.ts';
import { formatCount, formatNames } from '../../progress/format.ts';
import type { Progress } from '../../progress/progress.ts';
import { sum } from '../../progress/sum.ts';
import type { Flavor } from '../../release/documents.ts';
import { openDocuments } from '../../release/in-folders.ts';
import { fileKey, parseRelease, type Release, tagKey } from '../../release/keys.ts';
import { readTagDocument, type TagDocument } from '../../release/published.ts';
import { readTagList } from '../../release/tags.ts';
import { nearest } from '../../source/tree/nearest.ts';
import { whereIs } from '../../storage/bytes.ts';
import type { Storage } from '../../storage/storage.ts';
import { filePathProblem, layerOfFiles } from './files-layer.ts';
import type { FilesOfPlatform, FilesRelease, FileToFetch } from './files-release.ts';
import { candidates, type WantedRelease } from './wanted-release.ts';

/** Documents that are looked at for a digest that no tag was named with, and files whose size is asked for at once. */
const mostLooked = 100;
const concurrency = 16;

/**
 * A release of plain files in a storage (df-dist-v1). A tag is asked for at once, the newest by the list of tags, of which those that
 * are withdrawn are passed over. Throws an AlbaError that tells what is there where the wanted one is not.
 */
export async function openDistribution(
  storage: Storage,
  wanted: WantedRelease & { readonly name: string },
  progress: Progress,
): Promise<FilesRelease> {
  const { found, documents, release } = await findRelease(storage, wanted, progress);
  const digest = digestOf(found.bytes);
  const where = whereIs(storage, tagKey(release));
  if (wanted.digest !== undefined && wanted.digest !== digest) {
    throw new AlbaError(
      'source',
      `${where} is ${digest}, and not ${wanted.digest}: it was published anew since`,
    );
  }
  const platforms = found.manifest.flavors.map((flavor) => platformOf(storage, release, flavor, where));
  if (found.manifest.flavors.some(({ resources }) => resources.some((one) => one.digest === undefined))) {
    progress.warn(
      `${where} tells no digests of files, as an older tool wrote it: nothing proves what is fetched`,
    );
  }
  return {
    origin: where,
    tag: release.tag,
    digest,
    platforms,
    async isReplaced() {
      const now = await readTagDocument(documents, release).catch(() => undefined);
      return now === undefined || digestOf(now.bytes) !== digest;
    },
    [Symbol.asyncDispose]: () => storage.close(),
  };
}

interface FoundRelease {
  readonly found: TagDocument;
  readonly release: Release;
  /** Where its documents are read, which on some storages lie in the folders of what they name. */
  readonly documents: Storage;
}

async function findRelease(
  storage: Storage,
  { name, wanted, digest }: WantedRelease & { readonly name: string },
  progress: Progress,
): Promise<FoundRelease> {
  const exact = wanted.kind === 'tag' ? parseRelease(name, wanted.tag) : undefined;
  const first = exact && (await readStanding(storage, exact));
  if (exact && first) return { found: first, release: exact, documents: storage };
  const direct = exact ? undefined : await readTagList(storage, name);
  const documents = direct ? storage : await openDocuments(storage, name);
  if (exact) {
    const again = documents === storage ? undefined : await readStanding(documents, exact);
    if (again) return { found: again, release: exact, documents };
  }
  const tags = (direct ?? (await readTagList(documents, name)))?.tags;
  if (!tags) throw noSuchName(storage, name);
  const isLookedFor = digest !== undefined && wanted.kind === 'newest' && wanted.range === undefined;
  const meant =
    wanted.kind === 'tag' ? [] : isLookedFor ? tags.slice(0, mostLooked) : candidates(wanted, tags);
  for (const tag of meant) {
    const release = parseRelease(name, tag);
    const found = await readStanding(documents, release);
    if (found && !(isLookedFor && digestOf(found.bytes) !== digest)) return { found, release, documents };
    if (!found)
      progress.line(`${whereIs(storage, tagKey(release))} is withdrawn, or being replaced: passed over`);
  }
  throw noSuchTag(whereIs(storage, tagKey({ name, tag: '' })).slice(0, -1), { wanted, digest }, tags);
}

/** The document of a tag, undefined where there is none, or one that names no files, as of a tag that is being replaced. */
async function readStanding(storage: Storage, release: Release): Promise<TagDocument | undefined> {
  const found = await readTagDocument(storage, release);
  return found?.manifest.flavors.some(({ resources }) => resources.length > 0) ? found : undefined;
}

function noSuchName(storage: Storage, name: string): AlbaError {
  return new AlbaError(
    'source',
    `${storage.url} has no files of "${name}": were they published there? what was published as an artifact is found by ${storage.url}#${name}`,
  );
}

/** The error for a release that is not there, with what is. */
export function noSuchTag(
  where: string,
  { wanted, digest }: Pick<WantedRelease, 'wanted'> & { readonly digest: Digest | undefined },
  tags: readonly string[],
): AlbaError {
  const listed =
    tags.length > 0 ? `it has ${formatCount(tags.length, 'tag')}: ${formatNames(tags)}` : 'it has no tag';
  if (wanted.kind === 'tag') {
    const newest = candidates({ kind: 'newest', range: `~${wanted.tag}` }, tags)[0];
    const meant = newest ?? nearest(wanted.tag, tags.slice(0, 5_000));
    const hint =
      meant !== undefined && meant !== wanted.tag
        ? `is ${meant} meant${newest === undefined ? '' : `, the newest of ~${wanted.tag}`}? `
        : '';
    if (tags.includes(wanted.tag)) {
      const why = 'is withdrawn, or being replaced: try again later, or name another tag';
      return new AlbaError('source', `${where}/${wanted.tag} ${why}; ${listed}`);
    }
    return new AlbaError('source', `${where} has no tag ${wanted.tag}: ${hint}${listed}`);
  }
  if (digest !== undefined && wanted.range === undefined) {
    return new AlbaError('source', `${where} has no tag that leads to ${digest}; ${listed}`);
  }
  const what = wanted.range === undefined ? 'no release' : `no release in the range ${wanted.range}`;
  return new AlbaError('source', `${where} has ${what}: name a tag; ${listed}`);
}

function platformOf(storage: Storage, release: Release, flavor: Flavor, where: string): FilesOfPlatform {
  const { os, architecture, variant } = flavor.platform;
  for (const part of [os, architecture, variant]) {
    if (part === undefined || (/^[\w.-]+$/.test(part) && !filePathProblem(part))) continue;
    throw new AlbaError('source', `${where} names a platform that is none: ${JSON.stringify(part)}`);
  }
  return {
    platform: { os, architecture, ...(variant && { variant }) },
    size: async () => sum(flavor.resources.map(({ size = 0 }) => size)),
    isPacked: async () => false,
    async open(folder) {
      assertInside(flavor, where);
      const files = await filesOf(storage, release, flavor);
      const layer = layerOfFiles(files, folder, where);
      return { layers: [layer], root: '', rest: { files, layer, at: 0 } };
    },
  };
}

/** Before any of it becomes part of a key. */
function assertInside({ resources }: Flavor, where: string): void {
  const problems = new Problems();
  for (const { path } of resources) {
    const problem = filePathProblem(path);
    if (problem) problems.add(`${where}: ${JSON.stringify(path)} ${problem}`);
  }
  problems.throwIfAny('source');
}

async function filesOf(
  storage: Storage,
  release: Release,
  { platform: { os, architecture, variant }, resources }: Flavor,
): Promise<FileToFetch[]> {
  const isOld = resources.every(({ digest }) => digest === undefined);
  const read = async ({
    path,
    size,
    digest,
    executable,
  }: (typeof resources)[number]): Promise<FileToFetch> => {
    const key = fileKey(release, `${os}/${architecture}/${path}`);
    const origin = whereIs(storage, key);
    return {
      path: variant !== undefined && path.startsWith(`${variant}/`) ? path.slice(variant.length + 1) : path,
      size: size ?? (await sizeOf(storage, key)),
      digest,
      executable: isOld ? undefined : (executable ?? false),
      origin,
      open: openLater(() => openFile(storage, key, origin)),
    };
  };
  const files: FileToFetch[] = [];
  for await (const file of pMapIterable(resources, read, { concurrency })) files.push(file);
  return files;
}

async function sizeOf(storage: Storage, key: string): Promise<number> {
  const found = await storage.head(key);
  if (found) return found.size;
  throw missing(whereIs(storage, key));
}

async function openFile(storage: Storage, key: string, origin: string): Promise<AsyncIterable<Uint8Array>> {
  const bytes = await storage.get(key);
  if (!bytes) throw missing(origin);
  return told(bytes, origin);
}

/** What breaks a connection is told as a fault of who was asked. */
async function* told(bytes: AsyncIterable<Uint8Array>, origin: string): AsyncGenerator<Uint8Array> {
  try {
    yield* bytes;
  } catch (cause) {
    if (cause instanceof AlbaError) throw cause;
    throw new AlbaError('source', `${origin} could not be read: ${messageOf(cause)}`, { cause });
  }
}

function missing(origin: string): AlbaError {
  return new AlbaError('source', `${origin} is not there, though its tag names it: is it being replaced?`);
}
