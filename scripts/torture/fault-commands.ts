import { mkdir, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import process from 'node:process';
import type { Said } from '../../__tests__/commands/given.ts';
import { dockerArchive } from '../../__tests__/fixtures/docker-archive.ts';
import { makeImage } from '../../__tests__/fixtures/image.ts';
import { imageOf, usualLayers } from '../../__tests__/fixtures/pullable.ts';
import { ownPlatform } from '../../src/pull/choose-platforms.ts';
import { ownSystem } from '../../src/pull/static/choose-files.ts';
import { type Act, assertWell, doHere } from './act.ts';
import type { FaultStand } from './fault-stands.ts';
import { scenarios } from './pull-scenarios.ts';
import { readTag } from './read-tag.ts';
import { listedTags } from './stand.ts';
import { readStaticTag, writeTree } from './static-tag.ts';

/** A command that suffers on a stand: each round has a name of its own. */
export interface Victim {
  /** What is done first, and goes well. */
  before(round: string): readonly Act[];
  /** What suffers, and has to go well when it is done again. */
  act(round: string): Act;
  /** What is there, in a word; undefined where there is nothing. Throws where it is torn. */
  read(round: string): Promise<string | undefined>;
  /** What may be there where it failed, besides what was there before: nothing, or any part of the way. */
  readonly between?: 'nothing' | 'any';
  /** Whether it says so, and fails, where nothing is left to be done. */
  readonly isOnce?: boolean;
}

/** A kind of victim. */
export interface VictimKind {
  readonly about: string;
  /** Where it can be; anywhere if not given. */
  readonly on?: 'registry' | 'bucket';
  open(stand: FaultStand, folder: string): Promise<Victim>;
}

/** Versions of what is published. */
const versions = [0, 1] as const;

/** In bytes: more than a bucket gets in one request, and than a registry is sent before it is compressed. */
const [inParts, streamed] = [65 * 1024 * 1024, 9_000_000];

/** Every command that goes to a place, by what its torture is called. */
export const victimKinds: Readonly<Record<string, VictimKind>> = {
  'push-faults': {
    about: 'a push is there whole, or fails with one sentence and leaves the tag',
    open: (stand, folder) => pushes(stand, folder, [2_000, 400]),
  },
  'streamed-push-faults': {
    about: 'the same of a push of bytes that are still made',
    on: 'registry',
    open: (stand, folder) => pushes(stand, folder, [streamed]),
  },
  'copy-faults': {
    about: 'a copy is there whole, or fails with one sentence and leaves the tag',
    open: copies,
  },
  'pull-faults': {
    about: 'a folder is the new tree, or fails with one sentence and stays the old one',
    open: (stand, folder) => pulls(stand, folder, 'a folder, by two renames', (place) => `${place}/app`),
  },
  'layout-pull-faults': {
    about: 'the same of a layout',
    open: (stand, folder) => pulls(stand, folder, 'a layout', (place) => `oci:${place}/mirror:it`),
  },
  'gc-faults': {
    about: 'what gc keeps is whole, and the next one comes to its end',
    open: (stand, folder) =>
      deletions(stand, folder, 'container gc', (name) => ({ ...stand.target(name), keep: '1' })),
  },
  'rm-faults': {
    about: 'what rm leaves is whole, and the next one comes to its end',
    open: (stand, folder) => deletions(stand, folder, 'container rm', (name) => stand.tagged(name, '1.0.0')),
  },
  'static-push-faults': {
    about: 'files are there whole, the old or the new ones, or none',
    on: 'bucket',
    open: (stand, folder) => staticPushes(stand, folder, 0),
  },
  'multipart-push-faults': {
    about: 'the same of a file that goes in parts',
    on: 'bucket',
    open: (stand, folder) => staticPushes(stand, folder, inParts),
  },
  'static-pull-faults': {
    about: 'a folder is the new files, or fails with one sentence and stays the old ones',
    on: 'bucket',
    open: staticPulls,
  },
};

async function pushes(stand: FaultStand, folder: string, layers: readonly number[]): Promise<Victim> {
  for (const version of versions) {
    const images = (layers.length > 1 ? ['amd64', 'arm64'] : ['amd64']).map((architecture) =>
      makeImage(
        { os: 'linux', architecture },
        { seed: `${version} ${architecture}`, layers: version === 0 ? [1_000] : layers },
      ),
    );
    await writeFile(join(folder, `${version}.tar`), dockerArchive(images));
  }
  const act = (round: string, version: number): Act =>
    pushOf(stand, folder, `${version}.tar`, `faults/${round}`, '1');
  return {
    before: (round) => [act(round, 0)],
    act: (round) => act(round, 1),
    read: (round) => readTag(stand.get(`faults/${round}`), '1'),
  };
}

async function copies(stand: FaultStand, folder: string): Promise<Victim> {
  const source = await publish(stand, folder, versions.map(String));
  const act = (round: string, version: number): Act => ({
    ...{ command: 'container copy', folder, env: stand.env },
    said: { source: source(`${version}`), target: stand.reference(`faults/${round}`, '1') },
  });
  return {
    before: (round) => [act(round, 0)],
    act: (round) => act(round, 1),
    read: (round) => readTag(stand.get(`faults/${round}`), '1'),
  };
}

async function pulls(
  stand: FaultStand,
  folder: string,
  kind: string,
  destinationIn: (place: string) => string,
): Promise<Victim> {
  const source = await publish(stand, folder, versions.map(String));
  const act = (round: string, version: number): Act => ({
    ...{ command: 'container pull', folder, env: stand.env },
    said: { source: source(`${version}`), destination: destinationIn(`./${round}`) },
  });
  return {
    before: (round) => [act(round, 0)],
    act: (round) => act(round, 1),
    read: (round) => readDestination(kind, join(folder, round)),
  };
}

async function deletions(
  stand: FaultStand,
  folder: string,
  command: string,
  said: (name: string) => Said,
): Promise<Victim> {
  const tags = ['1.0.0', '1.1.0', '1.2.0'];
  const source = await publish(stand, folder, tags);
  return {
    before: (round) => [
      {
        ...{ command: 'container copy', folder, env: stand.env },
        said: {
          source: source(),
          target: stand.reference(`faults/${round}`),
          all: 'true',
        },
      },
    ],
    act: (round) => ({
      ...{ command, folder, env: stand.env },
      said: { ...said(`faults/${round}`), grace: '0s' },
    }),
    async read(round) {
      const get = stand.get(`faults/${round}`);
      const seen = new Set<string>();
      const listed = (await listedTags(get)).sort();
      const found = await Promise.all(listed.map(async (tag) => `${tag} ${await readTag(get, tag, seen)}`));
      if (!listed.includes('1.2.0')) throw new Error(`what is kept is gone: ${listed.join(', ')} are left`);
      return found.join(', ');
    },
    between: 'any',
    isOnce: command === 'container rm',
  };
}

async function staticPushes(stand: FaultStand, folder: string, large: number): Promise<Victim> {
  for (const version of versions) await writeTree(folder, version);
  if (large > 0) {
    const path = join(folder, 'tree-1', 'linux', 'amd64', 'large');
    await writeFile(path, 'large');
    await truncate(path, large);
  }
  const act = (round: string, version: number): Act => filesOf(stand, folder, version, `app-${round}:1`);
  return {
    before: (round) => [act(round, 0)],
    act: (round) => act(round, 1),
    read: (round) => readStaticTag(keysOf(stand), `app-${round}`, '1'),
    between: 'nothing',
  };
}

async function staticPulls(stand: FaultStand, folder: string): Promise<Victim> {
  const { os, architecture } = ownSystem({ platform: process.platform, arch: process.arch });
  for (const version of versions) {
    await writeTree(folder, version, `${os}/${architecture}`);
    assertWell(await doHere(filesOf(stand, folder, version, `app:${version}`)));
  }
  const act = (round: string, version: number): Act => ({
    ...{ command: 'static pull', folder, env: stand.env },
    said: {
      source: `${stand.target('').target}`,
      tag: `app:${version}`,
      destination: `./${round}/bin`,
    },
  });
  return {
    before: (round) => [act(round, 0)],
    act: (round) => act(round, 1),
    read: (round) => readDestination('files of a release', join(folder, round)),
  };
}

/** Publishes images of this machine's platform under these tags; gives how each is named, and all of them. */
async function publish(
  stand: FaultStand,
  folder: string,
  tags: readonly string[],
): Promise<(tag?: string) => string> {
  const name = 'faults/source';
  for (const tag of tags) {
    const archive = `${tag}.tar`;
    const image = imageOf(ownPlatform({ arch: process.arch }), ...usualLayers(tag));
    await writeFile(join(folder, archive), dockerArchive(image));
    assertWell(await doHere(pushOf(stand, folder, archive, name, tag)));
  }
  return (tag) => stand.reference(name, tag);
}

function pushOf(stand: FaultStand, folder: string, artifact: string, name: string, tag: string): Act {
  const said = { cache: 'false', artifacts: artifact, ...stand.tagged(name, tag) };
  return { command: 'container push', folder, env: stand.env, said };
}

function filesOf(stand: FaultStand, folder: string, version: number, tag: string): Act {
  const said = { cache: 'false', artifacts: `tree-${version}`, target: stand.target('').target, tag };
  return { command: 'static push', folder, env: stand.env, said };
}

/** Nothing may lie beside it, as it may where a run was killed. */
async function readDestination(kind: string, place: string): Promise<string | undefined> {
  await mkdir(place, { recursive: true });
  const scenario = scenarios.find(({ name }) => name === kind);
  if (!scenario) throw new Error(`there is no scenario ${kind}`);
  const found = scenario.state(place)?.join('\n');
  const left = scenario.leftovers(place);
  if (left.length > 0) throw new Error(`this was left behind: ${left.join(', ')}`);
  return found;
}

function keysOf({ key }: FaultStand) {
  if (!key) throw new Error('this is no bucket');
  return key;
}
