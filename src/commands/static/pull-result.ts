import * as v from 'valibot';
import { answer, count, digest, label, many } from '../result.ts';

const platformReport = v.strictObject({
  platform: v.exactOptional(
    label('Such as linux/arm64, as its document spells it; left out where nothing tells'),
  ),
  folder: v.exactOptional(label('Of several: below the destination')),
  files: v.exactOptional(count('Files of it; left out where nothing had to be asked for')),
  size: v.exactOptional(count('In bytes: of the files')),
});

/** What became of a pull of files: the output `metadata`, and what `--json` prints. */
export const staticPullResult = v.strictObject({
  source: label('What was pulled, with its tag'),
  tag: v.exactOptional(label('Of the release; left out where a digest alone was named')),
  digest: digest('Of what the tag leads to: a document, an index or a manifest'),
  path: label('The destination, from the working directory if it is below that; - for standard output'),
  platforms: v.pipe(many(platformReport), v.description('Those that were pulled')),
  files: v.exactOptional(count('Files, of all platforms; left out in a dry run')),
  pulledBytes: count('In bytes: of files, or of packed files, that were fetched'),
  skippedBytes: count('In bytes: of files that were here already'),
  missingBytes: count('In bytes: of what a dry run would have fetched'),
  unchanged: answer('Whether nothing had to be written'),
  restored: v.pipe(
    many(v.string()),
    v.description('What was changed, added or taken away since the pull before, and put right'),
  ),
  dryRun: answer('Whether nothing was to be written'),
});

export type StaticPullResult = v.InferOutput<typeof staticPullResult>;
