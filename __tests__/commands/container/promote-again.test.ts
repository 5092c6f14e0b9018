import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { containerPush } from '../../../src/commands/container/push.ts';
import type { Node } from '../../../src/content/content.ts';
import { openStatic } from '../../../src/repository/static/static.ts';
import { FilesystemStorage } from '../../../src/storage/filesystem.ts';
import { silent } from '../../fixtures/silent.ts';
import { useTemporary } from '../../fixtures/temporary.ts';
import { makeReferrer, pushAll } from '../../repository/referrer.ts';
import { makeRelease, platforms, publish } from '../../repository/release.ts';
import { startCountingRegistry } from '../../support/servers/counting-registry.ts';
import { requestOf } from './request.ts';

const temporary = useTemporary();
const release = makeRelease('one');
const signature = makeReferrer(release.descriptor, 'signature');

/** A site with the release and what refers to it, under `app:1` and, with tags, in a repository for each. */
async function makeSite(name: string, promoted: readonly string[]): Promise<string> {
  const site = join(temporary.path, name);
  for (const repository of ['app', ...promoted]) {
    const place = openStatic(new FilesystemStorage(site), repository);
    await publish(place, release, ['1']);
    await pushAll(place, signature);
  }
  return site;
}

const fileOf = (site: string, repository: string, { descriptor }: Node) =>
  join(site, 'v2', repository, 'manifests', descriptor.digest);

async function promote(
  sources: string,
  targets: readonly string[],
  more: Readonly<Record<string, string>> = {},
) {
  const input = { artifacts: [`${sources}/app:1`], targets, tags: ['released:1'], ...more };
  return containerPush(await requestOf(input, temporary.path), silent);
}

it('an unchanged promotion asks what each tag names, the target for its manifests, and the source for referrers', async () => {
  const site = await makeSite('unchanged', ['released']);
  await using registry = await startCountingRegistry(site);
  const result = await promote(`docker://${registry.host}`, [`docker://${registry.host}/released:1`]);
  expect(result).toMatchObject({ digest: release.descriptor.digest, pushedBytes: 0 });
  expect(result.manifests.map(({ layers }) => layers)).toEqual(platforms.map(() => 2));
  const asked = registry.asked.map(({ method, path }) => `${method} ${path}`);
  const documents = [release, ...release.children, signature].map(({ descriptor: { digest } }) => digest);
  expect(asked.filter((call) => !/\/referrers\/|\/sha256-/.test(call)).sort()).toEqual(
    [
      'HEAD /v2/app/manifests/1',
      ...['HEAD', 'HEAD'].map((method) => `${method} /v2/released/manifests/1`),
      ...documents.map((digest) => `GET /v2/released/manifests/${digest}`),
    ].sort(),
  );
  // By the API and by the fallback tag at once.
  expect(asked.filter((call) => /\/referrers\/|\/sha256-/.test(call))).toHaveLength(2 * documents.length);
});

it('a manifest that the target has lost is found out although its tag names the release', async () => {
  const site = await makeSite('lost', ['released']);
  const [lost] = release.children;
  if (!lost) throw new Error('no platforms');
  await rm(fileOf(site, 'released', lost));
  await using registry = await startCountingRegistry(site);
  const targets = [`docker://${registry.host}/released:1`];
  const result = await promote(`docker://${registry.host}`, targets, { dryRun: 'true' });
  expect(result.missingBytes).toBe(lost.descriptor.size);
  expect(result.manifests.filter(({ missing }) => missing).map(({ digest }) => digest)).toEqual([
    lost.descriptor.digest,
  ]);
});

it('a release that only one of two targets has goes to the other one', async () => {
  const site = await makeSite('half', ['released']);
  await using registry = await startCountingRegistry(site);
  const other = join(temporary.path, 'other');
  const targets = [`docker://${registry.host}/released:1`, `file://${other}`];
  await promote(`docker://${registry.host}`, targets);
  const place = openStatic(new FilesystemStorage(other), 'released');
  expect(await place.resolve('1')).toMatchObject({ digest: release.descriptor.digest });
  expect(await place.referrers(release.descriptor.digest)).toHaveLength(1);
});
