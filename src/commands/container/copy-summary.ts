import { formatCount } from '../../progress/format.ts';
import { bytesSummary } from '../push.ts';
import { type Cell, type Summary, type SummaryBlock, shortDigest } from '../summary.ts';
import type { ContainerCopyResult, CopiedTagReport, CopyPairReport } from './copy-result.ts';

/** What was copied, a tag a row, and how a target differs. */
export function containerCopySummary(result: ContainerCopyResult, took: number): Summary {
  const { copies, check, dryRun } = result;
  return {
    title: titleOf(result),
    blocks: [
      ...(check ? [] : [bytesSummary(result, took)]),
      ...copies.flatMap((copy) => pairBlocks(copy, dryRun)),
    ],
  };
}

function titleOf({ copies, check, dryRun }: ContainerCopyResult): string {
  const drift = copies.flatMap((copy) => copy.drift).length;
  if (check)
    return drift === 0 ? 'The same as at the source' : `${formatCount(drift, 'difference')} from the source`;
  const [only, ...others] = copies.flatMap(({ tags }) => tags.map(({ reference }) => reference));
  const what = only !== undefined && others.length === 0 ? only : formatCount(others.length + 1, 'tag');
  return dryRun ? `Dry run of a copy of ${what}` : `Copied ${what}`;
}

function pairBlocks({ source, target, ...copy }: CopyPairReport, dryRun: boolean): SummaryBlock[] {
  const { tags, passedOver, referrers, drift } = copy;
  const thinned = tags.filter(({ whole }) => whole).length;
  const rest = `with ${formatCount(referrers, 'referrer')} (signatures, attestations and the like).`;
  return [
    { paragraph: ['From ', { code: source }, ' to ', { code: target }, `, ${rest}`] },
    ...(thinned > 0
      ? [{ paragraph: ['Platforms were left out, so that these are other indexes than at the source.'] }]
      : []),
    ...(drift.length > 0 ? [{ list: drift.map(({ message }): Cell[] => [message]) }] : []),
    {
      header: ['Tag', 'Digest', dryRun ? 'What it is there' : 'What was done'],
      rows: tags.map((tag): Cell[] => [tag.tag ?? '', shortDigest(tag.digest), fateOf(tag, dryRun)]),
    },
    ...(passedOver.length > 0
      ? [{ paragraph: [`Nothing for the wanted platforms: ${passedOver.join(', ')}.`] }]
      : []),
  ];
}

function fateOf({ state, tag }: CopiedTagReport, dryRun: boolean): string {
  if (tag === undefined) return dryRun ? 'by its digest' : 'copied by its digest';
  const words = dryRun
    ? { new: 'missing', moved: 'another one', same: 'the same' }
    : { new: 'copied', moved: 'copied, it was another one', same: 'was there' };
  return words[state];
}
