import { formatBytes } from '../../progress/format.ts';
import { pullSentence, pullTitle, restoredBlocks } from '../pull-summary.ts';
import { type Cell, type Summary, shortDigest } from '../summary.ts';
import type { StaticPullResult } from './pull-result.ts';

/** What was pulled, a platform a row, and what was put right of it. */
export function staticPullSummary(result: StaticPullResult, took: number): Summary {
  const { digest, path, platforms, restored } = result;
  return {
    title: pullTitle(result),
    blocks: [
      { paragraph: [pullSentence(result, took)] },
      {
        header: ['Platform', 'Where', 'Files', 'Size'],
        rows: platforms.map((one): Cell[] => [
          one.platform ?? 'any',
          { code: one.folder === undefined ? path : `${path}/${one.folder}` },
          one.files === undefined ? '' : `${one.files}`,
          one.size === undefined ? '' : formatBytes(one.size),
        ]),
      },
      ...restoredBlocks(restored),
      { paragraph: ['The release is ', shortDigest(digest)] },
      { title: 'Digest in full', blocks: [{ list: [[{ code: digest }]] }] },
    ],
  };
}
