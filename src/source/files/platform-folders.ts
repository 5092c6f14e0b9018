import { type Dirent, statSync } from 'node:fs';
import { readdir, realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import { messageOf, type Problems } from '../../errors.ts';
import { inGoNames, normalizePlatform, type Platform, variants } from '../../oci/platform.ts';
import { shownPath } from '../../progress/format.ts';
import type { IsExcluded } from '../expand-paths.ts';
import { architectureProblem, osProblem } from '../tree/file.ts';
import { isIn, leadsOut } from '../tree/links.ts';

/** A folder whose files are those of one platform. */
export interface PlatformFolder {
  readonly platform: Platform;
  readonly location: string;
  /** Names in it that are folders of variants, and so of other platforms. */
  readonly without: readonly string[];
}

/** How platforms are looked for. */
export interface PlatformFolderOptions {
  readonly directory: string;
  readonly problems: Problems;
  readonly isExcluded: IsExcluded;
  /** The one platform of folders that are no tree by platform, if there is one. */
  readonly only: Platform | undefined;
  /** Real folders that links to folders may lead into, besides the root. */
  readonly followed: readonly string[];
}

/**
 * The folders of platforms in a tree `<os>/<architecture>[/<variant>]`, which a root may itself be the `<os>` or
 * `<architecture>` of; a root that holds no platform is one itself where there is only one. What lies outside of any platform
 * is told to `problems`.
 */
export async function findPlatformFolders(
  root: string,
  { followed, ...options }: PlatformFolderOptions,
): Promise<PlatformFolder[]> {
  const kept: PlatformFolder[] = [];
  const found = await stat(root).catch(() => undefined);
  if (!found?.isDirectory()) {
    const what = found ? 'is no folder: images of files are made of folders' : 'is not there';
    options.problems.add(`${shownPath(root, options.directory)} ${what}`);
    return [];
  }
  const real = await realpath(root);
  for (const folder of await findFolders(root, options)) {
    const leadsTo = await realpath(folder.location);
    if (isIn(leadsTo, [real, ...followed])) kept.push(folder);
    else options.problems.add(`${shownPath(folder.location, options.directory)} ${leadsOut(leadsTo)}`);
  }
  return kept;
}

type Options = Omit<PlatformFolderOptions, 'followed'>;

async function findFolders(root: string, { only, ...options }: Options): Promise<PlatformFolder[]> {
  const entries = await entriesOf(root, options);
  const systems = entries.filter(({ name, isFolder }) => isFolder && osProblem(name) === undefined);
  const parent = path.basename(path.dirname(root));
  const [name, isTree] = [path.basename(root), await holdsPlatform(systems, options)];
  if (!isTree && osProblem(parent) === undefined && architectureProblem(name) === undefined) {
    return findVariants(parent, { name, location: root, isFolder: true }, options);
  }
  const ownSystem = !isTree && osProblem(name) === undefined;
  if (ownSystem && (!only || entries.some((entry) => isArchitecture(entry)))) {
    return findArchitectures(name, entries, options);
  }
  if (!isTree && only) return [{ platform: only, location: root, without: [] }];
  if (!isTree && systems.length === 0) {
    const { directory, problems } = options;
    const shown = shownPath(root, directory);
    problems.add(
      `${shown} is no tree by platform: expected <os>/<architecture>/<files> in it, or one platform in "platforms" that all its files are for`,
    );
    return [];
  }
  const found: PlatformFolder[] = [];
  for (const entry of foldersIn(entries, '<os>/<architecture>/', options)) {
    const problem = osProblem(entry.name);
    if (problem) report(entry, problem, options);
    else
      found.push(...(await findArchitectures(entry.name, await entriesOf(entry.location, options), options)));
  }
  return found;
}

type ReadOptions = Omit<Options, 'only'>;

interface Entry {
  readonly name: string;
  readonly location: string;
  readonly isFolder: boolean;
}

async function holdsPlatform(systems: readonly Entry[], options: ReadOptions): Promise<boolean> {
  for (const { location } of systems) {
    if ((await entriesOf(location, options)).some((entry) => isArchitecture(entry))) return true;
  }
  return false;
}

function isArchitecture({ name, isFolder }: Entry): boolean {
  return isFolder && architectureProblem(name) === undefined;
}

async function findArchitectures(
  os: string,
  entries: readonly Entry[],
  options: ReadOptions,
): Promise<PlatformFolder[]> {
  const found: PlatformFolder[] = [];
  for (const entry of foldersIn(entries, `${os}/<architecture>/`, options)) {
    const problem = architectureProblem(entry.name);
    if (problem) report(entry, problem, options);
    else found.push(...(await findVariants(os, entry, options)));
  }
  return found;
}

/** The folders of variants, and the architecture's own where there is anything else in it. */
async function findVariants(os: string, folder: Entry, options: ReadOptions): Promise<PlatformFolder[]> {
  const platform = inGoNames({ os, architecture: folder.name });
  const entries = await entriesOf(folder.location, options);
  const known = platform.variant === undefined ? (variants.get(platform.architecture) ?? []) : [];
  const own = entries.filter(({ name, isFolder }) => isFolder && known.includes(name));
  const found = own.map(
    ({ name, location }): PlatformFolder => ({
      platform: normalizePlatform({ ...platform, variant: name }),
      location,
      without: [],
    }),
  );
  if (own.length > 0 && own.length === entries.length) return found;
  return [
    {
      platform: normalizePlatform(platform),
      location: folder.location,
      without: own.map(({ name }) => name),
    },
    ...found,
  ];
}

async function entriesOf(folder: string, { isExcluded, problems, directory }: ReadOptions): Promise<Entry[]> {
  let found: Dirent[];
  try {
    found = await readdir(folder, { withFileTypes: true });
  } catch (failure) {
    problems.add(`${shownPath(folder, directory)} cannot be read: ${messageOf(failure)}`);
    return [];
  }
  return found
    .map((entry) => {
      const location = path.join(folder, entry.name);
      const isLinked = entry.isSymbolicLink() && statSync(location, { throwIfNoEntry: false })?.isDirectory();
      return { name: entry.name, location, isFolder: entry.isDirectory() || isLinked === true };
    })
    .filter(({ location }) => !isExcluded(location))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

function foldersIn(entries: readonly Entry[], missing: string, options: ReadOptions): Entry[] {
  return entries.filter((entry) => {
    if (!entry.isFolder) report(entry, `lies outside a platform; expected it below ${missing}`, options);
    return entry.isFolder;
  });
}

function report({ location }: Entry, problem: string, { problems, directory }: ReadOptions): void {
  problems.add(`${shownPath(location, directory)}: ${problem}`);
}
