import { formatBytes } from '../../progress/format.ts';
import { pullSentence, pullTitle, restoredBlocks } from '../pull-summary.ts';
import { type Cell, type Summary, shortDigest } from '../summary.ts';
import type { ContainerPullResult } from './pull-result.ts';

/** What was pulled, a platform a row, and what was put right of it. */
export function containerPullSummary(result: ContainerPullResult, took: number): Summary {
  const { digest, path, images } = result;
  const restored = images.flatMap((image) => image.restored);
  return {
    title: pullTitle(result),
    blocks: [
      { paragraph: [pullSentence(result, took)] },
      {
        header: ['Platform', 'Where', 'Files', 'Size', 'Digest'],
        rows: images.map((image): Cell[] => [
          image.platform,
          { code: image.path ?? path },
          image.files === undefined ? '' : `${image.files}`,
          image.size === undefined ? '' : formatBytes(image.size),
          image.digest === undefined ? '' : shortDigest(image.digest),
        ]),
      },
      ...restoredBlocks(restored),
      { title: 'Digest in full', blocks: [{ list: [[{ code: digest }]] }] },
    ],
  };
}
