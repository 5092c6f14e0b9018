import { createReadStream } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { namedFileFailure } from '../content/named-file.ts';
import { readCapped } from '../content/verify.ts';
import type { Progress } from '../progress/progress.ts';
import type { DeletionPlan } from '../retention/plan.ts';
import { assertSomeRule, type Rules } from '../retention/rules.ts';
import { formatPlans, parsePlans, type SavedPlans } from '../retention/saved-plan.ts';
import { fileError } from '../storage/file-error.ts';
import type { Host } from './host.ts';

/** In bytes: of a plan, some 200 for each row. */
const mostBytes = 256 * 1024 * 1024;

/** The plans that are to be carried out; undefined where rules decide. Throws where there are none. */
export async function plansToApply(
  apply: string | undefined,
  rules: Rules,
  { directory, now }: Pick<Host, 'directory' | 'now'>,
): Promise<SavedPlans | undefined> {
  if (apply === undefined) {
    assertSomeRule(rules);
    return undefined;
  }
  const path = resolve(directory, apply);
  const bytes = await readCapped(() => createReadStream(path), path, 'usage', mostBytes).catch(
    (cause: unknown) => {
      throw namedFileFailure('apply', apply, directory, cause);
    },
  );
  return parsePlans(bytes, path, now);
}

/** Writes plans for a later run, if that is asked for. */
export async function savePlans(
  savePlan: string | undefined,
  plans: readonly DeletionPlan[],
  { grace }: Rules,
  { directory, now, progress }: Pick<Host, 'directory' | 'now'> & { readonly progress: Progress },
): Promise<void> {
  if (savePlan === undefined) return;
  const path = resolve(directory, savePlan);
  await writeFile(path, formatPlans(plans, grace, now)).catch((cause: unknown) => {
    throw fileError('write', path, cause);
  });
  progress.line(`plan -> ${savePlan}`);
}
