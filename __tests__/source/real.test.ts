import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import type { Image } from '../../src/content/content.ts';
import { type Digest, digestOf } from '../../src/oci/digest.ts';
import { parseConfig } from '../../src/oci/manifest.ts';
import { readArtifact } from '../../src/source/open.ts';
import { dockerArchive } from '../fixtures/docker-archive.ts';
import { makeImage } from '../fixtures/image.ts';
import { compressions } from '../fixtures/oci-layout.ts';
import { bytesOf, contentsOf } from '../fixtures/read.ts';
import { silent } from '../fixtures/silent.ts';
import { useTemporary } from '../fixtures/temporary.ts';
import { copyWithSkopeo } from '../support/clients.ts';
import { run } from '../support/run.ts';
import { startContainerd } from '../support/servers/containerd.ts';
import { startDockerd } from '../support/servers/dockerd.ts';
import { registryTool, startRegistry } from '../support/servers/registry.ts';
import { describeWith } from '../support/tools.ts';

const temporary = useTemporary();
const image = makeImage({ os: 'linux', architecture: 'arm64' }, { layers: [300_000, 5000, 300] });
const diffIds = image.layers.map((layer) => digestOf(layer));
let input: string;

beforeAll(async () => {
  input = await temporary.write('input.tar', dockerArchive(image));
});

const at = (name: string) => join(temporary.path, name);

/** Reads an archive and all of its bytes, and expects the one image that went into it. */
async function expectImage(path: string, kind: Image['kind']): Promise<Image> {
  const { images } = await readArtifact(path, { progress: silent });
  const [found, ...more] = images;
  if (!found) throw new Error(`${path} holds no image`);
  expect(more).toEqual([]);
  expect(found).toMatchObject({ kind, platform: image.platform });
  expect(await diffIdsOf(found)).toEqual(diffIds);
  await contentsOf(images);
  return found;
}

async function diffIdsOf(found: Image): Promise<readonly Digest[]> {
  if (found.kind === 'without-manifest') return found.layers.map(({ diffId }) => diffId);
  const config = found.manifest.children[0] ?? expect.fail('no config');
  return parseConfig(await bytesOf(config.open), found.origin).diffIds;
}

describeWith(['skopeo'], 'skopeo', () => {
  it.each([
    ['docker-archive', 'without-manifest'],
    ['oci-archive', 'with-manifest'],
    ['oci', 'with-manifest'],
  ] as const)('writes a %s', async (transport, kind) => {
    const path = at(`skopeo-${transport}`);
    await copyWithSkopeo(`docker-archive:${input}`, `${transport}:${path}:app:1.0`);
    await expectImage(path, kind);
  });
});

describeWith(['podman'], 'podman', () => {
  it('saves all that it can', async () => {
    const podman = (...args: string[]) =>
      run('podman', [
        ...['--root', at('podman'), '--runroot', at('podman-run'), '--tmpdir', at('podman-tmp')],
        ...['--storage-driver', 'vfs', '--cgroup-manager', 'cgroupfs', '--events-backend', 'none', ...args],
      ]);
    await podman('load', '--input', input);
    const save = async (name: string, ...args: string[]) => {
      await podman('save', '--output', at(name), ...args, 'app:1.0');
      return at(name);
    };
    await expectImage(await save('podman-docker.tar', '--format', 'docker-archive'), 'without-manifest');
    await expectImage(await save('podman-oci.tar', '--format', 'oci-archive'), 'with-manifest');
    await expectImage(await save('podman-dir', '--format', 'oci-dir'), 'with-manifest');
    await expectImage(await save('podman-several.tar', '--multi-image-archive'), 'without-manifest');
  });
});

describeWith(['dockerd', 'docker'], 'docker', () => {
  it('saves', async () => {
    await using dockerd = await startDockerd();
    const docker = (...args: string[]) => run('docker', ['--host', dockerd.endpoint, ...args]);
    await docker('load', '--input', input);
    await docker('save', '--output', at('docker.tar'), 'app:1.0');
    await expectImage(at('docker.tar'), 'without-manifest');
  });
});

describeWith(['containerd', 'ctr'], 'containerd', () => {
  it('exports', async () => {
    await using containerd = await startContainerd();
    const ctr = (...args: string[]) => run('ctr', ['--address', containerd.address, ...args]);
    await ctr('images', 'import', '--no-unpack', '--platform', 'linux/arm64', input);
    await ctr('images', 'export', '--platform', 'linux/arm64', at('ctr.tar'), 'docker.io/library/app:1.0');
    await expectImage(at('ctr.tar'), 'without-manifest');
  });
});

describeWith(['regctl', 'skopeo'], 'regctl', () => {
  it('exports what is a docker archive and a layout', async () => {
    await copyWithSkopeo(`docker-archive:${input}`, `oci:${at('regctl')}:1.0`);
    await run('regctl', ['image', 'export', `ocidir://${at('regctl')}:1.0`, at('regctl.tar')]);
    await expectImage(at('regctl.tar'), 'with-manifest');
  });
});

describeWith(['crane', 'skopeo', registryTool[2]], 'crane', () => {
  it('writes a docker archive of compressed layers', async () => {
    await using registry = await startRegistry();
    const reference = `${registry.host}/app:1.0`;
    await copyWithSkopeo(`docker-archive:${input}`, `docker://${reference}`);
    await run('crane', ['pull', '--insecure', '--platform', 'linux/arm64', reference, at('crane.tar')]);
    const found = await expectImage(at('crane.tar'), 'without-manifest');
    const types =
      found.kind === 'without-manifest' &&
      found.layers.map(({ compressed }) => compressed?.descriptor.mediaType);
    expect(types).toEqual(image.layers.map(() => 'application/vnd.oci.image.layer.v1.tar+gzip'));
  });
});

describeWith(['pigz'], 'pigz', () => {
  it('compresses as Nix has it do', async () => {
    await run('pigz', ['-nTRk', '-b', '128', input]);
    await expectImage(`${input}.gz`, 'without-manifest');
  });
});

if (compressions.includes('zstd')) {
  describeWith(['zstd', 'pzstd'], 'zstd', () => {
    it.each(['zstd', 'pzstd'])('compresses as %s', async (tool) => {
      await run(tool, ['-q', '-f', input, '-o', at(`${tool}.tar.zst`)]);
      await expectImage(at(`${tool}.tar.zst`), 'without-manifest');
    });
  });
}
