import { formatBytes } from '../../progress/format.ts';
import { bytesSummary, summaryTitle } from '../push.ts';
import type { Summary } from '../summary.ts';
import type { StaticPushResult } from './push-result.ts';

/** Files listed; GitHub shows at most 1 MiB of a page. */
const maxFiles = 200;

/** What was published, platforms and files. */
export function staticPushSummary(result: StaticPushResult): Summary {
  const files = result.files.slice(0, maxFiles);
  const rest = result.files.length - files.length;
  return {
    title: summaryTitle(`${result.name} ${result.tag}`, result),
    blocks: [
      {
        header: ['Platform', 'Files', 'Size'],
        rows: Object.entries(result.platforms).map(([platform, { files: count, size }]) => [
          platform,
          `${count}`,
          formatBytes(size),
        ]),
      },
      {
        header: ['File', 'Size', 'Digest'],
        rows: files.map(({ path, size, digest, url }) => [
          url ? { text: path, url } : path,
          formatBytes(size),
          { code: digest },
        ]),
      },
      ...(rest > 0 ? [{ paragraph: [`and ${rest} more`] }] : []),
      bytesSummary(result),
    ],
  };
}
