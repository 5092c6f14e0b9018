import { existsSync, readdirSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { linesOf } from '../../__tests__/fixtures/unpack.ts';
import { type Digest, digestOf, hexOf, isDigest } from '../../src/oci/digest.ts';
import type { Random } from '../fuzz/damage.ts';

/** A way to pull, of which the destination is looked at after each kill. */
export interface Scenario {
  readonly name: string;
  /** The words that pull a version, from the source. */
  words(version: string): readonly string[];
  /** The folder that it runs in, and the one in which its work is first seen, below the place of the scenario. */
  readonly cwd: string;
  readonly watched: string;
  /** What the destination is, a line each; undefined where it is not there. Throws where it is broken. */
  state(place: string): readonly string[] | undefined;
  /** Whether it may be a part of one tree between the two, which the next run completes. */
  readonly isInParts: boolean;
  /** What lies below the place, and may not be there when nothing was killed: paths. */
  leftovers(place: string): readonly string[];
  /** Which of these, by path and size, may be there for {@link lockBound}, until somebody writes there: locks that do not tell whose they are. */
  isLock?(path: string, size: number): boolean;
  /** Takes away, before a run that is killed, what would spare it work. */
  prepare?(place: string, random: Random): void;
}

/** In ms: so long a lock counts for one of somebody who is at work. */
export const lockBound = 10_000;

const image = (version: string): string => `file://../site#app:${version}`;
const pull = (version: string, ...more: string[]): string[] => ['container', 'pull', image(version), ...more];
const without = (names: readonly string[], allowed: readonly (string | RegExp)[]): string[] =>
  names.filter((name) => !allowed.some((one) => (typeof one === 'string' ? one === name : one.test(name))));
const namesIn = (folder: string): string[] => (existsSync(folder) ? readdirSync(folder) : []);

/** The tree at a path, links to it followed, without its root, whose time may be another's. */
function treeAt(path: string, withTimes = true): string[] | undefined {
  if (!existsSync(path)) return undefined;
  const lines = linesOf(realpathSync(path)).filter((line) => !isOurs(line));
  return withTimes ? lines : lines.map((line) => line.replace(/^(\S+ \S+ \d+ \S+) \S+/, '$1'));
}

/** The root, and where the record is of a tree that is swapped entry by entry. */
function isOurs(line: string): boolean {
  return line.startsWith('/ ') || /^\/\.alba[/ ]/.test(line);
}

/** A layout is what its tag leads to; all of that has to be there, and be what its digest says. */
function layoutAt(path: string): Digest[] | undefined {
  if (!existsSync(join(path, 'index.json'))) return undefined;
  const digests: Digest[] = [];
  const follow = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    if ('digest' in value && typeof value.digest === 'string' && isDigest(value.digest)) {
      const bytes = readFileSync(join(path, 'blobs', value.digest.replace(':', '/')));
      if (digestOf(bytes) !== value.digest) throw new Error(`${path} has other bytes for ${value.digest}`);
      digests.push(value.digest);
      if ('mediaType' in value && /index|manifest/.test(`${value.mediaType}`)) follow(JSON.parse(`${bytes}`));
    }
    for (const inner of Object.values(value)) follow(inner);
  };
  follow(JSON.parse(readFileSync(join(path, 'index.json'), 'utf8')));
  return digests;
}

function fileAt(path: string): string[] | undefined {
  return existsSync(path) ? [digestOf(readFileSync(path))] : undefined;
}

const folder = { cwd: '.', watched: '.', isInParts: false } as const;

/** Every kind of destination that a pull fills. */
export const scenarios: readonly Scenario[] = [
  {
    ...folder,
    name: 'a folder, by two renames',
    words: (version) => pull(version, './app'),
    state: (place) => treeAt(join(place, 'app')),
    leftovers: (place) => without(namesIn(place), ['app', '.app.alba.json']),
  },
  {
    ...folder,
    name: 'a link, with current',
    words: (version) => pull(version, './app', '--current'),
    state: (place) => treeAt(join(place, 'app')),
    leftovers: (place) => [
      ...without(namesIn(place), ['app', '.app.alba', '.app.alba.json']),
      ...without(namesIn(join(place, '.app.alba')), [/^[0-9a-f]{12}(-\d+)?$/]),
      // The new tree, and the one before, which programs may still run from.
      ...namesIn(join(place, '.app.alba')).slice(2),
    ],
  },
  {
    name: 'the working directory, entry by entry',
    ...{ cwd: 'app', watched: 'app', isInParts: true },
    words: (version) => ['container', 'pull', `file://../../site#app:${version}`, '.'],
    state: (place) => treeAt(join(place, 'app')),
    leftovers: (place) => [
      ...without(namesIn(place), ['app']),
      ...without(namesIn(join(place, 'app', '.alba')), ['pull.json']),
    ],
  },
  {
    ...folder,
    name: 'a folder, with a store',
    words: (version) => pull(version, './app', '--store', './store'),
    state: (place) => treeAt(join(place, 'app')),
    leftovers: (place) => [
      ...without(namesIn(place), ['app', '.app.alba.json', 'store']),
      ...['leases', 'locks', 'temporary', 'turns'].flatMap((folder) =>
        namesIn(join(place, 'store', folder)).map((name) => `store/${folder}/${name}`),
      ),
    ],
    isLock: (path, size) =>
      path.startsWith('store/turns/') || (path.startsWith('store/locks/') && size === 0),
    prepare: (place, random) => {
      if (random(2) === 0) rmSync(join(place, 'store'), { recursive: true, force: true });
    },
  },
  {
    name: 'a layout',
    ...{ cwd: '.', watched: 'mirror/blobs/sha256', isInParts: false },
    words: (version) => pull(version, 'oci:./mirror:it'),
    state: (place) => layoutAt(join(place, 'mirror')),
    leftovers: (place) => [
      ...without(namesIn(place), ['mirror']),
      ...without(namesIn(join(place, 'mirror')), ['blobs', 'index.json', 'oci-layout']).map(
        (name) => `mirror/${name}`,
      ),
      ...without(namesIn(join(place, 'mirror', 'blobs')), ['sha256']),
      ...without(namesIn(join(place, 'mirror', 'blobs', 'sha256')), [/^[0-9a-f]{64}$/]),
    ],
    isLock: (path) => /^mirror\/\.alba-lock(-claim)?$/.test(path),
    prepare: (place) => {
      const blobs = join(place, 'mirror', 'blobs', 'sha256');
      const needed = layoutAt(join(place, 'mirror')) ?? [];
      for (const name of without(
        namesIn(blobs),
        needed.map((digest) => hexOf(digest)),
      ))
        rmSync(join(blobs, name));
    },
  },
  {
    ...folder,
    name: 'an archive of a layout',
    words: (version) => pull(version, 'oci-archive:./app.oci.tar:it'),
    state: (place) => fileAt(join(place, 'app.oci.tar')),
    leftovers: (place) => without(namesIn(place), ['app.oci.tar']),
    isLock: (path) => /^\.alba-lock(-claim)?$/.test(path),
  },
  {
    ...folder,
    name: 'an archive for docker load',
    words: (version) => pull(version, 'docker-archive:./app.tar:app:it'),
    state: (place) => fileAt(join(place, 'app.tar')),
    leftovers: (place) => without(namesIn(place), ['app.tar']),
  },
  {
    ...folder,
    name: 'files of a release',
    words: (version) => ['static', 'pull', '-t', `tool:${version}`, 'file://../site', './bin'],
    state: (place) => treeAt(join(place, 'bin'), false),
    leftovers: (place) => without(namesIn(place), ['bin', '.bin.alba.json']),
  },
];
