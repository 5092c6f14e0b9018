import * as v from 'valibot';
import { count, digest, label, many } from './result.ts';

const tagReport = v.strictObject({
  tag: label('The tag'),
  digest: v.exactOptional(digest('Of what it names')),
  platforms: v.exactOptional(v.pipe(many(v.string()), v.description('Such as linux/arm64'))),
  size: v.exactOptional(count('In bytes: all that it leads to')),
  uniqueBytes: v.exactOptional(count('In bytes: what no other digest leads to')),
  time: v.exactOptional(label('When it was made or moved, as ISO 8601')),
  timeFrom: v.exactOptional(label('Who says so: stored (the target), annotation, config')),
});

/** What `ls` tells: names, or the tags of each, newest first. */
export const listingResult = v.strictObject({
  names: v.pipe(many(v.string()), v.description('What is there by name, where no name was given')),
  repositories: many(v.strictObject({ reference: label('Whose tags these are'), tags: many(tagReport) })),
});

export type ListingResult = v.InferOutput<typeof listingResult>;

/** A tag in it. */
export type TagReport = v.InferOutput<typeof tagReport>;
