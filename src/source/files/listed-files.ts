import { stat } from 'node:fs/promises';
import { steadyFile } from '../../content/steady-file.ts';
import { type Problems, reasonOf } from '../../errors.ts';
import { compareText } from '../../oci/compare.ts';
import { shownPath } from '../../progress/format.ts';
import type { TreeEntry } from '../tree/walk.ts';
import type { SourceNode } from './source-node.ts';

/** Files that a list names, at these paths in an image, sorted by them; what cannot be read is told to `problems`, and the bytes of each file to `onFile`. */
export async function readListedFiles(
  files: ReadonlyMap<string, TreeEntry>,
  directory: string,
  problems: Problems,
  onFile: (bytes: number) => void = () => {},
): Promise<SourceNode[]> {
  const nodes: SourceNode[] = [];
  for (const [path, { location, real }] of files) {
    const origin = shownPath(location, directory);
    try {
      const stats = await stat(real);
      if (!stats.isFile()) throw new Error('it is no file');
      const isExecutable = (stats.mode & 0o111) !== 0;
      nodes.push({ kind: 'file', path, origin, file: steadyFile(real, origin, stats), isExecutable });
      onFile(stats.size);
    } catch (failure) {
      problems.add(`${origin} cannot be read: ${reasonOf(failure)}`);
    }
  }
  return nodes.sort((a, b) => compareText(a.path, b.path));
}
