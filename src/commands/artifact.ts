import { relative } from 'node:path';
import type { Knowledge } from '../cache/knowledge.ts';
import type { Image } from '../content/content.ts';
import type { Progress } from '../content/progress.ts';
import { formatPlatform } from '../oci/platform.ts';
import { fingerprint } from '../source/fingerprint.ts';
import { readArtifact } from '../source/open.ts';
import { checkName } from '../source/platform-name.ts';
import { formatCount } from './format.ts';
import { once } from './once.ts';
import { recall, toKnown } from './recall.ts';

/** The images of one artifact, read and verified, or remembered from when they were. */
export interface Artifact {
  readonly images: readonly Image[];
  /** Whether nothing of it had to be read but its digest. */
  readonly isKnown: boolean;
}

/** Hashes an archive; reads it only when no earlier run did. */
export async function openArtifact(
  path: string,
  directory: string,
  knowledge: Knowledge,
  progress: Progress,
): Promise<Artifact> {
  const inside = relative(directory, path);
  const origin = inside.startsWith('..') ? path : inside;
  const digest = await fingerprint(path, progress);
  const known = digest && knowledge.imagesOf(digest);
  const read = once(() => readArtifact(path, progress));
  const images = known ? known.map((image) => recall(image, origin, read)) : await read();
  if (known) checkName(path, images);
  else if (digest) knowledge.learnImages(digest, images.map(toKnown));
  for (const image of images) progress.line(`${origin} -> ${describe(image)}${known ? ', unchanged' : ''}`);
  return { images, isKnown: known !== undefined };
}

function describe(image: Image): string {
  const count = image.kind === 'loose' ? image.layers.length : image.manifest.children.length - 1;
  return `${formatPlatform(image.platform)}, ${formatCount(count, 'layer')}`;
}
