import { resolve } from 'node:path';
import { graphLimits, walkGraph } from '../content/graph.ts';
import { readDocument } from '../content/verify.ts';
import { AlbaError } from '../errors.ts';
import type { Descriptor } from '../oci/descriptor.ts';
import type { Digest } from '../oci/digest.ts';
import { blobName, indexName } from '../oci/layout.ts';
import { parseIndex } from '../oci/manifest.ts';
import { parseReferrer } from '../oci/referrer.ts';
import { guessAddress } from '../place/schemes.ts';
import { withoutPassword } from '../progress/format.ts';
import type { Progress } from '../progress/progress.ts';
import { readArchive } from '../source/archive.ts';
import { readBothKinds } from '../source/both-kinds.ts';
import { manifestName, readDockerArchive } from '../source/docker-archive.ts';
import { openFolder } from '../source/folder.ts';
import { type Member, type Members, readMember } from '../source/members.ts';
import { hintForMissing } from '../source/missing.ts';
import { readArtifact } from '../source/open.ts';
import { openSkopeoFolder, versionName } from '../source/skopeo-folder.ts';
import { kindOf, readCompression } from '../source/sniff.ts';
import type { Subject, SubjectContext } from './subject.ts';

/** What lies at a path: a docker archive, an OCI layout as a folder or an archive, a `dir:` folder of skopeo. */
export async function openPathSubject(
  path: string,
  { directory, progress }: Pick<SubjectContext, 'directory' | 'progress'>,
): Promise<Subject> {
  const location = resolve(directory, path);
  const kind = await kindOf(location);
  if (kind === 'missing' || kind === 'dangling') throw missing(path, directory);
  const members =
    kind === 'folder' || kind === 'layout'
      ? openFolder(location, progress)
      : await readArchive(location, await readCompression(location), { progress });
  const has = async (name: string): Promise<boolean> => (await members.find(name)) !== undefined;
  const [isDocker, isLayout] = [await has(manifestName), await has(indexName)];
  if (isDocker && isLayout) return bothKinds(path, members, progress);
  if (isDocker && (await has(versionName))) return skopeoSubject(path, members);
  if (isDocker) return { ...nothing(path), loose: await readDockerArchive(members) };
  if (isLayout) return layoutSubject(path, members);
  // It says what is there instead.
  await readArtifact(location, { progress });
  throw new AlbaError(
    'source',
    `${path} is neither an image archive nor an OCI layout: expected what docker save, buildx, podman or Nix writes`,
  );
}

/** What docker 25 and others save: the layout counts, unless it is what docker made up for its list. */
async function bothKinds(path: string, members: Members, progress: Progress): Promise<Subject> {
  const { images } = await readBothKinds(members, progress);
  const loose = images.filter((image) => image.kind === 'without-manifest');
  if (loose.length > 0) return { ...nothing(path), loose };
  return { ...(await layoutSubject(path, members)), isPartial: true };
}

async function layoutSubject(path: string, members: Members): Promise<Subject> {
  const index = await members.find(indexName);
  const roots = index ? parseIndex(await readMember(index), index.origin).manifests : [];
  return subjectOf(path, roots, ({ digest }) => members.find(blobName(digest)));
}

async function skopeoSubject(path: string, members: Members): Promise<Subject> {
  const { root, find } = await openSkopeoFolder(members);
  return subjectOf(path, [root], find);
}

function subjectOf(
  origin: string,
  roots: readonly Descriptor[],
  member: (descriptor: Descriptor) => Promise<Member | undefined>,
): Subject {
  let bySubject: Promise<ReadonlyMap<Digest, readonly Descriptor[]>> | undefined;
  const find: Subject['find'] = async (descriptor) => (await member(descriptor))?.open;
  return {
    ...nothing(origin),
    roots,
    find,
    async referrers(digest) {
      bySubject ??= readReferrers(origin, roots, find);
      return (await bySubject).get(digest) ?? [];
    },
  };
}

/** A layout has no list of them: all that it lists is read. */
async function readReferrers(
  origin: string,
  roots: readonly Descriptor[],
  find: Subject['find'],
): Promise<ReadonlyMap<Digest, readonly Descriptor[]>> {
  const found = new Map<Digest, Descriptor[]>();
  const source = { origin, fault: 'source', limits: graphLimits.layout } as const;
  const read = async (descriptor: Descriptor) => {
    const open = await find(descriptor);
    const where = `${origin} (${descriptor.digest})`;
    return open && { bytes: await readDocument({ descriptor, open }, where), origin: where };
  };
  for await (const { descriptor, bytes, origin: where } of walkGraph(roots, { ...source, read })) {
    const referrer = parseReferrer(descriptor, bytes, where);
    if (!referrer) continue;
    const all = found.get(referrer.subject) ?? [];
    all.push(referrer.descriptor);
    found.set(referrer.subject, all);
  }
  return found;
}

function nothing(origin: string): Subject {
  return {
    origin,
    roots: [],
    loose: [],
    isPartial: false,
    find: async () => undefined,
    referrers: async () => [],
    tagged: async () => undefined,
    close: async () => {},
  };
}

function missing(path: string, directory: string): AlbaError {
  const meant = guessAddress(path, 'reference');
  const hint = meant ? `is a published image meant, ${meant}?` : hintForMissing(path);
  const remedy = hint ?? 'is the path right, and was it built before this?';
  return new AlbaError('source', `${withoutPassword(path)} does not exist in ${directory}: ${remedy}`);
}
