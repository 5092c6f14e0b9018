import type { Image } from '../../content/content.ts';
import { Problems } from '../../errors.ts';
import { shownPath } from '../../progress/format.ts';
import type { Progress } from '../../progress/progress.ts';
import { checkFiles } from '../../release/check.ts';
import { extractFiles } from '../../release/extract.ts';
import { measureFiles } from '../../release/measure.ts';
import { findArtifacts } from '../../source/find.ts';
import { readArtifact } from '../../source/open.ts';
import { resolvePlatforms } from '../../source/platform-name.ts';
import type { FoundFile, ReleaseFile } from '../../source/tree/file.ts';
import { readFollowed } from '../../source/tree/links.ts';
import { findTrees } from '../../source/tree/roots.ts';
import { readTrees } from '../../source/tree/tree.ts';
import type { StaticPushRequest } from './push-request.ts';

/** What is told of the files of a release. */
type FilesRequest = Pick<StaticPushRequest, 'artifacts' | 'directory' | 'extract' | 'follow' | 'release'>;

/** The files of a release, read and measured; all that is wrong with them is told at once. */
export async function readStaticFiles(
  request: FilesRequest,
  temporary: string,
  progress: Progress,
): Promise<ReleaseFile[]> {
  const problems = new Problems();
  const found = await findFiles(request, temporary, problems, progress);
  checkFiles(request.release, found, problems);
  const files = await measureFiles(found, problems, progress);
  problems.throwIfAny('source');
  return files;
}

async function findFiles(
  { artifacts, directory, extract, follow }: FilesRequest,
  temporary: string,
  problems: Problems,
  progress: Progress,
): Promise<FoundFile[]> {
  if (extract === undefined) {
    const followed = await readFollowed(follow, directory, problems);
    const { paths, isExcluded } = await findTrees(artifacts, directory, followed, problems, progress);
    return readTrees(paths, directory, problems, {
      isExcluded,
      followed,
      tell: (line) => progress.line(line),
      debug: (line) => progress.debug(line),
    });
  }
  const images: Image[] = [];
  for (const archive of await findArtifacts(artifacts, directory, progress)) {
    const { images: read } = await readArtifact(archive, { progress });
    const resolved = resolvePlatforms(read, shownPath(archive, directory), progress, archive);
    for (const one of resolved.map((image) => ({ ...image, origin: shownPath(image.origin, directory) })))
      images.push(one);
  }
  return extractFiles(images, extract, temporary, problems);
}
