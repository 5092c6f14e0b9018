import * as v from 'valibot';
import { answer, count, digest, label, many } from '../result.ts';

const imageReport = v.strictObject({
  platform: label('Such as linux/arm/v7: arm64/v8 is linux/arm64, as clients take it'),
  digest: v.exactOptional(digest('Of its manifest, or where it has none of its config')),
  path: v.exactOptional(label('The folder that has its files')),
  files: v.exactOptional(count('Files there; left out in a dry run')),
  size: v.exactOptional(count('In bytes: of the files')),
  unchanged: answer('Whether all was there already'),
  restored: v.pipe(
    many(v.string()),
    v.description('What was changed, added or taken away since the pull before, and put right'),
  ),
});

/** What became of a pull: the output `metadata`, and what `--json` prints. */
export const containerPullResult = v.strictObject({
  source: label('What was pulled, with its tag or digest, or a path from the working directory'),
  digest: digest(
    'Of the index, of the manifest where there is none, of the config where there is no manifest',
  ),
  path: label('The destination, from the working directory if it is below that; - for standard output'),
  images: v.pipe(many(imageReport), v.description('A platform each')),
  files: v.exactOptional(
    count('Files, of all platforms; left out for layouts and archives, and in a dry run'),
  ),
  pulledBytes: count('In bytes: of layers that were fetched or read'),
  skippedBytes: count('In bytes: of layers that were here already'),
  missingBytes: count('In bytes: of layers that a dry run would have fetched or read'),
  unchanged: answer('Whether nothing had to be written'),
  dryRun: answer('Whether nothing was to be written'),
});

export type ContainerPullResult = v.InferOutput<typeof containerPullResult>;
