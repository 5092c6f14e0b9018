import type { Problems } from '../../errors.ts';
import { formatNames, printable } from '../../progress/format.ts';
import { FolderNames } from './folder-names.ts';
import type { ImageFolder, ImageNode } from './image-node.ts';
import { type ImageTree, LinkLoop, partsOf, type Resolved } from './image-tree.ts';
import { sameName } from './name-problem.ts';
import type { NameRules } from './name-rules.ts';

/** What becomes the root of a tree: what is in it, and the folder that it was, if it was one alone. */
export interface WantedRoot {
  readonly children: FolderNames;
  /** Undefined for what several paths have, and for the root of the image itself. */
  readonly folder?: ImageFolder;
  readonly isWhole: boolean;
}

/** A path that was asked for. */
interface Found extends Resolved {
  readonly path: string;
}

/**
 * What lies below these paths of an image, side by side; of a path that is a file that file. Links are followed inside the
 * image. Paths that are not there, that lie in each other or that have something of one name are problems.
 */
export function findPaths(
  tree: ImageTree,
  paths: readonly string[],
  rules: NameRules,
  origin: string,
  problems: Problems,
): WantedRoot {
  const found = (paths.length > 0 ? paths : ['/']).flatMap((path) => findPath(tree, path, origin, problems));
  const [first] = found;
  if (found.length === 1 && first?.node.kind === 'folder') {
    const { node } = first;
    const isWhole = first.real.length === 0;
    return { children: node.children, isWhole, ...(!isWhole && { folder: node }) };
  }
  return { children: joined(found, rules, origin, problems), isWhole: false };
}

function findPath(tree: ImageTree, path: string, origin: string, problems: Problems): Found[] {
  try {
    const found = tree.resolve(partsOf(path, true));
    if (found) return [{ ...found, path }];
    problems.add(`${origin}: ${printable(path)} is not in the image; ${nearest(tree, path)}`);
  } catch (failure) {
    if (!(failure instanceof LinkLoop)) throw failure;
    problems.add(failure.message);
  }
  return [];
}

/** The longest beginning of a path that is there, with some of what is in it. */
function nearest(tree: ImageTree, path: string): string {
  const parts = partsOf(path, true);
  for (let length = parts.length - 1; ; length--) {
    const { node, real } = tree.resolve(parts.slice(0, length)) ?? {};
    if (!node || !real) continue;
    const name = printable(`/${real.join('/')}`);
    if (node.kind !== 'folder') return `${name} is, and is no folder`;
    const names = [...node.children.keys()].sort().map(printable);
    return names.length > 0 ? `${name} is, and has ${formatNames(names)}` : `${name} is, and is empty`;
  }
}

function joined(found: readonly Found[], rules: NameRules, origin: string, problems: Problems): FolderNames {
  const children = new FolderNames();
  const owners = new Map<string, string>();
  for (const one of found) {
    const inside = found.find((other) => other !== one && isWithin(one.real, other.real));
    if (inside)
      problems.add(`${origin}: the path ${one.path} lies in the path ${inside.path}: name one of them`);
    for (const [name, node] of contents(one)) {
      const same = sameName(name, rules);
      const other = owners.get(same);
      if (other !== undefined) {
        problems.add(
          `${origin}: both ${other} and ${printable(one.path)} have ${printable(name)}, and would meet in one folder: pull them one by one`,
        );
      }
      owners.set(same, printable(one.path));
      children.set(name, node);
    }
  }
  return children;
}

/** A file keeps the name that it was asked for by. */
function contents({ node, path }: Found): Iterable<readonly [string, ImageNode]> {
  return node.kind === 'folder' ? node.children : [[partsOf(path).at(-1) ?? '', node]];
}

function isWithin(path: readonly string[], folder: readonly string[]): boolean {
  return folder.every((part, at) => path[at] === part);
}
