import type { ImageFile, ImageNode } from './image-node.ts';

/** A usual file is one number: whether it is executable, its entry, its layer; above them no number is small to V8. In bits. */
const entryAt = 1;
const layerAt = 22;
const end = 30;

/** From so many characters on V8 keeps the text that a name was cut from. */
const leastCut = 13;

/**
 * What a folder of an image holds, by names, in the order in which they came. Files, of which there may be a million, take a few bytes
 * besides their names and are made anew whenever they are asked for.
 */
export class FolderNames implements Iterable<readonly [name: string, node: ImageNode]> {
  readonly #nodes = new Map<string, ImageNode | number>();

  get size(): number {
    return this.#nodes.size;
  }

  get(name: string): ImageNode | undefined {
    const node = this.#nodes.get(name);
    return typeof node === 'number' ? unpack(node) : node;
  }

  set(name: string, node: ImageNode): void {
    const kept = node.kind === 'file' ? pack(node) : node;
    this.#nodes.set(name.length < leastCut || this.#nodes.has(name) ? name : uncut(name), kept);
  }

  delete(name: string): void {
    this.#nodes.delete(name);
  }

  keys(): Iterable<string> {
    return this.#nodes.keys();
  }

  *[Symbol.iterator](): Generator<readonly [name: string, node: ImageNode], void, void> {
    for (const [name, node] of this.#nodes) yield [name, typeof node === 'number' ? unpack(node) : node];
  }
}

/** As it is, where its numbers are too large, or it is of another layer than its content. */
function pack(file: ImageFile): ImageFile | number {
  const { layer, place, executable } = file;
  const isUsual =
    layer === place.layer &&
    layer >= 0 &&
    layer < 1 << (end - layerAt) &&
    place.entry < 1 << (layerAt - entryAt);
  return isUsual ? (layer << layerAt) | (place.entry << entryAt) | (executable ? 1 : 0) : file;
}

function unpack(bits: number): ImageFile {
  const layer = bits >> layerAt;
  const entry = (bits >> entryAt) & ((1 << (layerAt - entryAt)) - 1);
  return { kind: 'file', layer, place: { layer, entry }, executable: (bits & 1) === 1 };
}

/** The same text, apart from the one that it was cut from. */
function uncut(name: string): string {
  const text: unknown = JSON.parse(JSON.stringify(name));
  return typeof text === 'string' ? text : name;
}
