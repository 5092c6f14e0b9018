import { readFile, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { AlbaError } from '../../errors.ts';
import { assertSomeRule, type Rules } from '../../retention/rules.ts';
import {
  formatPlans,
  parsePlans,
  redraft,
  type SavedPlans,
  savedPlanFor,
} from '../../retention/saved-plan.ts';
import type { DraftedPlan } from '../../retention/sweep.ts';
import { fileError } from '../../storage/file-error.ts';
import type { Values } from '../command.ts';
import type { DeletionResult } from '../deletion-result.ts';
import type { Host } from '../host.ts';
import { assertThere, deleteIn } from './delete-in.ts';
import type { containerGcInputs } from './gc-command.ts';
import { type NamedRepository, namedRepositories, unnamed } from './named-repositories.ts';
import { planByRules, queryFor } from './plan-repository.ts';

/** Deletes what rules let go, or what a saved plan names, and all that nothing leads to. */
export async function containerGc(
  { target, tag, rules, dryRun, savePlan, apply, connection }: Values<typeof containerGcInputs>,
  { directory, now, progress }: Host,
): Promise<DeletionResult> {
  const repositories = namedRepositories(target, tag);
  const nameless = target.find(({ place }) => !place);
  if (nameless && tag.length === 0) throw unnamed(nameless);
  assertWhole(repositories);
  if (apply === undefined) assertSomeRule(rules);
  else assertNoRule(rules);
  const saved = apply === undefined ? undefined : await readPlans(resolve(directory, apply), now);
  return deleteIn(repositories, {
    ...{ connection, progress },
    query: queryFor(rules),
    dryRun: dryRun || savePlan !== undefined,
    async plan(deleter) {
      if (!saved) return withContent(await planByRules(deleter, rules, now, progress));
      const inventory = await deleter.inventory(queryFor(rules));
      const plan = savedPlanFor(saved, inventory.reference, apply ?? '');
      return redraft(plan, inventory, saved.grace, now);
    },
    async planned(drafts) {
      if (savePlan === undefined) return;
      const path = resolve(directory, savePlan);
      const plans = drafts.map(({ plan }) => plan);
      await writeFile(path, formatPlans(plans, rules.grace, now)).catch((cause: unknown) => {
        throw fileError('write', path, cause);
      });
      progress.line(`plan -> ${savePlan}`);
    },
  });
}

async function readPlans(path: string, now: Date): Promise<SavedPlans> {
  const bytes = await readFile(path).catch((cause: unknown) => {
    throw fileError('read', path, cause);
  });
  return parsePlans(bytes, path, now);
}

function withContent(draft: DraftedPlan): DraftedPlan {
  assertThere(draft.inventory);
  return draft;
}

/** Rules are for all tags of a repository. */
function assertWhole(repositories: readonly NamedRepository[]): void {
  for (const { place, tags, digests } of repositories) {
    const [one] = [...tags, ...digests];
    if (one === undefined) continue;
    throw new AlbaError(
      'usage',
      `${place.url}: gc goes by rules, not by "${one}": name the repository alone, or delete that with container rm`,
    );
  }
}

function assertNoRule({ keep, keepMatching, olderThan, maxDelete }: Rules): void {
  if (keep.length + keepMatching.length === 0 && !olderThan && !maxDelete) return;
  throw new AlbaError('usage', '"apply" carries out a plan that is made: give it no rules besides');
}
