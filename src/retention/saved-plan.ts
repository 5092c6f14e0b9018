import * as v from 'valibot';
import { AlbaError } from '../errors.ts';
import { digestSchema } from '../oci/descriptor.ts';
import type { Digest } from '../oci/digest.ts';
import { parseJson } from '../oci/manifest.ts';
import { subjectOfTag } from '../oci/referrer.ts';
import { followingTags } from '../oci/tag-following.ts';
import { formatNames } from '../progress/format.ts';
import type { Inventory } from '../repository/inventory.ts';
import { type Age, parseAge } from './age.ts';
import type { Verdict } from './choose-tags.ts';
import { type Decision, type DeletionPlan, planDeletion } from './plan.ts';
import type { DraftedPlan } from './sweep.ts';

/** In milliseconds. */
const goodFor = 7 * 86_400_000;

const verdict = { fate: v.picklist(['goes', 'stays']), why: v.string() };
const savedSchema = v.looseObject({
  version: v.literal(1),
  made: v.pipe(v.string(), v.isoTimestamp()),
  grace: v.string(),
  plans: v.array(
    v.looseObject({
      reference: v.string(),
      tags: v.array(v.looseObject({ tag: v.string(), digest: digestSchema, ...verdict })),
      manifests: v.array(v.looseObject({ digest: digestSchema, ...verdict })),
      blobs: v.array(v.looseObject({ digest: digestSchema, ...verdict })),
      notes: v.array(v.string()),
    }),
  ),
});

/** Plans as they wait for somebody to have them carried out. */
export type SavedPlans = v.InferOutput<typeof savedSchema>;
type SavedPlan = SavedPlans['plans'][number];

/** The bytes of a file that holds plans. */
export function formatPlans(plans: readonly DeletionPlan[], grace: Age, now: Date): Buffer {
  const saved = { version: 1, made: now.toISOString(), grace: grace.text, plans };
  return Buffer.from(`${JSON.stringify(saved, undefined, 1)}\n`);
}

/** The plans in a file; throws where it is too old. */
export function parsePlans(bytes: Buffer, where: string, now: Date): SavedPlans {
  const saved = parseJson(savedSchema, bytes, where);
  const age = now.getTime() - new Date(saved.made).getTime();
  if (age <= goodFor && age > -goodFor) return saved;
  throw new AlbaError(
    'usage',
    `${where} was made ${saved.made}: a plan is good for seven days; make a new one`,
  );
}

/** The plan of a repository; throws where the file has none of it. */
export function savedPlanFor({ plans }: SavedPlans, reference: string, where: string): SavedPlan {
  const found = plans.find((plan) => plan.reference === reference);
  if (found) return found;
  const others = plans.map((plan) => plan.reference);
  throw new AlbaError('usage', `${where} is no plan of ${reference}, but of ${formatNames(others)}`);
}

/**
 * A saved plan for a repository as it is now; throws where what it rests on has changed: tags have moved, or lead to more. Of a grace
 * that was saved and one that is said now the longer counts.
 */
export function redraft(
  saved: SavedPlan,
  inventory: Inventory,
  graces: { readonly saved: string; readonly said: Age | undefined },
  now: Date,
): DraftedPlan {
  const tags = new Map(inventory.tags.map(({ tag, digest }) => [tag, digest]));
  for (const { tag, digest } of saved.tags) {
    const found = tags.get(tag);
    if (found === digest) continue;
    throw changed(saved, found ? `${tag} names ${found} by now, not ${digest}` : `${tag} is gone`);
  }
  const own = inventory.tags.filter(({ tag }) => !subjectOfTag(tag));
  const verdicts = new Map<string, Verdict>([
    ...own.map(({ tag }) => [tag, { fate: 'stays', why: 'not in the plan' }] as const),
    ...saved.tags.map(({ tag, fate, why }) => [tag, { fate, why }] as const),
  ]);
  const decision: Decision = {
    ...{ verdicts, floating: followingTags(own), sweepsAll: true, now },
    grace: longer(parseAge(graces.saved, 'grace'), graces.said),
  };
  const plan = planDeletion(inventory, decision);
  const staying = new Map(
    [...plan.manifests, ...plan.blobs].flatMap(({ digest, fate, why }) =>
      fate === 'stays' ? [[digest, why] as const] : [],
    ),
  );
  const known = new Set(goingIn(saved));
  for (const digest of known) {
    const isUsed = inventory.blobs.has(digest) && !plan.blobs.some((blob) => blob.digest === digest);
    const why = staying.get(digest) ?? (isUsed ? 'something leads to it' : undefined);
    if (why !== undefined) throw changed(saved, `${digest} is needed by now (${why})`);
  }
  return { plan: narrowed(plan, known, new Set(saved.notes), inventory), inventory, decision };
}

/** What has come to go since is left for another plan. */
function narrowed(
  plan: DeletionPlan,
  known: ReadonlySet<Digest>,
  notes: ReadonlySet<string>,
  inventory: Inventory,
): DeletionPlan {
  const narrow = <
    T extends { readonly digest: Digest; readonly fate: 'goes' | 'stays'; readonly why: string },
  >(
    rows: readonly T[],
  ): T[] =>
    rows.map((row) =>
      row.fate === 'goes' && !known.has(row.digest) ? { ...row, fate: 'stays', why: 'not in the plan' } : row,
    );
  const [manifests, blobs] = [narrow(plan.manifests), narrow(plan.blobs)];
  const left = [...plan.manifests, ...plan.blobs].filter(
    ({ digest, fate }) => fate === 'goes' && !known.has(digest),
  );
  const noted = inventory.notes.filter(({ key }) => plan.notes.includes(key) && !notes.has(key));
  const less = [...left, ...noted].reduce((total, { size }) => total + size, 0);
  return {
    ...plan,
    manifests,
    blobs,
    notes: plan.notes.filter((key) => notes.has(key)),
    freedBytes: plan.freedBytes - less,
  };
}

function longer(saved: Age, said: Age | undefined): Age {
  return said && said.milliseconds > saved.milliseconds ? said : saved;
}

function goingIn({ manifests, blobs }: SavedPlan): Digest[] {
  return [...manifests, ...blobs].flatMap(({ digest, fate }) => (fate === 'goes' ? [digest] : []));
}

function changed({ reference }: SavedPlan, how: string): AlbaError {
  return new AlbaError(
    'target',
    `${reference} is not as the plan found it: ${how}; nothing was deleted, make a new plan`,
  );
}
