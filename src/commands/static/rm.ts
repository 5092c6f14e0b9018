import { AlbaError } from '../../errors.ts';
import { assertAllowed } from '../../retention/decide.ts';
import { planNamedReleases } from '../../retention/release-plan.ts';
import type { Values } from '../command.ts';
import type { DeletionResult } from '../deletion-result.ts';
import type { Host } from '../host.ts';
import { connectionTo } from './connection-to.ts';
import { deleteReleases } from './delete-releases.ts';
import { assertNamed, namedReleases } from './named-releases.ts';
import type { staticRmInputs } from './rm-command.ts';

/** Deletes the releases that are named. */
export async function staticRm(
  { target, tag, force, dryRun, connection }: Values<typeof staticRmInputs>,
  { progress, env }: Host,
): Promise<DeletionResult> {
  assertNamed(target, tag);
  const all = namedReleases(target, tag);
  const whole = all.find(({ tags }) => tags.length === 0);
  if (whole) {
    throw new AlbaError('usage', `${whole.name}: what of it is to go? Name a tag, such as ${whole.name}:1.0`);
  }
  const storages = all.map(({ storage }) => storage);
  return deleteReleases(all, {
    ...{ connection: connectionTo(storages, connection, env), dryRun, progress },
    plan(reference, holdings, { tags }) {
      const draft = planNamedReleases(reference, holdings, tags);
      assertAllowed(draft.plan, { force });
      return draft;
    },
  });
}
