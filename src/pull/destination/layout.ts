import { randomBytes } from 'node:crypto';
import { accessSync, constants, existsSync, lstatSync, realpathSync } from 'node:fs';
import { basename, dirname, join, sep } from 'node:path';
import { isMountPoint } from './mounts.ts';

/** The folder that holds all of it where a destination is swapped entry by entry: the one name that a tree cannot have there. */
export const innerFolder = '.alba';
const innerPrefix = 'pull';

/**
 * Where the files of ours are that belong to a destination. For `app` they lie beside it, named `.app.alba…`, for one that is
 * swapped entry by entry in its own folder `.alba`. All of them are on its file system.
 */
export interface DestinationLayout {
  /** Absolute; links on the way to it are resolved, one at its end is not. */
  readonly path: string;
  /** Why the destination itself cannot be renamed; undefined where it can. */
  readonly inPlace: string | undefined;
  /** The folder that the others lie in. */
  readonly home: string;
  readonly lock: string;
  readonly record: string;
  /** Of one that is swapped entry by entry: where the record is of an earlier pull that could rename it. */
  readonly otherRecord: string | undefined;
  /** The record of a tree that is about to take its place. */
  readonly nextRecord: string;
  /** What was there, while the new tree takes its place by renames. */
  readonly old: string;
  /** The same, entry by entry, and the new tree once all of the old one is away. */
  readonly moved: string;
  readonly ready: string;
  /** Where trees lie that a symbolic link at the destination leads to, one at a time. */
  readonly trees: string;
  /** A new name for something that is in the way of nobody, in a folder. */
  temporary(folder?: string): string;
  /** Whether a name is one of those. */
  isTemporary(name: string): boolean;
}

/**
 * The layout for a destination: absolute, its parent folder without links. `directory` is the working directory, under the feet
 * of which nothing is renamed.
 */
export function layoutOf(path: string, directory: string): DestinationLayout {
  const inPlace = whyInPlace(path, directory);
  const home = inPlace === undefined ? dirname(path) : join(path, innerFolder);
  const prefix = inPlace === undefined ? prefixBeside(path) : innerPrefix;
  const at = (ending: string): string => join(home, `${prefix}${ending}`);
  const start = `${prefix}-new-`;
  // Of who removes the lock of a dead process, for an instant.
  const claim = `${prefix}.lock-`;
  return {
    path,
    inPlace,
    home,
    lock: at('.lock'),
    record: at('.json'),
    otherRecord: inPlace === undefined ? undefined : recordBeside(path),
    nextRecord: at('-next.json'),
    old: at('-old'),
    moved: at('-moved'),
    ready: at('-ready'),
    trees: at(''),
    temporary: (folder = home) => join(folder, `${start}${randomBytes(6).toString('hex')}`),
    isTemporary: (name) =>
      (name.startsWith(start) && /^[0-9a-f]{12}$/.test(name.slice(start.length))) ||
      (name.startsWith(claim) && /^[0-9a-f-]{36}$/.test(name.slice(claim.length))),
  };
}

function prefixBeside(path: string): string {
  return `.${basename(path)}.alba`;
}

function recordBeside(path: string): string {
  return join(dirname(path), `${prefixBeside(path)}.json`);
}

function whyInPlace(path: string, directory: string): string | undefined {
  try {
    if (!lstatSync(path).isDirectory()) return undefined;
  } catch {
    // What is wrong with it is told by who looks at it.
    return undefined;
  }
  if (dirname(path) === path) return 'it is the root';
  if (`${realpathSync(directory)}${sep}`.startsWith(`${path}${sep}`)) {
    return 'it is the working directory, or has it in it';
  }
  if (isMountPoint(path)) return 'something is mounted there';
  if (!existsSync(recordBeside(path)) && existsSync(join(path, innerFolder, `${innerPrefix}.json`))) {
    return 'it was by an earlier pull';
  }
  return isWritable(dirname(path)) ? undefined : 'the folder that it is in cannot be written';
}

function isWritable(folder: string): boolean {
  try {
    accessSync(folder, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}
