import { expect, it } from 'vitest';
import { dockerArchive } from '../fixtures/docker-archive.ts';
import { makeImage } from '../fixtures/image.ts';
import { FixtureLayout } from '../fixtures/oci-layout.ts';
import { tar } from '../fixtures/tar.ts';
import { useTemporary } from '../fixtures/temporary.ts';
import { memory, startFake } from '../repository/registry/fake.ts';
import { type ActionEnded, runAction } from '../support/alba.ts';

const temporary = useTemporary();
const linux = (architecture: string) => ({ os: 'linux', architecture });

/** Publishes an image of each platform, with layers of these sizes, from docker archives. */
async function push(tag: string, layers: Record<string, readonly number[]>, more = {}): Promise<ActionEnded> {
  for (const [architecture, sizes] of Object.entries(layers)) {
    const image = makeImage(linux(architecture), { layers: sizes });
    await temporary.write(`linux.${architecture}.tar`, dockerArchive(image));
  }
  const artifacts = Object.keys(layers).map((architecture) => `linux.${architecture}.tar`);
  const inputs = { artifacts: artifacts.join('\n'), tag, ...more };
  const ended = await runAction(inputs, { cwd: temporary.path });
  expect(ended.code, ended.stdout).toBe(0);
  return ended;
}

function manifestsOf({ outputs }: ActionEnded) {
  return JSON.parse(outputs.metadata ?? '').manifests.map(
    ({ platform, imageSize, previousSize }: Record<string, unknown>) => ({
      platform,
      imageSize,
      previousSize,
    }),
  );
}

it('a push tells the size of each platform beside what the newest release had, and none of a platform that is new', async () => {
  const target = 'file://./site';
  const first = await push('app:1.0.0', { amd64: [30_000], arm64: [20_000] }, { target });
  expect(JSON.parse(first.outputs.metadata ?? '').previous).toBeUndefined();
  expect(first.summary).not.toContain('(was');
  const [amd64, arm64] = manifestsOf(first);

  const second = await push(
    'app:1.1.0',
    { amd64: [30_000, 9_000], arm64: [12_000], riscv64: [500] },
    { target },
  );
  const [larger, smaller, added] = manifestsOf(second);
  expect(larger).toMatchObject({ platform: 'linux/amd64', previousSize: amd64.imageSize });
  expect(smaller).toMatchObject({ platform: 'linux/arm64', previousSize: arm64.imageSize });
  expect(added.previousSize).toBeUndefined();
  expect(JSON.parse(second.outputs.metadata ?? '').previous).toEqual({
    tag: '1.0.0',
    digest: first.outputs.digest,
    reference: first.outputs.references,
  });
  const page = second.summary.replaceAll('&nbsp;', ' ').replaceAll('\u00a0', ' ');
  expect(page).toMatch(/\d+\.\d kB \(was \d+\.\d kB, \+\d\.\d kB\)/);
  expect(page).toMatch(/\d+\.\d kB \(was \d+\.\d kB, -\d\.\d kB\)/);
  expect(page).toMatch(/Sizes before are those of <code>1\.0\.0<\/code>, <code>[0-9a-f]{12}</);
});

it('a push that changes nothing tells the same size twice, and one of them on its page', async () => {
  const target = 'file://./same';
  const first = await push('app:1.0.0', { amd64: [3000] }, { target });
  const second = await push('app:1.1.0', { amd64: [3000] }, { target });
  const [{ imageSize }] = manifestsOf(first);
  expect(manifestsOf(second)).toEqual([{ platform: 'linux/amd64', imageSize, previousSize: imageSize }]);
  expect(second.summary).not.toContain('(was');
});

it('a push that has no reason to read what stood there asks a registry nothing for its size', async () => {
  await using registry = await startFake(memory());
  const target = `docker://${registry.host}/app`;
  await push('app:1.0.0', { amd64: [3000] }, { target });
  const before = registry.seen.length;
  const layout = new FixtureLayout();
  layout.list({ ...layout.image(makeImage(linux('amd64'), { layers: [9000] })), platform: linux('amd64') });
  await temporary.write('layout.tar', tar(layout.members()));
  const ended = await runAction(
    { artifacts: 'layout.tar', tag: 'app:1.0.0', target },
    { cwd: temporary.path },
  );
  expect(ended.code, ended.stdout).toBe(0);
  expect(manifestsOf(ended)[0].previousSize).toBeUndefined();
  const known = new Set(Object.values(JSON.parse(ended.outputs.platforms ?? '')));
  const read = registry.seen.slice(before).flatMap(({ method, path }) => {
    const [, digest] = /\/manifests\/(sha256:.*)$/.exec(path) ?? [];
    return method === 'GET' && digest !== undefined ? [digest] : [];
  });
  // Its own, read back.
  expect(read.filter((digest) => !known.has(digest) && digest !== ended.outputs.digest)).toEqual([]);
});
