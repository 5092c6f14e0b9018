import {
  chmodSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { openDestination } from '../../src/pull/destination/open.ts';
import type { DestinationOptions } from '../../src/pull/destination.ts';

/** Files by path with their text; a text that begins with `->` is a symbolic link. */
export type Tree = Readonly<Record<string, string>>;

export function writeTreeOf(tree: Tree, folder: string): void {
  for (const [path, text] of Object.entries(tree)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    if (text.startsWith('->')) symlinkSync(text.slice(2), join(folder, path));
    else writeFileSync(join(folder, path), text);
  }
}

/** What is in a folder, but for `.alba`; undefined where there is none. */
export function readTreeOf(folder: string): Tree | undefined {
  if (!lstatSync(folder, { throwIfNoEntry: false })) return undefined;
  const tree: Record<string, string> = {};
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name).slice(folder.length + 1);
    if (path === '.alba' || path.startsWith('.alba/')) continue;
    if (entry.isFile()) tree[path] = readFileSync(join(folder, path), 'utf8');
    if (entry.isSymbolicLink()) tree[path] = `->${readlinkSync(join(folder, path))}`;
  }
  return tree;
}

/** What progress was told, line by line. */
export function listen() {
  const lines: string[] = [];
  const warnings: string[] = [];
  return {
    lines,
    warnings,
    progress: {
      line: (text: string) => void lines.push(text),
      warn: (text: string) => void warnings.push(text),
      debug() {},
    },
  };
}

type Settings = Pick<DestinationOptions, 'directory'> & Partial<DestinationOptions>;

/** The options of a pull that asks for nothing. */
export function optionsOf(settings: Settings): DestinationOptions {
  return { replace: false, current: false, progress: listen().progress, ...settings };
}

/** Fills a destination with a tree, of which folders named in `modes` get these at the end; the digest is the name of what was pulled. */
export async function pullTree(
  path: string,
  digest: string,
  tree: Tree,
  settings: Settings,
  modes: Readonly<Record<string, number>> = {},
): Promise<void> {
  await using destination = await openDestination(path, optionsOf(settings));
  const staged = await destination.stage();
  writeTreeOf(tree, staged);
  for (const [name, mode] of Object.entries(modes)) chmodSync(join(staged, name), mode);
  await destination.take({ digest, options: {} });
}

/** What a destination says of the pull of a digest. */
export async function compareTo(path: string, digest: string, settings: Settings) {
  await using destination = await openDestination(path, optionsOf(settings));
  return destination.compare({ digest, options: {} });
}
