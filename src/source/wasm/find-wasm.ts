import { realpath, stat } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import { type SteadyFile, steadyFile } from '../../content/steady-file.ts';
import { AlbaError, Problems } from '../../errors.ts';
import { formatCount, shownPath } from '../../progress/format.ts';
import type { Progress } from '../../progress/progress.ts';
import { expandPaths } from '../expand-paths.ts';
import { readFolder } from '../files/read-folder.ts';
import { kindOf } from '../sniff.ts';
import { isIn, leadsOut, readFollowed } from '../tree/links.ts';

/** Where files of WebAssembly are looked for. */
export interface FindWasmOptions {
  /** Folders that links may lead into, relative to `directory`. */
  readonly follow: readonly string[];
  /** Where relative paths begin. */
  readonly directory: string;
  readonly progress: Progress;
}

/**
 * The one file of WebAssembly that these lines name: by its path or a glob, or as the only `*.wasm` in a folder, however deep. A
 * source error where there are several, or none.
 */
export async function findWasm(lines: readonly string[], options: FindWasmOptions): Promise<SteadyFile> {
  const { follow, directory, progress } = options;
  const problems = new Problems();
  const followed = await readFollowed(follow, directory, problems);
  const taker = {
    entriesOf: async () => undefined,
    check: async () => {},
    sift: async (paths: readonly string[]) => {
      const kinds = await Promise.all(paths.map(kindOf));
      return paths.filter((path, index) => kinds[index] === 'folder' || path.endsWith('.wasm'));
    },
    explain: (line: string) => `${line} names no *.wasm in ${directory}, and no folder that could hold one`,
  };
  const { paths, isExcluded } = await expandPaths(lines, directory, taker, problems, progress);
  const named = new Set(lines.map((line) => resolve(directory, line.trim())));
  const found = new Map<string, SteadyFile>();
  for (const path of paths) {
    const origin = shownPath(path, directory);
    const real = await realpath(path);
    const isDirect = named.has(path) || real === join(await realpath(directory), relative(directory, path));
    if (!isDirect && !isIn(real, followed)) {
      problems.add(`${origin} is a symbolic link that ${leadsOut(real)}`);
      continue;
    }
    const stats = await stat(real);
    if (stats.isFile()) found.set(real, steadyFile(real, origin, stats));
    if (!stats.isDirectory()) continue;
    const nodes = await readFolder(path, {
      ...{ directory, problems, isExcluded, followed },
      inImage: () => ({ isThere: false }),
    });
    for (const node of nodes) {
      if (node.kind === 'file' && node.path.endsWith('.wasm')) found.set(node.file.path, node.file);
    }
  }
  problems.throwIfAny('source');
  const [file, ...more] = found.values();
  if (file && more.length === 0) return file;
  const names = [...found.values()].map(({ origin }) => origin).join(', ');
  throw new AlbaError(
    'source',
    file
      ? `an artifact of WebAssembly is one module, and there are ${formatCount(found.size, 'file')}: ${names}; name one`
      : `no *.wasm is in ${lines.join(', ')}`,
  );
}
