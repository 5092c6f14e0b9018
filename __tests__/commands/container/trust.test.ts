import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { digestOf } from '../../../src/oci/digest.ts';
import { openRegistry } from '../../../src/repository/registry/registry.ts';
import type { Repository } from '../../../src/repository/repository.ts';
import { openStatic } from '../../../src/repository/static/static.ts';
import { FilesystemStorage } from '../../../src/storage/filesystem.ts';
import { type FixtureImage, makeConfig, makeImage } from '../../fixtures/image.ts';
import { useTemporary } from '../../fixtures/temporary.ts';
import { quick } from '../../repository/registry/fake.ts';
import { registryTool, startRegistry } from '../../support/servers/registry.ts';
import { s3Environment, s3Url, startS3 } from '../../support/servers/s3.ts';
import { describeWith } from '../../support/tools.ts';
import { type ForgedArchive, forge, sayOfLayers } from './cache-forgery.ts';
import {
  checkRelease,
  fromFolder,
  fromRegistry,
  type Pushed,
  push,
  type Read,
  writeArchives,
} from './cache-release.ts';
import { evilLayers, plant, release } from './lies.ts';

const temporary = useTemporary();
const at = (...names: string[]) => join(temporary.path, ...names);
const [amd64, arm64] = ['amd64', 'arm64'].map((architecture) => ({ os: 'linux', architecture })) as [
  FixtureImage['platform'],
  FixtureImage['platform'],
];
/** What is built honestly, in this run and before. */
const app = makeImage(amd64, { seed: 'app', layers: [40_000, 700] });
const onArm = makeImage(arm64, { seed: 'arm', layers: [30_000] });
const older = makeImage(amd64, { seed: 'older', layers: [30_000] });
/** What somebody else made: its config lists the diffIDs of {@link app}. */
const evil = evilLayers(app);
const claimedFor = (platform: FixtureImage['platform']): FixtureImage => ({
  platform,
  layers: app.layers,
  config: makeConfig(platform, app.layers),
});

/** A kind of target, and how to look at it and to write there as others may. */
interface Place {
  /** The words that name a repository, with a tag or without. */
  readonly target: (name: string, tag?: string) => readonly string[];
  /** As `cache-from` names it. */
  readonly url: (name: string, tag: string) => string;
  readonly open: (name: string) => Repository;
  readonly read: (name: string) => Read;
  readonly env: Record<string, string>;
  readonly stop: () => Promise<void>;
}

const places: Readonly<Record<string, readonly [tools: readonly string[], start: () => Promise<Place>]>> = {
  'a registry': [[registryTool[3]], onRegistry],
  'a directory': [[], async () => inDirectory('site')],
  'a bucket': [['versitygw'], inBucket],
};

async function onRegistry(): Promise<Place> {
  const { host, stop } = await startRegistry({ version: 3 });
  return {
    target: (name, tag) => [`docker://${host}/${name}${tag ? `:${tag}` : ''}`],
    url: (name, tag) => `docker://${host}/${name}:${tag}`,
    open: (name) => openRegistry({ registry: host, repository: name }, quick),
    read: (name) => fromRegistry(host, name),
    env: {},
    stop,
  };
}

function inDirectory(folder: string): Place {
  const url = `file://${at(folder)}`;
  return {
    target: (name, tag) => ['-t', `${name}${tag ? `:${tag}` : ''}`, url],
    url: (name, tag) => `${url}#${name}:${tag}`,
    open: (name) => openStatic(new FilesystemStorage(at(folder)), name),
    read: (name) => fromFolder(at(folder), name),
    env: {},
    stop: async () => {},
  };
}

async function inBucket(): Promise<Place> {
  const server = await startS3();
  await server.createBucket('bucket');
  const content = join(server.directory, 'content', 'bucket');
  const url = s3Url(server, 'bucket');
  return {
    target: (name, tag) => ['-t', `${name}${tag ? `:${tag}` : ''}`, url],
    url: (name, tag) => `${url}#${name}:${tag}`,
    open: (name) => openStatic(new FilesystemStorage(content), name),
    read: (name) => fromFolder(content, name),
    env: s3Environment(server),
    stop: server.stop,
  };
}

