import { formatBytes } from '../../progress/format.ts';
import { bytesSummary, summaryTitle } from '../push.ts';
import type { Summary } from '../summary.ts';
import type { ContainerPushResult, ManifestReport } from './push-result.ts';

/** What was published, a platform a row, and what of it was sent. */
export function containerPushSummary(result: ContainerPushResult): Summary {
  const isTagged = result.tags.length > 0;
  return {
    title: summaryTitle('Container release', result),
    blocks: [
      { paragraph: ['Index ', { code: result.digest }, ...(isTagged ? [] : [': no tag, by digest alone'])] },
      {
        header: ['Platform', 'Digest', 'Layers', 'Size', 'Sent'],
        rows: result.manifests.map((manifest) => [
          manifest.platform,
          { code: manifest.digest },
          layersOf(manifest),
          formatBytes(manifest.imageSize),
          fateOf(manifest),
        ]),
      },
      ...result.targets.flatMap(({ url, failure }) =>
        failure === undefined ? [] : [{ paragraph: [`Not at ${url}, or not with all tags: ${failure}`] }],
      ),
      { list: result.references.map((code) => ({ code })) },
      bytesSummary(result),
    ],
  };
}

function fateOf({ pushed, missing, why }: ManifestReport): string {
  if (!pushed && !missing) return 'skipped: already there';
  return `${pushed ? 'pushed' : 'would be pushed'}${why ? `: ${why}` : ''}`;
}

function layersOf({ layers, made }: ManifestReport): string {
  if (made === 0) return `${layers}, all known`;
  return made === layers ? `${layers}, compressed` : `${layers}, ${made} of them compressed`;
}
