import * as v from 'valibot';
import { capabilities } from '../../repository/finding.ts';
import { label, many } from '../result.ts';

const finding = v.strictObject({
  capability: v.picklist(capabilities),
  outcome: v.pipe(
    v.picklist(['yes', 'no', 'unknown', 'untried']),
    v.description('untried: not asked for; unknown: the answer did not tell'),
  ),
  detail: label('What was seen, for people'),
  remedy: v.exactOptional(label('What to do about it, for people')),
});

/** What `doctor` found out. */
export const doctorResult = v.strictObject({
  targets: many(
    v.strictObject({
      url: label('What was looked at'),
      lacks: v.pipe(
        many(v.picklist(capabilities)),
        v.description('What keeps a push or a pull from working; the command fails where there is any'),
      ),
      findings: many(finding),
    }),
  ),
});

export type DoctorResult = v.InferOutput<typeof doctorResult>;
