import * as v from 'valibot';
import { answer, count, digest, label, many, totals } from '../result.ts';

const platformReport = v.strictObject({
  files: count('How many it has'),
  size: count('In bytes, of all of them'),
});

const fileReport = v.strictObject({
  platform: label('Such as linux/arm64'),
  path: label('Below the tag: linux/arm64/bin/app'),
  size: count('In bytes'),
  digest: digest('Of the file'),
  executable: answer('Whether it is a program'),
  url: v.exactOptional(label('Where it is served, if that is known')),
});

const targetReport = v.strictObject({
  url: label('Of the tag there'),
  digest: digest("Of the tag's manifest there"),
  pushedBytes: count('In bytes, of files alone: sent'),
  skippedBytes: count('In bytes, of files alone: there already, or copied by the server'),
  missingBytes: count('In bytes, of files alone: what a dry run found to be missing'),
  failure: v.exactOptional(label('Of an artifact: why the target lacks it, or one of its tags')),
});

/** What became of a push of plain files: the output `metadata`, and what `--json` prints. */
export const staticPushResult = v.strictObject({
  name: label('Of the release'),
  tag: label('Of the release'),
  url: label('Of the tag: where it is served if that is known, on the first target otherwise'),
  page: v.exactOptional(
    label(
      'Of the page to download from, if there is one: where it is served if that is known, on the first target otherwise',
    ),
  ),
  install: v.exactOptional(
    label('The line that installs the newest release, where install.sh lies beside it'),
  ),
  created: v.exactOptional(label('When the release was made, as RFC 3339; with notes or a source alone')),
  notes: v.exactOptional(label('What is new in it, as Markdown')),
  source: v.exactOptional(label('Where its sources are')),
  digest: digest("Of the tag's manifest on the first target"),
  platforms: v.record(v.string(), platformReport),
  files: many(fileReport),
  targets: many(targetReport),
  ...totals,
});

export type StaticPushResult = v.InferOutput<typeof staticPushResult>;

/** One file of a release, as it is published. */
export type FileReport = v.InferOutput<typeof fileReport>;

/** What one platform has. */
export type PlatformReport = v.InferOutput<typeof platformReport>;
