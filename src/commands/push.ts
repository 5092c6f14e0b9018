import type { Role } from '../place/scheme.ts';
import { formsIn, splitAddresses } from '../place/schemes.ts';
import { formatBytes, formatDuration } from '../progress/format.ts';
import type { Input, InputOptions } from './input.ts';
import { each, flag, integer, lines, text } from './kinds.ts';
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

/** What a push remembers of what it has published. */
export const cacheInputs = {
  cache: flag('remember what was published, so that the next run reads and sends only what changed', {
    more: 'In a workflow that is kept in the Actions cache',
    default: true,
    no: 'remember nothing of what is published',
  }),
  'cache-dir': text("where to remember what was published; the user's cache folder if not given", {
    only: 'command line',
    placeholder: 'path',
  }),
};

/** Where a push brings what it publishes. */
export function targets<T>(
  role: Role,
  parse: (item: string) => T,
  options: Pick<InputOptions, 'needed' | 'more'>,
): Input<T[]> {
  return lines('where to, as URLs', {
    word: 'target',
    ...options,
    forms: formsIn(role),
    expand: (items) => items.flatMap(splitAddresses),
    parse: each(parse),
  });
}

/** How many uploads of a push run at once for each target. */
export function uploads(most: number): Input<number> {
  return integer('how many uploads run at once for each target', {
    least: 1,
    most,
    default: 4,
    placeholder: 'count',
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
    about: 'all of it as a JSON object, whose keys README tells',
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
