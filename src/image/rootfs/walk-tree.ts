import type { FolderNames } from './folder-names.ts';
import type { ImageNode } from './image-node.ts';
import { isOfLayer } from './merge-layers.ts';

/** A name in a tree, from its root. */
export interface TreeName {
  readonly path: string;
  readonly name: string;
  readonly node: ImageNode;
}

/** All names below a folder, each after the folder that it is in; `enter` is told of each folder before what is in it. */
export function* walkTree(
  root: FolderNames,
  enter: (path: string, names: FolderNames) => void = () => {},
): Generator<TreeName, void, void> {
  enter('', root);
  const open = [{ prefix: '', children: root[Symbol.iterator]() }];
  for (let inner = open.at(-1); inner; inner = open.at(-1)) {
    const next = inner.children.next();
    if (next.done) {
      open.pop();
      continue;
    }
    const [name, node] = next.value;
    if (isOfLayer(name)) continue;
    const path = inner.prefix + name;
    yield { path, name, node };
    if (node.kind !== 'folder') continue;
    enter(path, node.children);
    open.push({ prefix: `${path}/`, children: node.children[Symbol.iterator]() });
  }
}
