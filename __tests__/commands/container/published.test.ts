import { join } from 'node:path';
import { expect, it } from 'vitest';
import { containerPush } from '../../../src/commands/container/push.ts';
import type { Digest } from '../../../src/oci/digest.ts';
import { dockerArchive } from '../../fixtures/docker-archive.ts';
import { type FixtureImage, makeConfig, makeImage } from '../../fixtures/image.ts';
import { FixtureLayout } from '../../fixtures/oci-layout.ts';
import { silent } from '../../fixtures/silent.ts';
import { useTemporary } from '../../fixtures/temporary.ts';
import { requestOf } from './request.ts';

const temporary = useTemporary();
const [shared] = makeImage({ os: 'linux', architecture: 'amd64' }, { layers: [20_000] }).layers;

/** An image on a layer that all have. */
function imageFor(architecture: string, seed: string): FixtureImage {
  const image = makeImage({ os: 'linux', architecture }, { seed, layers: [900] });
  const layers = [shared as Buffer, ...image.layers];
  return { ...image, layers, config: makeConfig(image.platform, layers) };
}

async function push(target: string): Promise<Digest> {
  const input = { artifacts: ['*.tar', 'sealed-*'], targets: [target], tags: ['app:1'] };
  const request = await requestOf(input, temporary.path);
  return (await containerPush(request, silent)).digest;
}

it('learns from what was published how alba compressed a layer, not how another tool did', async () => {
  for (const architecture of ['386', 'riscv64', 's390x']) {
    const layout = new FixtureLayout();
    const sealed = layout.image(imageFor(architecture, 'same'));
    await layout.list(sealed).write(join(temporary.path, `sealed-${architecture}`));
  }
  await temporary.write('amd64.tar', dockerArchive(imageFor('amd64', 'same')));
  await temporary.write('arm64.tar', dockerArchive(imageFor('arm64', 'old')));
  await push('file://./learned');
  await temporary.write('arm64.tar', dockerArchive(imageFor('arm64', 'new')));
  expect(await push('file://./learned')).toBe(await push('file://./fresh'));
});
