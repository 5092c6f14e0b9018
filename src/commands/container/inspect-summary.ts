import { formatBytes, formatCount } from '../../progress/format.ts';
import { type Cell, type Summary, type SummaryBlock, shortDigest } from '../summary.ts';
import type { ContainerInspectResult } from './inspect-result.ts';

/** Rows of a table; GitHub shows at most 1 MiB of a page. */
const most = 100;

/** What was found: a platform a row, artifacts, what refers to them; digests in full at the end. */
export function containerInspectSummary(result: ContainerInspectResult): Summary {
  const { reference, digest, size, images, artifacts, referrers, problems } = result;
  return {
    title: `Inspected ${reference}`,
    blocks: [
      { paragraph: [`${formatCount(images.length, 'image')}, ${formatBytes(size)} in all`] },
      ...problems.slice(0, most).map((text): SummaryBlock => ({ paragraph: [text] })),
      ...table(
        ['Platform', 'Size', 'Of that no other has', 'Layers', 'Digest'],
        images.map((image) => [
          [image.platform, ...(image.alsoFor ?? [])].join(', '),
          formatBytes(image.size),
          formatBytes(image.uniqueSize),
          `${image.layers.length}`,
          shortDigest(image.digest ?? image.config.digest),
        ]),
      ),
      ...table(
        ['Artifact', 'Size', 'Layers', 'Digest'],
        artifacts.map((artifact) => [
          artifact.kind,
          formatBytes(artifact.size),
          `${artifact.layers.length}`,
          shortDigest(artifact.digest),
        ]),
      ),
      ...table(
        ['Referrer', 'Of', 'Type', 'Digest'],
        referrers.map((referrer) => [
          referrer.kind,
          shortDigest(referrer.subject),
          referrer.predicateTypes?.join(', ') ?? referrer.artifactType ?? referrer.mediaType,
          shortDigest(referrer.digest),
        ]),
      ),
      {
        title: 'Digests in full',
        blocks: [
          {
            list: [
              ...(digest ? [['', { code: digest }]] : []),
              ...images
                .slice(0, most)
                .map((image): Cell[] => [
                  `${image.platform} `,
                  { code: image.digest ?? image.config.digest },
                ]),
            ],
          },
        ],
      },
    ],
  };
}

function table(header: readonly string[], rows: readonly (readonly Cell[])[]): SummaryBlock[] {
  if (rows.length === 0) return [];
  const rest = rows.length - most;
  return [{ header, rows: rows.slice(0, most) }, ...(rest > 0 ? [{ paragraph: [`and ${rest} more`] }] : [])];
}
