import { join } from 'node:path';
import type { Node } from '../../src/content/content.ts';
import { openLayout, openLayoutArchive } from '../../src/repository/layout.ts';
import type { Repository } from '../../src/repository/repository.ts';
import { openStatic } from '../../src/repository/static/static.ts';
import { FilesystemStorage } from '../../src/storage/filesystem.ts';
import { makeReferrer, pushAll } from '../repository/referrer.ts';
import { makeRelease, publish } from '../repository/release.ts';

/** Releases that are copied: attested, and one of them signed by what refers to it, and by what refers to that. */
export const releases = {
  one: makeRelease('one', true),
  two: makeRelease('two', true),
  three: makeRelease('three'),
};

/** What refers to the first, and what refers to that. */
export const signature = makeReferrer(releases.one.descriptor, 'signature');
export const timestamp = makeReferrer(signature.descriptor, 'timestamp');
const [firstImage] = releases.one.children;
if (!firstImage) throw new Error('a release without images');
/** What refers to an image in it. */
export const sbom = makeReferrer(firstImage.descriptor, 'sbom');

/** The tag under which cosign kept signatures before there were referrers. */
export const cosignTag = ({ descriptor }: Node): string => `${descriptor.digest.replace(':', '-')}.sig`;

/** Fills a repository: `1.0`, `1` and `latest` are one release, `1.1` is another, `2.0` is signed as cosign did. */
export async function fill(repository: Repository): Promise<void> {
  await publish(repository, releases.one, ['1.0', '1', 'latest']);
  await publish(repository, releases.two, ['1.1']);
  await publish(repository, releases.three, ['2.0']);
  for (const referrer of [signature, timestamp, sbom]) await pushAll(repository, referrer);
  await publish(repository, makeRelease('signature'), [cosignTag(releases.three)]);
  await repository.close();
}

/** What a repository has under its tags, those of cosign, too. */
export async function digestsIn(repository: Repository): Promise<Record<string, string>> {
  const { tags } = await repository.allTags();
  const named = await Promise.all(
    tags
      .filter((tag) => !/^sha256-[0-9a-f]{64}$/.test(tag))
      .map(async (tag) => [tag, (await repository.resolve(tag))?.digest ?? ''] as const),
  );
  return Object.fromEntries(named.sort());
}

/** Of those of {@link fill} that have an image for every platform. */
export const allDigests = (): Record<string, string> => {
  const [one, two, three] = [releases.one, releases.two, releases.three].map(
    ({ descriptor }) => descriptor.digest,
  );
  return { '1': one ?? '', '1.0': one ?? '', '1.1': two ?? '', '2.0': three ?? '', latest: one ?? '' };
};

/** Places on this machine, by what is written before their path and their tag. */
export const localPlaces = [
  {
    name: 'a directory',
    address: (path: string) => `file://${path}#app`,
    open: (path: string) => openStatic(new FilesystemStorage(path), 'app'),
  },
  { name: 'a layout', address: (path: string) => `oci:${path}`, open: openLayout },
  {
    name: 'an archive',
    address: (path: string) => `oci-archive:${join(path, 'images.tar')}`,
    open: (path: string) => openLayoutArchive(join(path, 'images.tar')),
  },
] as const;
