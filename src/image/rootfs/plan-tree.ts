import type { Problems } from '../../errors.ts';
import { printable } from '../../progress/format.ts';
import { findPaths, type WantedRoot } from './find-paths.ts';
import type { FolderNames } from './folder-names.ts';
import { type EntryPlace, type ImageNode, keyOf } from './image-node.ts';
import type { ImageTree } from './image-tree.ts';
import { LeftOut } from './left-out.ts';
import { ManyProblems } from './many-problems.ts';
import { mergeLayers } from './merge-layers.ts';
import { impossibleName, sameName } from './name-problem.ts';
import type { NameRules } from './name-rules.ts';
import { plannedEntry, plannedFolder, unplannable } from './planned-entry.ts';
import { tooLarge } from './size-budget.ts';
import type { PlannedEntry, TreePlan } from './tree-plan.ts';
import type { LayerEntry, UnpackedLayer } from './unpacked-layer.ts';
import { walkTree } from './walk-tree.ts';

/** What is wanted of the tree of an image. */
export interface PlanOptions {
  /** What lies below each becomes the root; all of the image where there is none. */
  readonly paths: readonly string[];
  /** Whether owners are as the layers have them; else they are those of who writes. */
  readonly keepOwner: boolean;
  /** Whether setuid, setgid, devices and pipes are kept. */
  readonly keepSpecial: boolean;
  /** In bytes, of all contents. */
  readonly maxSize?: number;
  readonly names: NameRules;
}

/**
 * The tree that layers come to, from the base up (image-spec 1.1, layer.md, "Applying Changesets"), as it can be written to a
 * place with these rules for names. Throws one source error that begins with `origin` and names, a line each, what cannot be:
 * wrong whiteouts, hard links to nothing, names that are impossible or meet there, paths that are not in the image.
 */
export function planTree(layers: readonly UnpackedLayer[], options: PlanOptions, origin: string): TreePlan {
  const problems = new ManyProblems();
  const tree = mergeLayers(layers, origin, problems);
  const root = findPaths(tree, options.paths, options.names, origin, problems);
  const planner = new Planner(layers, tree, root, options);
  const { size, files, warnings } = planner.check(origin, problems);
  problems.throwIfAny('source');
  if (options.maxSize !== undefined && size > options.maxSize) throw tooLarge(origin, options.maxSize);
  return { entries: { [Symbol.iterator]: () => planner.entries() }, size, files, warnings };
}

class Planner {
  readonly #layers: readonly UnpackedLayer[];
  readonly #tree: ImageTree;
  readonly #root: WantedRoot;
  readonly #options: PlanOptions;

  constructor(layers: readonly UnpackedLayer[], tree: ImageTree, root: WantedRoot, options: PlanOptions) {
    this.#layers = layers;
    this.#tree = tree;
    this.#root = root;
    this.#options = options;
  }

  *entries(): Generator<PlannedEntry, void, void> {
    const place = this.#root.isWhole ? this.#tree.rootPlace : this.#root.folder?.place;
    yield plannedFolder('', place, this.#entryOf(place), this.#options);
    const paths = new Map<number, string>();
    for (const { path, node } of walkTree(this.#root.children)) {
      const planned = this.#plan(path, node, paths);
      if (planned) yield planned;
    }
  }

  /** Goes through all of it once, without keeping it. */
  check(origin: string, problems: Problems): Omit<TreePlan, 'entries'> {
    const { names } = this.#options;
    const leftOut = new LeftOut(this.#options);
    let [size, files] = [0, 0];
    const paths = new Map<number, string>();
    const enter = (path: string, children: FolderNames): void => {
      for (const problem of clashes(path, children, names)) problems.add(`${origin}: ${problem}`);
    };
    for (const { path, name, node } of walkTree(this.#root.children, enter)) {
      const entry = this.#entryOf(node.place);
      const problem =
        impossibleName(name, names) ??
        (path.length > names.longestPath / 3 && Buffer.byteLength(path) > names.longestPath
          ? 'has a path that is too long for this place'
          : entry && unplannable(entry, node, this.#options));
      if (problem) problems.add(`${origin}: ${printable(path)} ${problem}`);
      if (entry) leftOut.look(path, entry);
      const planned = this.#plan(path, node, paths);
      if (planned?.kind === 'file') size += planned.size;
      if (planned?.kind === 'file' || planned?.kind === 'hardlink') files += 1;
    }
    return { size, files, warnings: leftOut.warnings() };
  }

  #plan(path: string, node: ImageNode, paths: Map<number, string>): PlannedEntry | undefined {
    const { place } = node;
    const entry = this.#entryOf(place);
    if (node.kind === 'folder' || !place) return plannedFolder(path, place, entry, this.#options);
    if (!entry) return undefined;
    const planned = plannedEntry(path, place, entry, this.#options);
    if (planned?.kind !== 'file' || !this.#tree.isLinked(place)) return planned;
    const linkname = paths.get(keyOf(place));
    if (linkname !== undefined) return { ...planned, kind: 'hardlink', linkname };
    paths.set(keyOf(place), path);
    return planned;
  }

  #entryOf(place: EntryPlace | undefined): LayerEntry | undefined {
    return place && this.#layers[place.layer]?.entries.at(place.entry);
  }
}

/** Names of a folder that are one there. */
function* clashes(path: string, children: FolderNames, names: NameRules): Generator<string, void, void> {
  if (!names.ignoresCase && !names.normalizes) return;
  const seen = new Map<string, string>();
  for (const name of children.keys()) {
    const same = sameName(name, names);
    const other = seen.get(same);
    const prefix = path === '' ? '' : `${path}/`;
    if (other !== undefined)
      yield `${printable(prefix + other)} and ${printable(prefix + name)} are one name in this place`;
    seen.set(same, name);
  }
}
