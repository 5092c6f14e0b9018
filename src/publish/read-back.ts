import pMap from 'p-map';
import type { Blob, Node } from '../content/content.ts';
import { AlbaError } from '../errors.ts';
import type { Descriptor } from '../oci/descriptor.ts';
import type { Digest } from '../oci/digest.ts';
import { isForeign } from '../oci/media-type.ts';
import { formatCount } from '../progress/format.ts';
import type { Progress } from '../progress/progress.ts';
import type { Repository } from '../repository/repository.ts';

/** Where something was written, and what is done there. */
export interface WrittenPlace {
  readonly repository: Repository;
  /** How many requests run at once. */
  readonly concurrency: number;
  readonly progress: Progress;
}

/**
 * Looks for content that was sent, and sends once more what is not there although the writing of it was answered with
 * success. Throws where that does not help.
 */
export async function ensureContent(nodes: readonly Node[], place: WrittenPlace): Promise<void> {
  const { repository, progress } = place;
  const blobs = blobsOf(nodes);
  const missing = await repository.findMissing(blobs.map(({ descriptor }) => descriptor));
  if (missing.length === 0) return;
  progress.warn(`${tellLost(missing, repository)}: sent once more`);
  const digests = new Set(missing.map(({ digest }) => digest));
  for (const blob of blobs) if (digests.has(blob.descriptor.digest)) await repository.push(blob);
  const lost = await repository.findMissing(missing);
  if (lost.length > 0) throw new AlbaError('target', `${tellLost(lost, repository)}: ${remedy}`);
}

/**
 * Looks at tags that were written, each with what it named before, and writes once more those that do not name the
 * manifest. The digest of the manifest itself stands for what has no tag. Throws where that does not help. What another
 * publisher has moved since stays.
 */
export async function ensureTags(
  manifest: Node,
  written: ReadonlyMap<string, Digest | undefined>,
  place: WrittenPlace,
): Promise<void> {
  const { repository, concurrency, progress } = place;
  const { digest } = manifest.descriptor;
  const lost = await findLost(written, digest, place);
  if (lost.length === 0) return;
  progress.warn(`${tellUntagged(lost, repository)}: sent once more`);
  await ensureContent([manifest], place);
  await repository.tag(
    manifest,
    lost.filter((tag) => tag !== digest),
    concurrency,
  );
  const [still] = await findLost(new Map(lost.map((tag) => [tag, written.get(tag)])), digest, place);
  if (still !== undefined) throw new AlbaError('target', `${tellUntagged([still], repository)}: ${remedy}`);
}

const remedy =
  'it does not keep what it is given, though it says so; see what is wrong there, and publish again';

/** Tags that name what they did before, or nothing. */
async function findLost(
  written: ReadonlyMap<string, Digest | undefined>,
  digest: Digest,
  { repository, concurrency, progress }: WrittenPlace,
): Promise<string[]> {
  const look = async ([tag, before]: [string, Digest | undefined]): Promise<string[]> => {
    const found = (await repository.resolve(tag))?.digest;
    if (found === digest) return [];
    if (found === undefined || found === before) return [tag];
    progress.warn(`another publisher has moved ${repository.reference(tag, undefined)} to ${found} since`);
    return [];
  };
  return (await pMap(written, look, { concurrency })).flat();
}

/** Each once, and after what it points to; foreign layers are nowhere. */
function blobsOf(nodes: readonly Node[]): Blob[] {
  const found = new Map<Digest, Blob>();
  const visit = (node: Node): void => {
    const { digest, mediaType } = node.descriptor;
    if (found.has(digest) || isForeign(mediaType)) return;
    node.children.forEach(visit);
    found.set(digest, node);
  };
  nodes.forEach(visit);
  return [...found.values()];
}

function tellLost(missing: readonly Descriptor[], { url }: Repository): string {
  const [first, ...others] = missing.map(({ digest }) => digest);
  const more = others.length > 0 ? ` and ${formatCount(others.length, 'item')} more` : '';
  return `${url} lacks ${first}${more}, which it took in`;
}

function tellUntagged(tags: readonly string[], repository: Repository): string {
  const [first, ...others] = tags.map((tag) => repository.reference(tag, undefined));
  if (others.length === 0) return `${first} was written and is not there`;
  return `${first} and ${formatCount(others.length, 'tag')} more were written and are not there`;
}
