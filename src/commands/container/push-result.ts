import * as v from 'valibot';
import { answer, count, digest, label, many, totals } from '../result.ts';

const manifestReport = v.strictObject({
  platform: label('Such as linux/arm/v7: arm64/v8 is linux/arm64, as clients take it'),
  outputs: v.pipe(
    many(v.string()),
    v.description('The outputs that hold the reference, such as linux-arm64'),
  ),
  digest: digest('Of the manifest'),
  size: count('In bytes, of the manifest itself'),
  imageSize: count('In bytes: config and layers, as they are stored'),
  previousSize: v.exactOptional(
    count(
      'In bytes, as imageSize: what "previous" has for the platform; missing where the run had no reason to read it',
    ),
  ),
  layers: count('Layers of the image'),
  made: count('Layers that had to be compressed; the others were known'),
  pushed: answer('Whether it was sent to any target'),
  missing: answer('Whether a dry run found that a target lacks it'),
  why: v.exactOptional(
    label('Why its artifact was read and not only hashed: new or changed, a target lacks some of it'),
  ),
  source: label(
    'The artifact that it came from: a reference, or a path, from the working directory if it is below that',
  ),
  reference: label('Where another run finds it, at the first target'),
});

const targetReport = v.strictObject({
  url: label('Where it is, without the parameters of its URL'),
  pushedBytes: count('In bytes: sent'),
  skippedBytes: count('In bytes: what was there already, or in another repository of the registry'),
  missingBytes: count('In bytes: what a dry run found to be missing'),
  failure: v.exactOptional(label('Why not all of its tags name the release: the run failed then')),
});

/** What became of a push: the output `metadata`, and what `--json` prints. */
export const containerPushResult = v.strictObject({
  digest: digest('Of the index'),
  mediaType: label('Of the index'),
  size: count('In bytes, of the index itself'),
  index: label('Where another run finds it, at the first target'),
  references: v.pipe(many(v.string()), v.description('What to pull, each with its digest')),
  platforms: v.pipe(
    v.record(v.string(), digest('Of the manifest')),
    v.description('Manifests by platform, those that an update kept, too'),
  ),
  manifests: v.pipe(many(manifestReport), v.description('Of what was pushed, a platform each')),
  previous: v.exactOptional(
    v.pipe(
      v.strictObject({
        tag: label('That named it'),
        digest: digest('Of its index'),
        reference: label('What to pull'),
      }),
      v.description(
        'The release that a tag of this one, or the newest tag, named before; missing where the run had no reason to read it',
      ),
    ),
  ),
  tags: v.pipe(many(v.string()), v.description('Those that name it now, with those that floating moved')),
  targets: many(targetReport),
  ...totals,
  cacheHit: v.pipe(
    v.picklist(['true', 'partial', 'false']),
    v.description('Whether earlier runs spared all reading and compressing, some of it, or none'),
  ),
});

export type ContainerPushResult = v.InferOutput<typeof containerPushResult>;

/** One platform of a release. */
export type ManifestReport = v.InferOutput<typeof manifestReport>;
