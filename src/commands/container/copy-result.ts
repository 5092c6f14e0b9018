import * as v from 'valibot';
import { answer, count, digest, label, many, totals } from '../result.ts';

const tagReport = v.strictObject({
  tag: v.exactOptional(label('The tag; left out where it was copied by its digest')),
  reference: label('What to pull, with its digest'),
  digest: digest('Of what it names'),
  state: v.pipe(
    v.picklist(['new', 'moved', 'same']),
    v.description('Whether the target had no such tag, one of something else, or this; of a dry run, has'),
  ),
  before: v.exactOptional(digest('Of what it named at the target before')),
  whole: v.exactOptional(digest('Of the index at the source, where platforms were left out of it')),
});

const driftReport = v.strictObject({
  kind: v.pipe(
    v.picklist(['moved', 'missing', 'extra', 'incomplete', 'referrer']),
    v.description(
      'A tag names something else at the target, is missing there, or is not at the source; something that a tag leads to, or that refers to it, is missing',
    ),
  ),
  what: label('The tag, or the digest where there is none'),
  expected: v.exactOptional(label('The digest at the source; of a referrer its digest, or its tag')),
  found: v.exactOptional(label('The digest at the target')),
  message: label('All of that in a sentence'),
});

const pairReport = v.strictObject({
  source: label('Where it was read, without the parameters of its URL'),
  target: label('Where it was written, without the parameters of its URL'),
  tags: many(tagReport),
  passedOver: v.pipe(many(v.string()), v.description('Tags that have nothing for the wanted platforms')),
  referrers: count('What refers to all of that: signatures, attestations and the like'),
  drift: v.pipe(many(driftReport), v.description('How the target differs from the source, after a check')),
  pushedBytes: count('In bytes: sent'),
  skippedBytes: count('In bytes: what was there already, or in another repository of the registry'),
  missingBytes: count('In bytes: what a dry run or a check found to be missing'),
});

/** What became of a copy: the output `metadata`, and what `--json` prints. */
export const containerCopyResult = v.strictObject({
  copies: v.pipe(many(pairReport), v.description('A source and a target each')),
  digest: v.exactOptional(digest('Of what was copied, where it is one')),
  ...totals,
  check: answer('Whether the two were compared alone'),
});

export type ContainerCopyResult = v.InferOutput<typeof containerCopyResult>;

/** What became of one source and target. */
export type CopyPairReport = v.InferOutput<typeof pairReport>;

/** What became of one tag. */
export type CopiedTagReport = v.InferOutput<typeof tagReport>;
