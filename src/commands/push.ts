import { AlbaError } from '../errors.ts';
import { parseAnnotation } from '../image/annotate.ts';
import type { Role } from '../place/scheme.ts';
import { formsIn, splitAddresses } from '../place/schemes.ts';
import type { Target } from '../place/target.ts';
import { formatBytes, formatDuration } from '../progress/format.ts';
import type { Input, InputOptions } from './input.ts';
import { each, flag, lines, pairs, text } from './kinds.ts';
import type { SummaryBlock } from './summary.ts';

/** Inputs that mean the same to every push. */
export const pushInputs = {
  'dry-run': flag('read and check everything, tell what would be sent, write nothing', {
    more: '`missingBytes` in the output `metadata` is how much that is',
  }),
  immutable: flag('a tag that is there with other content is an error', {
    more: 'With the same content nothing is sent',
  }),
};

/** Whether other tags move with a release. */
export const floating = flag(
  'with a release `1.2.3`, let `1.2`, `1` and `latest` name it, too; never for a pre-release, never backwards',
);

/** Whether a release joins what is published under its tag. */
export const update = flag(
  'let the platforms join those of the tag that is there, or replace theirs; all others stay',
  {
    more: 'So jobs of a matrix can each publish their own. Of several tags and targets the first one counts, and the others come to name what it comes to; `platforms` speaks of what is pushed now. Of files by platform for artifacts alone',
  },
);

/** Throws where there is no tag to join, or one that is to stay as it is. */
export function checkUpdate(targets: readonly Target[], isImmutable: boolean): void {
  if (isImmutable) {
    throw new AlbaError(
      'usage',
      '"update" changes a tag that is there, and "immutable" asks that it stays: give one of both',
    );
  }
  if (targets.every(({ tags }) => tags.length > 0)) return;
  throw new AlbaError('usage', '"update" adds to the index of a tag: give a tag, and no "by-digest"');
}

/** What documents say besides. */
export const annotations = pairs('`key=value` for the index and its manifests', {
  more: "Before the key docker's levels (`index:`, `manifest:`, …), as docker/metadata-action writes them. Of files by platform for artifacts alone",
  singular: 'annotation',
  parse: (given) => each(parseAnnotation)(given).flat(),
});

/** What a push remembers of what it has published. */
export const cacheInputs = {
  cache: flag(
    'remember what was published, so that the next run only hashes what did not change, and sends what did',
    {
      more: 'In a workflow that is kept in the Actions cache',
      default: true,
      no: 'remember nothing of what is published',
    },
  ),
  'cache-dir': text("where to remember what was published; the user's cache folder if not given", {
    only: 'command line',
    placeholder: 'path',
  }),
};

/** Where a push brings what it publishes. */
export function targets<T>(
  roles: readonly Role[],
  parse: (item: string) => T,
  options: Pick<InputOptions, 'needed' | 'more'>,
): Input<T[]> {
  return lines('where to, as URLs', {
    word: 'target',
    ...options,
    forms: [...new Map(roles.flatMap(formsIn))],
    expand: (items) => items.flatMap(splitAddresses),
    parse: each(parse),
  });
}

/** Where links in trees of files may lead. */
export const followInput = lines('folders that symbolic links in a tree may lead into', {
  more: 'Without it they lead within the tree and into `/nix/store`; one that leads elsewhere is an error',
  placeholder: 'folder',
  parse: (paths) => paths,
});

interface Pushed {
  readonly pushedBytes: number;
  readonly skippedBytes: number;
}

/** Outputs that every push has. */
export const pushOutputs = {
  metadata: {
    about: 'all of it as a JSON object, whose keys docs/metadata.md tells',
    of: (result: Pushed): string => JSON.stringify(result),
  },
  'pushed-bytes': {
    about: 'bytes sent, over all targets; `0` in a dry run',
    of: ({ pushedBytes }: Pushed): string => `${pushedBytes}`,
  },
  'skipped-bytes': {
    about: 'bytes that were there already, over all targets',
    of: ({ skippedBytes }: Pushed): string => `${skippedBytes}`,
  },
};

/** Of a push: what was or would be sent, and what was there. In bytes. */
export interface Totals extends Pushed {
  readonly dryRun: boolean;
  readonly missingBytes: number;
}

/** What was sent, over all targets, and how long all of it took, in a sentence. */
export function bytesSummary(
  { dryRun, pushedBytes, skippedBytes, missingBytes }: Totals,
  took: number,
): SummaryBlock {
  const sent = dryRun ? `${formatBytes(missingBytes)} would be sent` : `${formatBytes(pushedBytes)} sent`;
  const all = `${sent}, ${formatBytes(skippedBytes)} already there, in ${formatDuration(took)}.`;
  return { paragraph: [dryRun ? `A dry run: nothing was written. ${all}` : all] };
}

/** What each target has got, or would get. */
export function targetsSummary(
  targets: readonly (Pushed & { readonly url: string; readonly missingBytes: number })[],
  { dryRun }: Totals,
): SummaryBlock {
  return {
    header: ['Target', dryRun ? 'Would be sent' : 'Sent', 'Already there'],
    rows: targets.map(({ url, pushedBytes, skippedBytes, missingBytes }) => [
      { code: url },
      formatBytes(dryRun ? missingBytes : pushedBytes),
      formatBytes(skippedBytes),
    ]),
  };
}

/** The title of a page about a release. */
export function summaryTitle(release: string, { dryRun }: Totals): string {
  return dryRun ? `Dry run of ${release}` : `Published ${release}`;
}
