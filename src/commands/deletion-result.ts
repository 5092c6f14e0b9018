import * as v from 'valibot';
import { answer, count, digest, label, many } from './result.ts';

const fate = v.pipe(v.picklist(['goes', 'stays']), v.description('What becomes of it'));
const why = label('Why it goes, or stays');

const tagRow = v.strictObject({
  tag: label('The tag'),
  digest: digest('Of what it names'),
  kind: v.pipe(
    v.picklist(['release', 'floating', 'referrers']),
    v.description('A release, a tag that follows one, or one that stands for what refers to a manifest'),
  ),
  time: v.exactOptional(label('When it was made or moved, as ISO 8601')),
  timeFrom: v.exactOptional(label('Who says so: stored (the target), annotation, config')),
  ...{ fate, why },
});
const manifestRow = v.strictObject({
  digest: digest('Of the manifest or index'),
  mediaType: label('Of it'),
  size: count('In bytes'),
  ...{ fate, why },
});
const blobRow = v.strictObject({ digest: digest('Of the blob'), size: count('In bytes'), ...{ fate, why } });

const repositoryReport = v.strictObject({
  reference: label('The repository'),
  deleted: v.pipe(many(v.string()), v.description('Tags that are gone, or would be')),
  kept: v.pipe(many(v.string()), v.description('Tags that stay')),
  deletedManifests: count('Manifests that are gone, or would be'),
  deletedFiles: v.exactOptional(count('Plain files that are gone, or would be')),
  deletedBlobs: count('Blobs that are gone, or would be'),
  freedBytes: count('In bytes: what is gone, or would be; on a registry what its own collection frees'),
  tags: many(tagRow),
  manifests: many(manifestRow),
  blobs: v.pipe(
    many(blobRow),
    v.description('Those that go, and those that stay although nothing leads to them'),
  ),
  refusals: v.pipe(many(v.string()), v.description('What the target did not delete, and why')),
});

/** What became of a deletion: the output `plan`, and what `--json` prints. */
export const deletionResult = v.strictObject({
  repositories: many(repositoryReport),
  deleted: v.pipe(many(v.string()), v.description('References that are gone, or would be')),
  kept: v.pipe(many(v.string()), v.description('References that stay')),
  freedBytes: count('In bytes, over all repositories'),
  dryRun: answer('Whether nothing was to be deleted'),
});

export type DeletionResult = v.InferOutput<typeof deletionResult>;

/** One repository of it. */
export type RepositoryReport = v.InferOutput<typeof repositoryReport>;
