import type { Reference } from '../../oci/reference.ts';
import { parseAddress } from '../../place/schemes.ts';
import { formatBytes, formatDifference } from '../../progress/format.ts';
import { bytesSummary, summaryTitle, targetsSummary } from '../push.ts';
import { type Cell, type Summary, type SummaryBlock, shortDigest } from '../summary.ts';
import type { ContainerPushResult, ManifestReport } from './push-result.ts';

/** Names in the title, and lines to copy. */
const most = 5;

/** What was published: how to pull it, a platform a row, what each target has got; digests in full at the end. */
export function containerPushSummary(result: ContainerPushResult, took: number): Summary {
  const { references, manifests, targets, digest, dryRun } = result;
  const pushed = new Set(manifests.map(({ platform }) => platform));
  const kept = Object.entries(result.platforms).filter(([platform]) => !pushed.has(platform));
  const release = releaseOf(references);
  const failures = targets.flatMap(({ url, failure }): SummaryBlock[] =>
    failure === undefined
      ? []
      : [{ paragraph: ['Not at ', { code: url }, `, or not with all tags: ${failure}`] }],
  );
  const pulled = references.flatMap(onRegistry);
  return {
    title: failures.length > 0 ? `Published in part: ${release}` : summaryTitle(release, result),
    blocks: [
      ...failures,
      ...(dryRun ? [] : pullBlocks(pulled)),
      bytesSummary(result, took),
      {
        header: ['Platform', 'Size', dryRun ? 'What would be done' : 'What was done', 'Layers', 'Digest'],
        rows: manifests
          .map((manifest): Cell[] => [
            manifest.platform,
            sizeCell(manifest),
            fateOf(manifest),
            layersOf(manifest),
            shortDigest(manifest.digest),
          ])
          .concat(kept.map(([platform, stays]) => [platform, '', 'stays as it was', '', shortDigest(stays)])),
      },
      ...previousBlocks(result),
      targetsSummary(targets, result),
      ...linkBlocks(pulled),
      { paragraph: [dryRun ? 'It would be found by:' : 'It is found by:'] },
      { list: references.map((code) => [{ code }]) },
      {
        title: 'Digests in full',
        blocks: [
          {
            list: [
              ['index ', { code: digest }],
              ...manifests.map((manifest): Cell[] => [`${manifest.platform} `, { code: manifest.digest }]),
              ...kept.map(([platform, stays]): Cell[] => [`${platform} `, { code: stays }]),
            ],
          },
        ],
      },
    ],
  };
}

/** `albatros:0.9, latest`: every name once, with all of its tags. */
function releaseOf(references: readonly string[]): string {
  const tagsOf = new Map<string, Set<string>>();
  for (const reference of references) {
    const [, name = '', tag] = /([^/#]+?)\/?(?::([^:/]+))?@sha256:[0-9a-f]+$/.exec(reference) ?? [];
    tagsOf.set(name, (tagsOf.get(name) ?? new Set()).add(tag ?? ''));
  }
  const names = [...tagsOf].map(([name, tags]) => {
    const told = [...tags].filter((tag) => tag !== '').slice(0, most);
    if (told.length === 0) return `${name} by digest, no tag`;
    return `${name}:${told.join(', ')}${told.length < tags.size ? ', …' : ''}`;
  });
  return `${names.slice(0, most).join('; ')}${names.length > most ? '; …' : ''}`;
}

/** What docker pulls; nothing of buckets, directories and layouts. */
function onRegistry(text: string): Reference[] {
  const { place, tag, digest } = parseAddress(text, 'reference');
  if (!place?.reference) return [];
  return [{ ...place.reference, ...(tag && { tag }), ...(digest && { digest }) }];
}

/** One of each repository, by its first tag. */
function pullBlocks(references: readonly Reference[]): SummaryBlock[] {
  return firstOfEach(references).map(({ registry, repository, tag, digest }) => ({
    command: `docker pull ${registry}/${repository}${tag === undefined ? `@${digest}` : `:${tag}`}`,
  }));
}

function firstOfEach(references: readonly Reference[]): Reference[] {
  const byName = new Map(
    references.toReversed().map((reference) => [`${reference.registry}/${reference.repository}`, reference]),
  );
  return [...byName.values()].reverse().slice(0, most);
}

/** Where people look at a repository, on registries that have such pages under known addresses. */
const pages: Readonly<Record<string, string>> = {
  'docker.io': 'https://hub.docker.com/r/',
  'ghcr.io': 'https://ghcr.io/',
  'quay.io': 'https://quay.io/repository/',
};

function linkBlocks(references: readonly Reference[]): SummaryBlock[] {
  const links = firstOfEach(references).flatMap(({ registry, repository }): Cell[][] => {
    const page = pages[registry];
    return page === undefined ? [] : [[{ text: `${registry}/${repository}`, url: `${page}${repository}` }]];
  });
  return links.length > 0 ? [{ paragraph: ['On the web:'] }, { list: links }] : [];
}

/** `12.3 MB (was 12.1 MB, +204 kB)`; a size that is what it was stands alone. */
function sizeCell({ imageSize, previousSize = imageSize }: ManifestReport): string {
  const size = formatBytes(imageSize);
  if (previousSize === imageSize) return size;
  return `${size} (was ${formatBytes(previousSize)}, ${formatDifference(imageSize - previousSize)})`;
}

/** What the sizes are beside, where any is. */
function previousBlocks({ manifests, previous }: ContainerPushResult): SummaryBlock[] {
  const isTold = manifests.some(({ imageSize, previousSize = imageSize }) => imageSize !== previousSize);
  if (!previous || !isTold) return [];
  return [
    {
      paragraph: [
        'Sizes before are those of ',
        { code: previous.tag },
        ', ',
        shortDigest(previous.digest),
        '.',
      ],
    },
  ];
}

function fateOf({ pushed, missing, why }: ManifestReport): string {
  if (!pushed && !missing) return 'already there';
  return `${pushed ? 'pushed' : 'would be pushed'}${why ? `: ${why}` : ''}`;
}

function layersOf({ layers, made }: ManifestReport): string {
  if (made === 0) return `${layers}, all known`;
  return made === layers ? `${layers}, compressed` : `${layers}, ${made} of them compressed`;
}
