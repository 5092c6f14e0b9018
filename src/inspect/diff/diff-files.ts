import { compareText } from '../../oci/compare.ts';
import type { SeenLayer } from '../content.ts';
import { countShared } from './diff-layers.ts';
import { dependsOnLower, type FileFacts, filesOf } from './file-tree.ts';
import type { LayerReader } from './layer-reader.ts';

/** A file or a link that is there in one of two images alone, or is another one. */
export interface FileChange {
  readonly change: 'added' | 'removed' | 'changed';
  /** From the root of the image. */
  readonly path: string;
  readonly before?: FileFacts;
  readonly after?: FileFacts;
}

/** The layers of an image, and what begins the sentences of errors. */
export interface LayerStack {
  readonly origin: string;
  readonly layers: readonly SeenLayer[];
}

/**
 * What is another in the files of two images, by their paths. Layers that both have at their base are read only where a name that
 * one has above them and the other has not may lie in them, too. Times are not compared: a build that is run again changes them all.
 */
export async function diffFiles(
  before: LayerStack,
  after: LayerStack,
  reader: LayerReader,
): Promise<FileChange[]> {
  const shared = countShared(before.layers, after.layers);
  const [old, young] = [
    await reader.read(before.layers.slice(shared), before.origin),
    await reader.read(after.layers.slice(shared), after.origin),
  ];
  const lower = dependsOnLower(old, young)
    ? await reader.read(before.layers.slice(0, shared), before.origin)
    : [];
  const was = filesOf([...lower, ...old], before.origin);
  const is = filesOf([...lower, ...young], after.origin);
  const changes: FileChange[] = [];
  for (const [path, facts] of is) {
    const known = was.get(path);
    if (!known) changes.push({ change: 'added', path, after: facts });
    else if (!isSameFile(known, facts))
      changes.push({ change: 'changed', path, before: known, after: facts });
  }
  for (const [path, facts] of was) {
    if (!is.has(path)) changes.push({ change: 'removed', path, before: facts });
  }
  return changes.sort((a, b) => compareText(a.path, b.path));
}

function isSameFile(a: FileFacts, b: FileFacts): boolean {
  const names = ['kind', 'size', 'mode', 'uid', 'gid', 'target', 'hash'] as const;
  return names.every((name) => a[name] === b[name]);
}
