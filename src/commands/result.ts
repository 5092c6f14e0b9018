import * as v from 'valibot';
import { isDigest } from '../oci/digest.ts';

/** A whole number, with what it counts. */
export function count(about: string) {
  return v.pipe(v.number(), v.integer(), v.minValue(0), v.description(about));
}

/** A text, with what it says. */
export function label(about: string) {
  return v.pipe(v.string(), v.description(about));
}

/** Yes or no, with what it answers. */
export function answer(about: string) {
  return v.pipe(v.boolean(), v.description(about));
}

/** Any number of these. */
export function many<S extends v.GenericSchema>(schema: S) {
  return v.pipe(v.array(schema), v.readonly());
}

/** What a digest is of. */
export function digest(about: string) {
  return v.pipe(v.string(), v.regex(/^sha256:[0-9a-f]{64}$/), v.guard(isDigest), v.description(about));
}

/** What every result of a push ends with: bytes over all targets. */
export const totals = {
  pushedBytes: count('In bytes, over all targets: sent'),
  skippedBytes: count('In bytes, over all targets: there already'),
  missingBytes: count('In bytes, over all targets: what a dry run found to be missing'),
  dryRun: answer('Whether nothing was to be written'),
};
