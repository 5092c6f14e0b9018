import { AlbaError } from '../../errors.ts';
import { assertAllowed } from '../../retention/decide.ts';
import { planNamedReleases } from '../../retention/release-plan.ts';
import type { Values } from '../command.ts';
import type { DeletionResult } from '../deletion-result.ts';
import type { Host } from '../host.ts';
import { deleteAssets, gitTagOf, isOfAssets } from './assets.ts';
import { connectionTo } from './connection-to.ts';
import { deleteReleases } from './delete-releases.ts';
import { assertNamed, namedReleases } from './named-releases.ts';
import type { staticRmInputs } from './rm-command.ts';

/** Deletes the releases that are named. */
export async function staticRm(
  { target, tag, force, dryRun, connection }: Values<typeof staticRmInputs>,
  host: Host,
): Promise<DeletionResult> {
  const { progress, env } = host;
  if (isOfAssets(target)) {
    if (tag.length === 0 || tag.some((one) => one.tag === undefined)) {
      throw new AlbaError('usage', `${target[0]?.url}: what is to go? Name a tag, such as -t app:v1.0.0`);
    }
    return deleteAssets(
      target,
      {
        ...{ connection, dryRun, progress },
        plan(reference, holdings) {
          const tags = new Set(tag.map((one) => gitTagOf(one, reference, holdings)));
          const draft = planNamedReleases(reference, holdings, [...tags]);
          assertAllowed(draft.plan, { force });
          return draft;
        },
      },
      host,
    );
  }
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
