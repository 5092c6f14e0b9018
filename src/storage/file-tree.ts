import type { Dirent, Stats } from 'node:fs';
import { readdir, realpath, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { AlbaError, systemCode } from '../errors.ts';
import { isOwnName, nameOnDisk, selfName } from './key-path.ts';
import { isWithin, mayHoldWithin } from './key-range.ts';
import type { KeyRange, StoredObject } from './storage.ts';

const concurrency = 16;

/** Names in folders that one listing meets again: others may have written the links that lead there. */
const mostAgain = 100_000;

/** A file that holds an object. */
export interface Found {
  readonly path: string;
  readonly stats: Stats;
}

/** What is listed; with `shallow` only keys without a slash after the prefix. */
interface Listing {
  readonly prefix: string;
  readonly shallow: boolean;
  readonly within?: readonly KeyRange[] | undefined;
  readonly platform: NodeJS.Platform;
}

/** A step of a listing: an object's key, or with a slash at its end what is below a folder. */
interface Place {
  readonly key: string;
  readonly path: string;
  readonly isLink: boolean;
  /** Whether the folder says that it is a file. */
  readonly isFile: boolean;
}

/** What is given of an object; undefined where there is none. */
type Inspect<T> = (place: Place) => T | Promise<T | undefined>;

/** An object with size and time. */
export async function inspectObject({ key, path }: Place): Promise<StoredObject | undefined> {
  const found = await findObject(path);
  return found && { key, size: found.stats.size, modified: found.stats.mtime };
}

/** The key of an object, which for a file takes no further look. */
export function inspectKey({ key, path, isFile }: Place): string | Promise<string | undefined> {
  return isFile ? key : findObject(path).then((found) => found && key);
}

/** A folder on the way, by its real path. */
interface Folder {
  readonly real: string;
  readonly parent?: Folder;
  readonly isBehindLink: boolean;
}

/** Folders behind links that one listing has met, and the names in those that it has met again. */
interface Met {
  readonly folders: Set<string>;
  names: number;
}

/** The object at a path: the file there, or the one that stands for the folder there. */
export async function findObject(path: string): Promise<Found | undefined> {
  const stats = await statIfThere(path);
  if (stats?.isFile()) return { path, stats };
  if (!stats?.isDirectory()) return undefined;
  const self = join(path, selfName);
  const inside = await statIfThere(self);
  return inside?.isFile() ? { path: self, stats: inside } : undefined;
}

/** What is at a path, a link followed; undefined when there is nothing. */
export async function statIfThere(path: string): Promise<Stats | undefined> {
  return ifThere(stat(path));
}

/**
 * The objects below a directory whose keys begin with a prefix, in the order of their keys' bytes. Folders are no objects,
 * symbolic links are what they lead to, but for those to a folder that they lie in. Throws an AlbaError where links lead to
 * the same folders without end.
 */
export async function* walk<T extends StoredObject | string>(
  root: string,
  listing: Listing,
  inspect: Inspect<T>,
): AsyncGenerator<T> {
  const real = await ifThere(realpath(root));
  if (real === undefined) return;
  const met = { folders: new Set<string>(), names: 0 };
  yield* walkFolder('', { real, isBehindLink: false }, listing, inspect, met);
}

async function* walkFolder<T extends StoredObject | string>(
  key: string,
  folder: Folder,
  listing: Listing,
  inspect: Inspect<T>,
  met: Met,
): AsyncGenerator<T> {
  const { prefix, shallow, within, platform } = listing;
  const entries = (await ifThere(readdir(folder.real, { withFileTypes: true }))) ?? [];
  assertEnds(folder, entries.length, met);
  const isWanted = (name: string): boolean =>
    name.endsWith('/')
      ? (name.startsWith(prefix) || prefix.startsWith(name)) && mayHoldWithin(name, within)
      : name.startsWith(prefix) && isWithin(name, within);
  const places = entries.flatMap((entry) => {
    const name = key + nameOnDisk(entry.name, platform);
    if (isOwnName(entry.name) || (entry.isFile() && !isWanted(name))) return [];
    return placesOf(entry, folder.real, name).filter((place) => isWanted(place.key));
  });
  const look = (place: Place): Step<T> | Promise<Step<T>> => {
    if (place.key.endsWith('/')) return lookAtFolder(place);
    const object = inspect(place);
    return object instanceof Promise ? object.then((found) => ({ object: found })) : { object };
  };
  for await (const found of lookAtAll(inOrder(places), look)) {
    if (found.object !== undefined) yield found.object;
    if (found.folder && (!shallow || prefix.startsWith(found.folder.key))) {
      const below = await enter(found.folder, folder);
      if (below) yield* walkFolder(found.folder.key, below, listing, inspect, met);
    }
  }
}

/** What takes no waiting is not waited for, of ten thousand files in a folder; the rest is looked at several at once. */
async function* lookAtAll<T>(
  places: readonly Place[],
  look: (place: Place) => Step<T> | Promise<Step<T>>,
): AsyncGenerator<Step<T>> {
  for (let at = 0; at < places.length; at += concurrency) {
    const steps = places.slice(at, at + concurrency).map(look);
    // One that fails is thrown in its turn, which may be after a folder.
    for (const step of steps) if (step instanceof Promise) step.catch(() => {});
    for (const step of steps) {
      yield step instanceof Promise ? await step : step;
    }
  }
}

async function lookAtFolder(place: Place): Promise<{ readonly folder?: Place }> {
  return (await statIfThere(place.path))?.isDirectory() ? { folder: place } : {};
}

/** What a step of a listing comes to: an object, a folder to be entered, or nothing. */
interface Step<T> {
  readonly object?: T | undefined;
  readonly folder?: Place;
}

/** Undefined for a link to a folder that it lies in. */
async function enter({ path, isLink }: Place, parent: Folder): Promise<Folder | undefined> {
  if (!isLink) return { real: path, parent, isBehindLink: parent.isBehindLink };
  const real = await ifThere(realpath(path));
  for (let at: Folder | undefined = parent; at; at = at.parent) if (at.real === real) return undefined;
  return real === undefined ? undefined : { real, parent, isBehindLink: true };
}

function assertEnds({ real, isBehindLink }: Folder, names: number, met: Met): void {
  if (!isBehindLink) return;
  if (met.folders.has(real)) met.names += names;
  met.folders.add(real);
  if (met.names <= mostAgain) return;
  throw new AlbaError('target', `${real}: symbolic links lead to the same folders again and again`);
}

/** A folder is met twice: `a` comes before `a-b`, and that before what is in `a/`. */
function placesOf(entry: Dirent, folder: string, key: string): Place[] {
  const path = join(folder, entry.name);
  const isLink = entry.isSymbolicLink();
  const object = { key, path, isLink, isFile: entry.isFile() };
  return entry.isFile() ? [object] : [object, { ...object, key: `${key}/` }];
}

function isAscii(text: string): boolean {
  return !/[^ -~]/.test(text);
}

function byKey(a: Place, b: Place): number {
  return a.key < b.key ? -1 : 1;
}

function inOrder(places: readonly Place[]): Place[] {
  if (places.every(({ key }) => isAscii(key))) return places.toSorted(byKey);
  return places
    .map((place) => ({ place, bytes: Buffer.from(place.key) }))
    .sort((a, b) => a.bytes.compare(b.bytes))
    .map(({ place }) => place);
}

async function ifThere<T>(call: Promise<T>): Promise<T | undefined> {
  try {
    return await call;
  } catch (thrown) {
    if (['ENOENT', 'ENOTDIR', 'ELOOP', 'ENAMETOOLONG'].includes(systemCode(thrown) ?? '')) return undefined;
    throw thrown;
  }
}
