import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { NameRules } from '../../image/rootfs/name-rules.ts';
import { planTree } from '../../image/rootfs/plan-tree.ts';
import { tooLarge } from '../../image/rootfs/size-budget.ts';
import type { TreePlan } from '../../image/rootfs/tree-plan.ts';
import { sum } from '../../progress/sum.ts';
import type { FetchOptions } from '../unpack-layers.ts';
import type { ChosenFiles } from './choose-files.ts';
import { fetchFiles } from './fetch-files.ts';
import type { FileToFetch, OpenedFiles } from './files-release.ts';
import type { StandingFiles } from './standing-files.ts';

/** The files of one platform, of which all is known but their bytes. */
export interface PlannedFiles extends ChosenFiles {
  readonly opened: OpenedFiles;
  readonly plan: TreePlan;
  /** Numbers of the files that are to be fetched. */
  readonly wanted: readonly number[];
}

/** What of a release becomes a tree. */
export interface FilesPlanOptions extends FetchOptions {
  /** What lies below each becomes the root; all of it where there is none. */
  readonly paths: readonly string[];
}

/** Plans the trees of all platforms, below a folder of ours, for a place with these rules for names; nothing is fetched but what is packed. */
export async function planFiles(
  chosen: readonly ChosenFiles[],
  folder: string,
  names: NameRules,
  origin: string,
  options: FilesPlanOptions,
): Promise<PlannedFiles[]> {
  const planned: PlannedFiles[] = [];
  for (const [at, one] of chosen.entries()) {
    const own = join(folder, `${at}`);
    await mkdir(own);
    const opened = await one.files.open(own, options);
    const plan = planTree(opened.layers, treeOptions(opened, names, options), origin);
    for (const warning of plan.warnings) options.progress.warn(warning);
    planned.push({ ...one, opened, plan, wanted: wantedOf(opened, plan) });
  }
  if (sum(planned.map(({ plan }) => plan.size)) > options.maxSize) throw tooLarge(origin, options.maxSize);
  return planned;
}

/** Fetches what a plan wants, and gives the plan with the modes that only the contents told. */
export async function fetchPlanned(
  { opened, plan, wanted, folder }: PlannedFiles,
  standing: StandingFiles,
  names: NameRules,
  origin: string,
  options: FilesPlanOptions,
): Promise<TreePlan> {
  const { rest, layers } = opened;
  if (!rest) return plan;
  await fetchFiles(wanted, rest, standing, folder, options);
  return planTree(layers, treeOptions(opened, names, options), origin);
}

/** The files that a plan still lacks. */
export function filesWanted({ opened, wanted }: PlannedFiles): FileToFetch[] {
  return wanted.flatMap((at) => opened.rest?.files[at] ?? []);
}

function treeOptions({ root }: OpenedFiles, names: NameRules, { paths, maxSize }: FilesPlanOptions) {
  const below = (path: string): string => [root, path].filter((part) => part !== '').join('/');
  const all = paths.length > 0 ? paths.map(below) : [root].filter((part) => part !== '');
  return { paths: all, keepOwner: false, keepSpecial: false, maxSize, names };
}

function wantedOf({ rest }: OpenedFiles, plan: TreePlan): number[] {
  if (!rest) return [];
  const numbers: number[] = [];
  for (const { kind, place } of plan.entries) {
    if (kind === 'file' && place?.layer === rest.at) numbers.push(place.entry);
  }
  return numbers;
}
