import { realpath } from 'node:fs/promises';
import type { Problems } from '../../errors.ts';
import type { IsExcluded } from '../expand-paths.ts';
import type { FoundFile } from './file.ts';
import { tellFollowed } from './links.ts';
import { PlatformFiles } from './platform-files.ts';
import { TreeReader } from './tree-reader.ts';
import { TreeWalk } from './walk.ts';

/** How trees are read. */
export interface TreeOptions {
  /** What is left out, with all below it; nothing, unless told. */
  readonly isExcluded?: IsExcluded;
  /** Real folders that links may lead into besides the roots; none, unless told. */
  readonly followed?: readonly string[];
  /** Told which folders are read as platforms that they are not named after in Go's words, and which links are followed. */
  readonly tell?: (line: string) => void;
  /** Told of each link where there are many. */
  readonly debug?: (line: string) => void;
}

/**
 * The files of trees `<os>/<architecture>[/<variant>]/<files…>`, or with one folder for a platform, as tools name them
 * (folder-name.ts), or GoReleaser's `dist/`; a root may be the folder of a system, an architecture or a
 * platform itself, or a link to one. Other links are followed where they lead into a root or a folder of `followed`, as Nix leaves
 * them into its store; one that leads elsewhere would publish what nobody meant. Empty folders have nothing to publish.
 * What cannot be published is told to `problems`, by its path from `directory`.
 */
export async function readTrees(
  roots: readonly string[],
  directory: string,
  problems: Problems,
  options: TreeOptions = {},
): Promise<FoundFile[]> {
  const { tell = ignore, debug = ignore, followed = [], isExcluded = () => false } = options;
  const real = await Promise.all(roots.map((root) => realpath(root).catch(() => [])));
  const walk = new TreeWalk(directory, problems, isExcluded, [...real.flat(), ...followed]);
  const content = new PlatformFiles(walk);
  const reader = new TreeReader(walk, content, tell);
  for (const root of roots) await reader.readRoot(root);
  content.clashes.tell(problems);
  tellFollowed(walk.links, tell, debug);
  return content.files;
}

const ignore = (): void => undefined;