for (const [title, [tools, start]] of Object.entries(places)) {
  describeWith(tools, `a release to ${title}`, () => {
    let place: Place;
    beforeAll(async () => {
      place = await start();
      await writeArchives(at('app'), [app]);
      await writeArchives(at('both'), [app, onArm]);
      await writeArchives(at('arm'), [onArm]);
    });
    afterAll(() => place?.stop());

    const run = (words: readonly string[]): Promise<Pushed> => push(words, place.env);
    /** A cache that knows one folder of archives, changed by hand. */
    const poison = async (name: string, artifacts: string, change: Parameters<typeof forge>[1]) => {
      const cache = at(`cache of ${name}, ${title}`);
      const file = join(cache, 'alba-knowledge.json');
      await run(['--cache-dir', cache, at(artifacts), '-t', `${name}:1`, `file://${at('honest')}`]);
      await writeFile(file, forge(await readFile(file), change));
      return ['--cache-dir', cache];
    };
    /** Publishes, and holds what is there then to what was given. */
    const publish = async (
      name: string,
      tag: string,
      words: readonly string[],
      images: readonly FixtureImage[],
    ): Promise<Pushed> => {
      const pushed = await run([...words, ...place.target(name, tag)]);
      await checkRelease(place.read(name), tag, images);
      return pushed;
    };

    describe('takes no layer of another image on its word', () => {
      it('where that is for another platform', async () => {
        await plant(place.open('platform'), release({ image: claimedFor(arm64), layers: evil }), '1.0');
        await publish('platform', '2.0', ['--no-cache', at('both')], [app, onArm]);
      });

      it('where index and config say different platforms', async () => {
        await plant(
          place.open('told'),
          release({ image: claimedFor(arm64), layers: evil, told: amd64 }),
          '1.0',
        );
        await publish('told', '2.0', ['--no-cache', at('both')], [app, onArm]);
      });

      it('where it is under a tag that is no release, though no other is there', async () => {
        const lie = release({ image: claimedFor(amd64), layers: evil });
        await plant(place.open('branch'), lie, 'pr-12', 'sha-abcdef', 'main');
        await publish('branch', '1.0.0', ['--no-cache', at('both')], [app, onArm]);
      });

      it('where cache-from names it, and its blobs can be had', async () => {
        const lie = release({ image: claimedFor(amd64), layers: evil });
        await plant(place.open('others'), lie, '1');
        await plant(place.open('from'), lie);
        const from = ['--cache-from', place.url('others', '1')];
        const { stderr } = await publish('from', '1', ['--no-cache', ...from, at('both')], [app, onArm]);
        expect(stderr).toMatch(/warning: \S*\/others@sha256:.* is not layer /);
      });

      it('where cache-from names its tag, but of another repository', async () => {
        const honest = release({ image: app });
        await plant(place.open('named'), honest, 'main');
        await plant(place.open('namesake'), release({ image: claimedFor(amd64), layers: evil }), 'main');
        const from = ['--cache-from', place.url('named', 'main')];
        await publish('namesake', '1.0.0', ['--no-cache', ...from, at('both')], [app, onArm]);
      });
    });

    describe('believes no cache', () => {
      it('that lets an archive stand for an image that was pushed by digest', async () => {
        const lie = release({ image: older });
        await plant(
          place.open('promoted'),
          release({ image: makeImage(amd64, { seed: 'released' }) }),
          '9.8',
        );
        await plant(place.open('promoted'), lie);
        const cache = await poison('promoted', 'app', (body) => {
          for (const [, held] of body.archives) standFor(held, older);
          sayOfLayers(body, lie.layers);
        });
        const words = [...cache, '--immutable', '--platforms', 'linux/amd64', at('app')];
        await publish('promoted', '9.9', words, [app]);
      });

      it('that lets one of two archives stand for an image that was pushed by digest', async () => {
        await plant(place.open('one-of-two'), release({ image: older }));
        await plant(place.open('elsewhere'), release({ image: older }), '1');
        const cache = await poison('one-of-two', 'app', (body) => {
          for (const [, held] of body.archives) standFor(held, older);
          sayOfLayers(body, release({ image: older }).layers);
        });
        const from = ['--cache-from', place.url('elsewhere', '1')];
        await publish('one-of-two', '9.9', [...cache, ...from, at('both')], [app, onArm]);
      });

      it('that lets the layers of an archive that is read be those of an image that was pushed by digest', async () => {
        const lie = release({ image: app, layers: evil });
        await plant(place.open('layers'), lie);
        const cache = await poison('layers', 'arm', (body) => sayOfLayers(body, lie.layers));
        await publish('layers', '1', [...cache, at('app')], [app]);
      });

      it('that lets the layers of one of two archives be those of an image that was pushed by digest', async () => {
        const lie = release({ image: app, layers: evil });
        await plant(place.open('layers-of-one'), lie);
        const cache = await poison('layers-of-one', 'arm', (body) => sayOfLayers(body, lie.layers));
        await publish('layers-of-one', '1', [...cache, at('both')], [app, onArm]);
      });

      it('that gives the index annotations', async () => {
        await run(['--no-cache', at('arm'), ...place.target('annotated', '1.0')]);
        const cache = await poison('annotated', 'arm', ({ archives }) => {
          for (const [, held] of archives) held.indexes = { annotations: [{ evil: 'yes' }], documents: [] };
        });
        const { digest } = await publish('annotated', '2.0', [...cache, at('both')], [app, onArm]);
        const index = await place.read('annotated')(`manifests/${digest}`);
        expect(String(index)).not.toContain('evil');
      });
    });
  });
}

