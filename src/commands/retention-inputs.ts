import { parseTagPattern } from '../oci/tag-pattern.ts';
import type { Address } from '../place/scheme.ts';
import { formsIn, parseAddress, splitAddresses } from '../place/schemes.ts';
import { parseAge } from '../retention/age.ts';
import { parseKeep, parseMaxDelete, type Rules } from '../retention/rules.ts';
import { group } from './command.ts';
import type { Input } from './input.ts';
import { each, flag, lines, list, parsed, text } from './kinds.ts';

/** What a command looks at: repositories, or storages that hold many. `parse` makes an address of each. */
export function lookedAt(parse: (item: string) => Address): Input<Address[]> {
  return lines('what is looked at, as URLs', {
    word: 'target',
    forms: formsIn('reference'),
    needed: 'no target: name one, such as docker://ghcr.io/org/app, s3://bucket?region=… or file://./site',
    expand: (items) => items.flatMap(splitAddresses),
    parse: each(parse),
  });
}

/** What a command lists or deletes in. */
export const actedOn = lookedAt((item) => parseAddress(item, 'reference'));

/** How long what nothing refers to stays. */
export const grace = parsed('how long what nothing refers to stays, as a push may be about to', parseAge, {
  more: 'Usually `24h`. On registries but GHCR it means nothing, as they tell of nothing that has no tag',
  placeholder: 'age',
});

/** What is not said of it. */
export const usualGrace = parseAge('24h', 'grace');

/** Tells what would be deleted. */
export const dryRun = flag('tell what would be deleted, and why, and delete nothing');

/** Which tags go, and the guards on that. */
export const rulesInputs = group(
  {
    keep: list('how many of the newest tags stay: a number, or `pattern=number` for those that match', {
      more: 'Versions count by their order, other tags by time. A tag goes only if some rule covers it and all that do are beyond their count',
      placeholder: 'rule',
      parse: each(parseKeep),
    }),
    'keep-matching': list('patterns of tags that stay, whatever other rules say', {
      placeholder: 'pattern',
      parse: each((item) => parseTagPattern(item, 'keep-matching')),
    }),
    'older-than': parsed('only what is older goes, such as `30d` or `12h`', parseAge, {
      more: 'Without `keep` it is a rule for all tags. What has no time is never older',
      placeholder: 'age',
    }),
    grace,
    'max-delete': parsed(
      'fail where more releases would go: a count, or a share such as `20%`',
      parseMaxDelete,
      {
        placeholder: 'limit',
      },
    ),
    force: flag('let a repository be left without a release'),
  },
  ({ olderThan, grace: said, maxDelete, ...rest }): Rules => ({
    ...rest,
    ...(olderThan && { olderThan }),
    grace: said ?? usualGrace,
    ...(said && { saidGrace: said }),
    ...(maxDelete && { maxDelete }),
  }),
);

/** Plans that are carried out later. */
export const planInputs = {
  'save-plan': text('where to write the plan, for a later run to carry out with `apply`', {
    more: 'Nothing is deleted then',
    placeholder: 'path',
  }),
  apply: text('a plan to carry out, unless what it rests on has changed since', {
    more: 'It is good for seven days, and for the same targets. Rules beside it are limits: what they keep, or more than `max-delete`, is an error',
    placeholder: 'path',
  }),
};
