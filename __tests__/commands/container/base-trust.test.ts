import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { ImageEntry } from '../../../src/image/rootfs/image-node.ts';
import { packHeaders, unpackHeaders } from '../../../src/image/rootfs/layer-headers.ts';
import type { Digest } from '../../../src/oci/digest.ts';
import { parseIndex, parseManifest } from '../../../src/oci/manifest.ts';
import { makeConfig } from '../../fixtures/image.ts';
import { FixtureLayout } from '../../fixtures/oci-layout.ts';
import { tar } from '../../fixtures/tar.ts';
import { useTemporary } from '../../fixtures/temporary.ts';
import { type Body, forge } from './cache-forgery.ts';
import { type Pushed, push } from './cache-release.ts';

const temporary = useTemporary();
const platform = { os: 'linux', architecture: 'amd64' };
const lower = tar([
  { name: 'bin', symlink: 'usr/bin' },
  { name: 'usr/', mode: 0o755 },
  { name: 'usr/bin/', mode: 0o755 },
  { name: 'usr/bin/sh', content: '#!', mode: 0o755 },
]);
const upper = tar([{ name: 'var/', mode: 0o700, owner: [7, 7] }]);

/** A folder of its own, with the files of one platform, their base, a cache and a directory that has a release of them. */
interface Place {
  readonly folder: string;
  /** Pushes the files to a directory of this name; tells what `app:1` is there then. */
  readonly release: (site: string, ...words: readonly string[]) => Promise<Pushed>;
  /** The same with the cache. */
  readonly releaseCached: (site: string) => Promise<Pushed>;
  /** Lets a program be another one. */
  readonly change: () => Promise<void>;
}

async function prepare(): Promise<Place> {
  const folder = await mkdtemp(join(temporary.path, 'work-'));
  await cp(join(temporary.path, 'first'), folder, { recursive: true });
  return placeIn(folder);
}

function placeIn(folder: string): Place {
  const release = (site: string, ...words: readonly string[]): Promise<Pushed> => {
    const base = ['--base', `file://${folder}/bases#base:1`, '--created', '0'];
    return push([...words, ...base, '-t', 'app:1', join(folder, 'df'), `file://${folder}/${site}`]);
  };
  const releaseCached = (site: string) => release(site, '--cache-dir', join(folder, 'cache'));
  const change = () => writeFile(join(folder, 'df/linux/amd64/bin/app'), '#!/bin/sh');
  return { folder, release, releaseCached, change };
}

let honest: { readonly before: Digest; readonly after: Digest };
beforeAll(async () => {
  const first = placeIn(join(temporary.path, 'first'));
  const { folder, release, releaseCached } = first;
  await mkdir(join(folder, 'df/linux/amd64/bin'), { recursive: true });
  await mkdir(join(folder, 'df/linux/amd64/var'));
  await writeFile(join(folder, 'df/linux/amd64/bin/app'), '#!');
  await writeFile(join(folder, 'df/linux/amd64/var/data'), 'data');
  const layout = new FixtureLayout();
  const layers = [lower, upper];
  layout.list({ ...layout.image({ platform, config: makeConfig(platform, layers), layers }), platform });
  await layout.write(join(folder, 'layout'));
  await push(['--no-cache', '-t', 'base:1', join(folder, 'layout'), `file://${folder}/bases`]);
  const { digest: before } = await releaseCached('site');
  const changed = await prepare();
  await changed.change();
  const { digest: after } = await changed.release('other', '--no-cache');
  honest = { before, after };
  expect((await release('other', '--no-cache')).digest).toBe(before);
});

/** Removes the layers of the base, but not its documents. */
async function loseLayers({ folder }: Place): Promise<void> {
  const base = join(folder, 'bases/v2/base');
  const [image] = parseIndex(await readFile(join(base, 'manifests/1')), 'index').manifests;
  const manifest = await readFile(join(base, 'manifests', image?.digest ?? ''));
  for (const { digest } of parseManifest(manifest, 'manifest').layers) await rm(join(base, 'blobs', digest));
}

/** Lets the cache of the place say something else of the layers of its base. */
async function poison({ folder }: Place, change: (body: Body) => void): Promise<void> {
  const file = join(folder, 'cache/alba-knowledge.json');
  const honest = await readFile(file);
  const forged = forge(honest, change);
  expect(forged).not.toEqual(honest);
  await writeFile(file, forged);
}

function changeEntries(change: (entries: ImageEntry[]) => ImageEntry[]) {
  return (body: Body): void => {
    body.headers = (body.headers ?? []).map(([diffId, packed, day]) => {
      return [diffId, packHeaders(change(unpackHeaders(packed) ?? [])), day];
    });
  };
}

const attacks: Record<string, (body: Body) => void> = {
  'moves files to another folder': changeEntries((entries) =>
    entries.map((entry) => (entry.name === 'bin' ? { ...entry, linkname: 'var' } : entry)),
  ),
  'lets a folder take the place of a link': changeEntries((entries) =>
    entries.filter(({ name }) => name !== 'bin'),
  ),
  'gives a folder to another owner': changeEntries((entries) =>
    entries.map((entry) => ({ ...entry, uid: 1000, mode: 0o777 })),
  ),
  'hides what the base has': changeEntries((entries) => [
    ...entries,
    { name: '.wh.usr', type: 'file', mode: 0, uid: 0, gid: 0 },
  ]),
  'lets no file be placed': changeEntries((entries) => [
    ...entries.filter(({ name }) => name !== 'bin'),
    { name: 'bin', type: 'symlink', linkname: 'bin', mode: 0o777, uid: 0, gid: 0 },
  ]),
  'has folders without end': changeEntries((entries) => [
    ...entries,
    { name: 'a/'.repeat(2000), type: 'directory', mode: 0o777, uid: 0, gid: 0 },
  ]),
  'is no list of headers': (body) => {
    body.headers = (body.headers ?? []).map(([diffId, , day]) => [diffId, 'AAAA', day]);
  },
  'says of one layer what is true of another': (body) => {
    const [one, other] = body.headers ?? [];
    if (one && other) [one[1], other[1]] = [other[1], one[1]];
  },
};

describe('what a cache says of the layers of a base', () => {
  it.each(Object.keys(attacks))('changes nothing that is published where it %s', async (name) => {
    const attack = attacks[name] ?? (() => {});
    const place = await prepare();
    await poison(place, attack);
    expect((await place.releaseCached('fresh')).digest).toBe(honest.before);
    await poison(place, attack);
    expect(await place.releaseCached('site')).toMatchObject({ digest: honest.before, pushedBytes: 0 });
    await poison(place, attack);
    await place.change();
    const changed = await place.releaseCached('site');
    expect(changed.digest).toBe(honest.after);
    expect(changed.stderr).not.toContain('warning');
  });

  it('spares an unchanged run the layers, of which it reads none', async () => {
    const place = await prepare();
    await loseLayers(place);
    expect(await place.releaseCached('site')).toMatchObject({
      digest: honest.before,
      pushedBytes: 0,
      cacheHit: 'true',
    });
  });

  it('is held to the layers where anything else is released', async () => {
    const place = await prepare();
    await loseLayers(place);
    await place.change();
    await expect(place.releaseCached('site')).rejects.toThrow(/base/);
  });
});
