import type { NewEntry } from '../../content/tar/write-tar.ts';
import type { BaseConfig, ImageSettings } from '../../image/files-config.ts';
import type { ImageTree } from '../../image/rootfs/image-tree.ts';
import { LinkLoop, partsOf } from '../../image/rootfs/image-tree.ts';
import type { Platform } from '../../oci/platform.ts';

/** Where programs are looked for that are named without a path, where no PATH is set. */
const usualPath = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

/** What decides which program a container runs. */
interface Run {
  readonly settings: ImageSettings;
  /** Of the base. */
  readonly base: BaseConfig['config'] | undefined;
  /** All that is in the image. */
  readonly tree: ImageTree;
}

/** Where the program of a container is. */
export interface FoundEntrypoint {
  /** With the name that it has on its platform. */
  readonly settings: ImageSettings;
  /** The number of the layer that has it, and of its entry there; undefined where there is none. */
  readonly layer?: number;
  readonly entry?: number;
  /** What is looked for and not there. */
  readonly missing?: string;
}

/** What the names of programs end in on platforms where they have to. */
const extensions: Readonly<Record<string, string>> = {
  windows: '.exe',
  wasi: '.wasm',
  wasip1: '.wasm',
  wasip2: '.wasm',
};

/**
 * Finds the program that a person named, as the entrypoint or, where there is none, as the cmd. Where it is missing, and is
 * there with the extension of its platform, that is the one, so that one entrypoint does for all platforms.
 */
export function findEntrypoint({ os }: Platform, { settings, base, tree }: Run): FoundEntrypoint {
  const key = settings.entrypoint ? 'entrypoint' : 'cmd';
  const [name, ...rest] = settings[key] ?? [];
  if (name === undefined || (key === 'cmd' && base?.Entrypoint?.length)) return { settings };
  const env = [...settings.env.map(([variable, value]) => `${variable}=${value}`), ...(base?.Env ?? [])];
  const search = { env, workdir: settings.workdir ?? base?.WorkingDir };
  const found = findProgram(pathOn(os, name), tree, search);
  if (found) return { settings, ...found };
  const extended = name + (extensions[os] ?? '');
  const other = findProgram(pathOn(os, extended), tree, search);
  if (other) return { settings: { ...settings, [key]: [extended, ...rest] }, ...other };
  return { settings, missing: `${key} "${name}"` };
}

/** A path as layers have it: on Windows without the drive. */
function pathOn(os: string, name: string): string {
  return os === 'windows' ? name.replace(/^[a-z]:/i, '').replaceAll('\\', '/') : name;
}

interface ProgramSearch {
  /** `NAME=value`, as the config has them. */
  readonly env: readonly string[];
  readonly workdir: string | undefined;
}

/** Where the program of this name is: the number of a layer, and of an entry of it. */
function findProgram(
  name: string,
  tree: ImageTree,
  search: ProgramSearch,
): { readonly layer: number; readonly entry: number } | undefined {
  for (const path of pathsOf(name, search)) {
    const node = resolve(tree, path);
    if (node?.kind === 'file') return node.place;
  }
  return undefined;
}

function resolve(tree: ImageTree, path: string) {
  try {
    return tree.resolve(partsOf(path))?.node;
  } catch (failure) {
    if (failure instanceof LinkLoop) return undefined;
    throw failure;
  }
}

function pathsOf(name: string, { env, workdir = '/' }: ProgramSearch): string[] {
  if (name.startsWith('/')) return [name];
  if (name.includes('/')) return [`${workdir}/${name}`];
  const path = env.find((text) => text.startsWith('PATH='))?.slice('PATH='.length) ?? usualPath;
  return path.split(':').map((folder) => `${folder}/${name}`);
}

/** The same file, as a program. */
export function asProgram(entry: NewEntry): NewEntry {
  if (entry.kind !== 'file') return entry;
  const modeOf = (head: Buffer): number => {
    const mode = entry.modeOf(head);
    return (mode & 0o111) === 0 ? mode | 0o111 : mode;
  };
  return { ...entry, modeOf };
}
