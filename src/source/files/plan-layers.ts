import { once } from '../../concurrency/once.ts';
import { isProgram } from '../../content/executable.ts';
import type { NewEntry, NewFile } from '../../content/tar/write-tar.ts';
import { compareText } from '../../oci/compare.ts';
import type { LayerLine } from './layer-line.ts';
import { LinkTargets } from './link-targets.ts';
import type { SourceNode } from './source-node.ts';
import { hiddenByLater, quoted, ToldTogether, takenBySeveral } from './told-together.ts';

/** Mode and owner of a folder. */
export interface FolderAttributes {
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
}

/** What lies below the layers of files: the base, or nothing. Paths have slashes between their parts, and none at either end. */
export interface LowerTree {
  /** The same path without links on it, those of its last part aside. */
  place(path: string): string;
  /** Undefined where there is no folder. */
  folderAt(path: string): FolderAttributes | undefined;
}

/** What is in a layer before its tar is written. */
export interface PlannedLayer {
  /** The line that asks for it; undefined for what no line takes. */
  readonly line: LayerLine | undefined;
  /** Sorted by path; the folders that they lie in come first. */
  readonly entries: readonly LayerContent[];
}

/** An entry, and what it was made of; nothing for a folder that others lie in. */
export interface LayerContent {
  readonly entry: NewEntry;
  readonly node?: SourceNode;
}

/** How files become layers. */
export interface LayerPlanOptions {
  readonly lines: readonly LayerLine[];
  /** Below which goes what has no destination, an absolute path. */
  readonly prefix: string;
  readonly lower: LowerTree;
  readonly warn: (text: string) => void;
}

/** What the layers of a platform come to. */
export interface LayerPlan {
  /** In the order of their lines, what no line takes last; none without entries. */
  readonly layers: readonly PlannedLayer[];
  /** The lines that took something. */
  readonly matched: ReadonlySet<LayerLine>;
}

/** Where something goes, and with which line. */
interface Claim {
  readonly node: SourceNode;
  readonly path: string;
  readonly line: LayerLine | undefined;
  /** The folder from which on the line says who owns folders. */
  readonly root: string;
}

/**
 * Parts the files of a platform among layers. Where two lines take one file, or two files go to one path, the later one has it,
 * with a warning. Every layer has the folders that its entries lie in: as the layer below has them, else as the line says, else
 * 0755 of root, and the same in all layers.
 */
export function planLayers(nodes: readonly SourceNode[], options: LayerPlanOptions): LayerPlan {
  const { lines } = options;
  const matched = new Set<LayerLine>();
  const taken = new ToldTogether(takenBySeveral);
  const hidden = new ToldTogether(hiddenByLater);
  const claims = nodes.map((node): Claim => {
    const takers = lines.length === 0 ? lines : lines.filter(({ glob }) => glob.takes(node.path));
    for (const line of takers) matched.add(line);
    const line = takers.at(-1);
    if (takers.length > 1) taken.note(takers.map(quoted), node.origin);
    const { path, root } = destinationOf(node, line, options);
    return { node, path, line, root };
  });
  const order = (claim: Claim): number => (claim.line ? lines.indexOf(claim.line) : lines.length);
  const kept = dropHidden(
    [...claims].sort((a, b) => order(b) - order(a)),
    (winner, loser) => {
      const told = `/${loser.path} is claimed by ${winner.node.origin} and by ${loser.node.origin}, which is left out: the later layer has it`;
      hidden.note([quoted(loser.line), quoted(winner.line)], told);
    },
  );
  for (const text of [...taken.told(), ...hidden.told()]) options.warn(text);
  const writer = new EntryWriter(kept, options);
  const layers = [...lines, undefined].map((line): PlannedLayer => {
    const own = kept.filter((claim) => claim.line === line);
    return { line, entries: writer.entriesOf(own) };
  });
  return { layers: layers.filter(({ entries }) => entries.length > 0), matched };
}

function destinationOf(
  { path, kind }: SourceNode,
  line: LayerLine | undefined,
  { prefix, lower }: LayerPlanOptions,
): Pick<Claim, 'path' | 'root'> {
  // A folder is where a link of the lower tree leads, all else takes the place of a link.
  const placeFolder = (to: string): string => (to === '' ? '' : folderOf(lower.place(`${to}/-`)));
  const place = (to: string): string => (kind === 'folder' ? placeFolder(to) : lower.place(to));
  const base = trimmed(prefix);
  if (!line) return { path: place(joined(base, path)), root: '' };
  const { fixed, isPlain } = line.glob;
  const isNamed = isPlain && fixed === path && kind !== 'folder';
  if (line.destination === undefined) {
    const root = fixed === '' || isNamed ? '' : placeFolder(joined(base, fixed));
    return { path: place(joined(base, path)), root };
  }
  const to = trimmed(line.destination);
  if (isNamed) {
    const isFolder = line.destination.endsWith('/') || lower.folderAt(placeFolder(to)) !== undefined;
    const name = path.slice(path.lastIndexOf('/') + 1);
    return { path: place(isFolder ? joined(to, name) : to), root: isFolder ? placeFolder(to) : '' };
  }
  const below = fixed === '' ? path : path.slice(fixed.length + 1);
  return { path: place(joined(to, below)), root: placeFolder(to) };
}