/** Where two targets of one run are, and the words that name them. */
interface Pair {
  readonly words: readonly string[];
  readonly open: readonly [() => Repository, () => Repository];
  readonly read: readonly [Read, Read];
}

/** In two repositories of a registry, so that one can take over what the other has. */
function onOneRegistry(place: Place, name: string): Pair {
  const [one, two] = [`${name}-one`, `${name}-two`] as const;
  return {
    words: [...place.target(one, '1'), ...place.target(two, '1')],
    open: [() => place.open(one), () => place.open(two)],
    read: [place.read(one), place.read(two)],
  };
}

function inTwoDirectories(name: string): Pair {
  const [one, two] = [inDirectory(`${name}-one`), inDirectory(`${name}-two`)] as const;
  return {
    words: [...new Set([...one.target(name, '1'), ...two.target(name, '1')])],
    open: [() => one.open(name), () => two.open(name)],
    read: [one.read(name), two.read(name)],
  };
}

/** A directory takes nothing over, so that a blob has to be there. */
const pairs = {
  'two directories': [
    [],
    () => inDirectory('unused'),
    (_: Place, name: string) => inTwoDirectories(name),
    ['there'],
  ],
  'two repositories of a registry': [[registryTool[3]], onRegistry, onOneRegistry, ['there', 'beside']],
} as const;

for (const [title, [tools, start, pairOf, cases]] of Object.entries(pairs)) {
  describeWith(tools, `a release to ${title}`, () => {
    let place: Place;
    beforeAll(async () => {
      place = await start();
      await writeArchives(at('app'), [app]);
    });
    afterAll(() => place?.stop());

    it.each(cases)(
      'has no layer at the second on the word of the first, where its blob is %s',
      async (where) => {
        const { words, open, read } = pairOf(place, where);
        const lie = release({ image: claimedFor(amd64), layers: evil });
        await plant(open[0](), lie, '1');
        if (where === 'there') await plant(open[1](), lie);
        const { stderr } = await push(['--no-cache', at('app'), ...words]);
        for (const one of read) await checkRelease(one, '1', [app]);
        expect(stderr).toMatch(/warning: \S*@sha256:\S* is not layer /);
      },
    );
  });
}

/** Lets an archive stand for an image, as a cache says it. */
function standFor(held: ForgedArchive, image: FixtureImage): void {
  const [config] = release({ image }).configs;
  const layers = image.layers.map((layer) => ({ diffId: digestOf(layer), size: layer.length }));
  if (config) held.images = [{ kind: 'loose', platform: image.platform, config, layers }];
}
