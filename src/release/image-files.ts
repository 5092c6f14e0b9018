import { AlbaError, type Problems } from '../errors.ts';
import type { EntryPlace, ImageFolder } from '../image/rootfs/image-node.ts';
import {
  type ImageTree,
  LinkLoop,
  maxFolderDepth,
  partsOf,
  type Resolved,
  tooDeep,
} from '../image/rootfs/image-tree.ts';
import { assertFewFiles, assertWalkEnds, nameProblem } from '../source/tree/file.ts';

/** A file that an image has below a wanted path. */
export interface ImagePath {
  /** Below the wanted path; the name of the file if that is one. */
  readonly below: string;
  /** From the root of the image. */
  readonly source: string;
  readonly place: EntryPlace;
  readonly executable: boolean;
}

/** The files below a path of an image, links followed inside it. */
export function findInImage(
  tree: ImageTree,
  wanted: string,
  origin: string,
  problems: Problems,
): ImagePath[] {
  const finder = new Finder(tree, origin, problems);
  finder.find(partsOf(wanted));
  return finder.files;
}

class Finder {
  readonly files: ImagePath[] = [];
  readonly #tree: ImageTree;
  readonly #origin: string;
  readonly #problems: Problems;
  #reported = 0;
  #met = 0;

  constructor(tree: ImageTree, origin: string, problems: Problems) {
    this.#tree = tree;
    this.#origin = origin;
    this.#problems = problems;
  }

  find(path: readonly string[]): void {
    this.#visit(path, path.at(-1) ?? '', []);
    if (this.files.length + this.#reported === 0)
      this.#report(path, 'has no file to publish: is extract right?');
  }

  /** `below` is where it is published; of the wanted folder itself only what is in it is. */
  #visit(path: readonly string[], below: string, parents: readonly ImageFolder[]): void {
    this.#met += 1;
    assertWalkEnds(this.#met, this.#origin);
    if (parents.length > maxFolderDepth) throw new AlbaError('source', `${this.#origin} ${tooDeep}`);
    const { node, real } = this.#resolve(path) ?? {};
    if (!node || !real) return;
    if (node.kind === 'other') this.#report(path, 'is neither a file nor a folder');
    else if (node.kind === 'file') this.#add({ ...node, below, source: `/${path.join('/')}` });
    else if (parents.includes(node))
      this.#report(path, 'is a symbolic link to a folder that it lies in: a loop');
    else this.#descend(node, real, parents.length === 0 ? '' : `${below}/`, parents);
  }

  #descend(
    folder: ImageFolder,
    path: readonly string[],
    below: string,
    parents: readonly ImageFolder[],
  ): void {
    for (const name of folder.children.keys()) {
      const problem = nameProblem(name);
      if (problem) this.#report([...path, JSON.stringify(name)], problem);
      else this.#visit([...path, name], below + name, [...parents, folder]);
    }
  }

  #add({ below, source, place, executable }: ImagePath): void {
    this.files.push({ below, source, place, executable });
    assertFewFiles(this.files.length, this.#origin);
  }

  #resolve(path: readonly string[]): Resolved | undefined {
    try {
      const found = this.#tree.resolve(path);
      if (!found)
        this.#report(
          path,
          'is not there, or a symbolic link to something that is not in the image: is extract right?',
        );
      return found;
    } catch (failure) {
      if (!(failure instanceof LinkLoop)) throw failure;
      this.#report(path, 'is a symbolic link that leads back to itself');
      return undefined;
    }
  }

  #report(path: readonly string[], problem: string): void {
    this.#reported += 1;
    this.#problems.add(`${this.#origin}: /${path.join('/')} ${problem}`);
  }
}