/** Takes claims from the last layer to the first, and gives those that no later one hides. */
function dropHidden(claims: readonly Claim[], tell: (winner: Claim, loser: Claim) => void): Claim[] {
  const taken = new Map<string, Claim>();
  const folders = new Map<string, Claim>();
  return claims.filter((claim) => {
    const { path, node } = claim;
    if (path === '') return false;
    const isFolder = node.kind === 'folder';
    // Nothing hides what lies in a folder that is there.
    const isInKnown = folders.has(folderOf(path));
    const above = isInKnown ? undefined : firstAbove(path, taken);
    const hiding = taken.get(path) ?? above ?? (isFolder ? undefined : folders.get(path));
    if (hiding) tell(hiding, claim);
    if (hiding || folders.has(path)) return false;
    (isFolder ? folders : taken).set(path, claim);
    for (const folder of isInKnown ? [] : foldersAbove(path))
      folders.set(folder, folders.get(folder) ?? claim);
    return true;
  });
}

function firstAbove(path: string, taken: ReadonlyMap<string, Claim>): Claim | undefined {
  for (const folder of foldersAbove(path)) {
    const found = taken.get(folder);
    if (found) return found;
  }
  return undefined;
}

/** Makes entries of claims. */
class EntryWriter {
  readonly #lower: LowerTree;
  readonly #targets: () => LinkTargets;
  readonly #folders = new Map<string, FolderAttributes>();

  /** All claims, those of the last layer first. */
  constructor(claims: readonly Claim[], { lower }: LayerPlanOptions) {
    this.#lower = lower;
    this.#targets = once(() => new LinkTargets(claims.map(({ node, path }) => [node.path, path])));
    for (const { path, node, line, root } of claims) {
      if (root === '' && node.kind !== 'folder') continue;
      const own = node.kind === 'folder' ? [path] : [];
      for (const folder of [...own, ...foldersAbove(path)]) {
        const isOwned = root !== '' && (folder === root || folder.startsWith(`${root}/`));
        if (isOwned || (own.includes(folder) && line)) this.#setFolder(folder, line);
      }
    }
  }

  entriesOf(claims: readonly Claim[]): LayerContent[] {
    const entries: LayerContent[] = [];
    const folders = new Set<string>(['']);
    const first = new Map<string, string>();
    for (const claim of [...claims].sort((a, b) => compareText(a.path, b.path))) {
      if (claim.node.kind === 'folder') folders.add(claim.path);
      for (const folder of folders.has(folderOf(claim.path)) ? [] : foldersAbove(claim.path)) {
        // Those above it are there, too.
        if (folders.has(folder)) break;
        folders.add(folder);
        entries.push({ entry: this.#folder(folder) });
      }
      entries.push({ entry: this.#entry(claim, first), node: claim.node });
    }
    return entries.sort((a, b) => compareText(a.entry.name, b.entry.name));
  }

  #entry({ node, path, line }: Claim, first: Map<string, string>): NewEntry {
    if (node.kind === 'folder') return this.#folder(path);
    const { uid = 0, gid = 0 } = line ?? usual;
    if (node.kind === 'link') {
      const linkname = this.#targets().textFor(path, node.text, node.target);
      return { kind: 'symlink', name: path, uid, gid, linkname };
    }
    const { identity, file, isExecutable } = node;
    const linkname = identity === undefined ? undefined : first.get(identity);
    if (linkname !== undefined) return { kind: 'hardlink', name: path, uid, gid, linkname };
    if (identity !== undefined) first.set(identity, path);
    return { kind: 'file', name: path, uid, gid, content: file, modeOf: modeOf(line?.mode, isExecutable) };
  }

  #folder(path: string): NewEntry {
    const { mode, uid, gid } = this.#lower.folderAt(path) ?? this.#folders.get(path) ?? usual;
    return { kind: 'folder', name: path, mode, uid, gid };
  }

  /** The claim of the last layer counts. */
  #setFolder(path: string, line: LayerLine | undefined): void {
    if (this.#folders.has(path)) return;
    const { uid = 0, gid = 0, mode = usual.mode } = line ?? {};
    this.#folders.set(path, { uid, gid, mode: mode | ((mode & 0o444) >> 2) });
  }
}

/** Shared where nothing asks for a mode, as there are many files. */
function modeOf(mode: number | undefined, isExecutable: boolean): NewFile['modeOf'] {
  if (mode !== undefined) return () => mode;
  return isExecutable ? asProgram : asItBegins;
}

const asProgram: NewFile['modeOf'] = () => 0o755;
const asItBegins: NewFile['modeOf'] = (head) => (isProgram(head) ? 0o755 : 0o644);

const usual: FolderAttributes = { mode: 0o755, uid: 0, gid: 0 };

/** The folders that a path lies in, the innermost first. */
function foldersAbove(path: string): string[] {
  const folders: string[] = [];
  for (let slash = path.lastIndexOf('/'); slash > 0; slash = path.lastIndexOf('/', slash - 1)) {
    folders.push(path.slice(0, slash));
  }
  return folders;
}

function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}

function joined(folder: string, below: string): string {
  return folder === '' ? below : below === '' ? folder : `${folder}/${below}`;
}

function trimmed(absolute: string): string {
  return absolute.replace(/^\/+|\/+$/g, '');
}
