import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { containerPush } from '../../src/commands/container/push.ts';
import { requestOf } from '../commands/container/request.ts';
import { dockerArchive } from '../fixtures/docker-archive.ts';
import { makeImage } from '../fixtures/image.ts';
import { silent } from '../fixtures/silent.ts';
import { useTemporary } from '../fixtures/temporary.ts';
import { memory, refuse, startFake } from '../repository/registry/fake.ts';
import { hurry } from '../support/hurry.ts';

const temporary = useTemporary();

/** Publishes an image, whose layers its seed tells, under these tags; gives how many layers were compressed for that. */
function push(site: string, seed: string, ...tags: readonly string[]): Promise<number> {
  return pushFrom(site, seed, tags, []);
}

/** The same, learning from these tags of the target besides. */
async function pushFrom(
  site: string,
  seed: string,
  tags: readonly string[],
  named: readonly string[],
): Promise<number> {
  const image = makeImage({ os: 'linux', architecture: 'amd64' }, { seed, layers: [900, 800] });
  await temporary.write('image.tar', dockerArchive(image));
  const target = `file://${join(temporary.path, site)}`;
  const said = {
    artifacts: ['image.tar'],
    targets: [target],
    tags: tags.map((tag) => `app:${tag}`),
    'cache-from': named.map((tag) => `${target}#app:${tag}`),
  };
  const { manifests } = await containerPush(await requestOf(said, temporary.path), silent);
  return manifests.reduce((sum, { made }) => sum + made, 0);
}

it.each([
  ['its own tag, which stands', ['1.0.0', 'dev'], ['dev'], 'dev'],
  ['the first of its tags that stands', ['1.0.0', 'dev', 'main'], ['new', 'main', 'dev'], 'main'],
  ['the newest version', ['1.9.0', '1.10.0', '1.10', 'latest', 'zz', '9'], ['2.0.0'], '1.10.0'],
  ['a release rather than a newer pre-release', ['1.9.0', '2.0.0-rc.1'], ['2.0.0'], '1.9.0'],
  ['a pre-release, where there is no release', ['main', '2.0.0-rc.1'], ['2.0.0'], '2.0.0-rc.1'],
  ['latest, where there is no version', ['latest', 'main', 'pr-12', 'sha-0123456'], ['nightly'], 'latest'],
  [
    'nothing, where all that stands is no release',
    ['main', 'pr-12', 'sha-0123456', '20240131'],
    ['nightly'],
    undefined,
  ],
])('a release learns from %s', async (title, published, tags, expected) => {
  for (const tag of published) {
    const site = join(title, tag);
    for (const there of published) await push(site, there, there);
    expect((await push(site, tag, ...tags)) === 0, tag).toBe(tag === expected);
  }
});

it('a release learns from a branch where cache-from names its tag at the target, and what it holds is not read', async () => {
  for (const tag of ['main', 'pr-12']) await push('branch', tag, tag);
  expect(await pushFrom('branch', 'pr-12', ['nightly'], [])).toBe(2);
  const blobs = join(temporary.path, 'branch/v2/app/blobs');
  for (const name of await readdir(blobs)) {
    const bytes = await readFile(join(blobs, name));
    // Configs are read.
    if (!bytes.toString().startsWith('{')) await writeFile(join(blobs, name), Buffer.alloc(bytes.length));
  }
  expect(await pushFrom('branch', 'main', ['nightly-2'], ['none', 'main'])).toBe(0);
});

it('a release that cannot be read is asked for once more, not as often as what a push depends on', async () => {
  const registry = memory();
  let isBusy = false;
  await using server = await startFake((request, response) => {
    const isRead = request.method === 'GET' && /\/manifests\/sha256:/.test(request.path);
    return isBusy && isRead ? refuse(response, 503) : registry(request, response);
  });
  const images = (seed: string) =>
    dockerArchive(makeImage({ os: 'linux', architecture: 'amd64' }, { seed, layers: [900, 800] }));
  const published = async (seed: string) => {
    await temporary.write('image.tar', images(seed));
    const said = { artifacts: ['image.tar'], targets: [`docker://${server.host}/app:1`] };
    return containerPush(await requestOf(said, temporary.path), silent);
  };
  await published('before');
  isBusy = true;
  using _ = hurry({ delay: 200, patience: 60 });
  const { digest } = await published('after');
  expect(registry.blobs.get('1')).toEqual(registry.blobs.get(digest));
  const asked = server.calls().filter((call) => /^GET .*\/manifests\/sha256:/.test(call));
  expect(asked.length).toBeGreaterThan(0);
  for (const call of asked) expect(asked.filter((other) => other === call)).toHaveLength(2);
});
