import { posix } from 'node:path';

/** Where things went on their way from a folder to an image, so that links lead to where their targets are now. */
export class LinkTargets {
  readonly #paths: ReadonlyMap<string, string>;
  /** Of folders: by what lies in them. */
  readonly #folders = new Map<string, string>();

  /** Paths in the folder and in the image, of all but folders with something in them. */
  constructor(paths: readonly (readonly [from: string, to: string])[]) {
    this.#paths = new Map(paths);
    for (const [from, to] of paths) this.#addFolders(from, to);
  }

  /**
   * What a link at this path of the image says that led to `target` in the folder: its own text, unless that would lead
   * elsewhere from here. What is not in the folder stays where it is.
   */
  textFor(path: string, text: string, target: string): string {
    const to = target === '' ? undefined : (this.#paths.get(target) ?? this.#folders.get(target));
    if (to === undefined) return text;
    const from = `/${posix.dirname(path)}`;
    const leadsTo = posix.resolve(from, text);
    if (leadsTo === `/${to}`) return text;
    return text.startsWith('/') ? `/${to}` : posix.relative(from, `/${to}`) || '.';
  }

  #addFolders(from: string, to: string): void {
    let [source, image] = [from, to];
    while (posix.basename(source) === posix.basename(image)) {
      source = posix.dirname(source);
      image = posix.dirname(image);
      if (source === '.' || image === '.' || this.#folders.has(source)) return;
      this.#folders.set(source, image);
    }
  }
}
