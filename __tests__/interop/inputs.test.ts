import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Digest } from '../../src/oci/digest.ts';
import { formatPlatform } from '../../src/oci/platform.ts';
import { dockerArchive } from '../fixtures/docker-archive.ts';
import type { FixtureImage } from '../fixtures/image.ts';
import { compressions, FixtureLayout } from '../fixtures/oci-layout.ts';
import { tar } from '../fixtures/tar.ts';
import { useTemporary } from '../fixtures/temporary.ts';
import { copyWithSkopeo } from '../support/clients.ts';
import { run } from '../support/run.ts';
import { compressAsNix, podmanIn } from '../support/savers.ts';
import { type Containerd, startContainerd } from '../support/servers/containerd.ts';
import { type Dockerd, startDockerd } from '../support/servers/dockerd.ts';
import { type Registry, registryTool, startRegistry } from '../support/servers/registry.ts';
import { describeWith, toolsDirectory } from '../support/tools.ts';
import { amd64, arm64, contentOf, layersOf, listedIn, publish, release, wholeRelease } from './inputs.ts';

// What real tools write of images that are known to the byte, and what is then published of it. docs/inputs.md
// has the table of it. Tools that build images are in inputs-built.test.ts.

const temporary = useTemporary();
const at = (...names: string[]) => join(temporary.path, ...names);
const published = (...artifacts: string[]) => publish(temporary.path, artifacts);

const both = { 'linux/amd64': contentOf(amd64), 'linux/arm64': contentOf(arm64) };

/** Docker archives of each image, `amd64:1.0` and `arm64:1.0`. */
const archives = { amd64: '', arm64: '' };
/** A layout of all of the release, as a folder and as a tar. */
const layout = { folder: '', tar: '' };
/** Of the index that is made around the manifest of arm64 and nothing else. */
let alone: Digest;

beforeAll(async () => {
  const write = (name: string, image: FixtureImage) =>
    temporary.write(`given-${name}.tar`, dockerArchive(image, { tags: [`${name}:1.0`] }));
  archives.amd64 = await write('amd64', amd64);
  archives.arm64 = await write('arm64', arm64);
  layout.folder = await release.layout.write(at('given'));
  layout.tar = await temporary.write('given-layout.tar', tar(release.layout.members()));
  const one = new FixtureLayout();
  one.list({ ...one.image(arm64), platform: arm64.platform });
  alone = (await published(await one.write(at('given-one')))).digest;
});

/** Expects that one platform is published and that its layers are those that went in. */
async function expectArm64(path: string): Promise<void> {
  const { platforms, attestations } = await published(path);
  expect({ platforms, attestations }).toMatchObject({
    platforms: { 'linux/arm64': contentOf(arm64) },
    attestations: [],
  });
  expect(Object.keys(platforms)).toEqual(['linux/arm64']);
}

/** Expects one platform, with the manifest and the config that the tool wrote for these layers. */
async function expectConverted(path: string): Promise<void> {
  const [listed] = await listedIn(path);
  const { platforms } = await published(path);
  expect(platforms).toMatchObject({ 'linux/arm64': { ...layersOf(arm64), manifest: listed?.digest } });
}

/** Expects the manifest of one platform as it was, and one index around it, whichever tool exported it. */
async function expectManifest(path: string): Promise<void> {
  const { platforms, digest } = await published(path);
  expect(platforms).toEqual({ 'linux/arm64': contentOf(arm64, release.manifests.arm64) });
  expect(digest).toBe(alone);
}

/** Expects all of the release, with its index as it was. */
async function expectRelease(path: string): Promise<void> {
  const { platforms, attestations, digest } = await published(path);
  expect({ platforms, attestations }).toMatchObject(wholeRelease);
  expect(digest).toBe(release.digest);
}

describeWith(['skopeo'], 'skopeo', () => {
  const copy = async (transport: string) => {
    const path = at(`skopeo-${transport}`);
    await copyWithSkopeo(`docker-archive:${archives.arm64}`, `${transport}:${path}:app:1.0`);
    return path;
  };

  it('copies an image to a docker-archive', async () => {
    await expectArm64(await copy('docker-archive'));
  });

  it.each(['oci-archive', 'oci'])('copies an image to an %s', async (transport) => {
    await expectConverted(await copy(transport));
  });

  it.each(['oci-archive', 'oci'])('copies an index to an %s', async (transport) => {
    const path = at(`skopeo-all-${transport}`);
    await copyWithSkopeo(`oci:${layout.folder}:1.0`, `${transport}:${path}:1.0`);
    await expectRelease(path);
  });

  it('copies an image to a dir', async () => {
    await copyWithSkopeo(`docker-archive:${archives.arm64}`, `dir:${at('skopeo-dir')}`);
    await expectArm64(at('skopeo-dir'));
  });

  it('copies an index to a dir', async () => {
    await copyWithSkopeo(`oci:${layout.folder}:1.0`, `dir:${at('skopeo-all-dir')}`);
    await expectRelease(at('skopeo-all-dir'));
  });
});

describeWith(['podman'], 'podman', () => {
  const podman = (...args: string[]) => podmanIn(at('podman'), args);
  const save = async (name: string, ...args: string[]) => {
    await podman('save', '--quiet', '--output', at(name), ...args);
    return at(name);
  };
  beforeAll(async () => {
    for (const archive of Object.values(archives)) await podman('load', '--quiet', '--input', archive);
  });

  it('saves a docker-archive', async () => {
    await expectArm64(await save('podman-docker-archive', '--format', 'docker-archive', 'arm64:1.0'));
  });

  it.each(['oci-archive', 'oci-dir'])('saves an %s', async (format) => {
    await expectConverted(await save(`podman-${format}`, '--format', format, 'arm64:1.0'));
  });

  it('saves several images in one archive', async () => {
    const path = await save('podman-both.tar', '--multi-image-archive', 'amd64:1.0', 'arm64:1.0');
    expect((await published(path)).platforms).toMatchObject(both);
  });

  it('pushes a list of images to an oci-archive', async () => {
    const path = at('podman-list.tar');
    await podman('manifest', 'create', 'list:1.0');
    for (const name of ['amd64', 'arm64']) {
      await podman('manifest', 'add', 'list:1.0', `containers-storage:localhost/${name}:1.0`);
    }
    await podman('manifest', 'push', '--all', 'list:1.0', `oci-archive:${path}:1.0`);
    const [listed] = await listedIn(path);
    const { platforms, digest } = await published(path);
    expect(platforms).toMatchObject({ 'linux/amd64': layersOf(amd64), 'linux/arm64': layersOf(arm64) });
    expect(digest).toBe(listed?.digest);
  });
});

describeWith(['dockerd', 'docker'], 'docker', () => {
  let dockerd: Dockerd;
  const docker = (...args: string[]) => run('docker', ['--host', dockerd.endpoint, ...args]);
  beforeAll(async () => {
    dockerd = await startDockerd();
    for (const archive of Object.values(archives)) await docker('load', '--input', archive);
  });
  afterAll(() => dockerd?.stop());

  it('saves an image', async () => {
    await docker('save', '--output', at('docker.tar'), 'arm64:1.0');
    await expectArm64(at('docker.tar'));
  });

  it('saves images of two platforms in one archive', async () => {
    await docker('save', '--output', at('docker-both.tar'), 'amd64:1.0', 'arm64:1.0');
    expect((await published('docker-both.tar')).platforms).toMatchObject(both);
  });

  it('saves into a pipe', async () => {
    await docker('save', '--output', at('docker-piped.tar'), 'arm64:1.0');
    const piped = await publish(temporary.path, ['-'], await readFile(at('docker-piped.tar')));
    expect(piped.platforms).toMatchObject({ 'linux/arm64': contentOf(arm64) });
    expect(piped.digest).toBe((await published('docker-piped.tar')).digest);
  });
});

describeWith(['containerd', 'ctr'], 'containerd', () => {
  let containerd: Containerd;
  const ctr = (...args: string[]) => run('ctr', ['--address', containerd.address, 'images', ...args]);
  const exported = async (name: string, ...args: string[]) => {
    const images = args.filter((arg) => arg.includes(':'));
    const options = args.filter((arg) => !arg.includes(':'));
    await ctr('export', ...options, at(name), ...images.map((image) => `docker.io/library/${image}`));
    return at(name);
  };
  beforeAll(async () => {
    containerd = await startContainerd();
    await ctr('import', '--no-unpack', '--all-platforms', layout.tar);
    for (const [name, { platform }] of Object.entries({ amd64, arm64 })) {
      const path = archives[name as keyof typeof archives];
      await ctr('import', '--no-unpack', '--platform', formatPlatform(platform), path);
    }
  });
  afterAll(() => containerd?.stop());

  it('exports all platforms of an image', async () => {
    await expectRelease(await exported('ctr-all.tar', '--all-platforms', 'app:1.0'));
  });

  it('exports one platform of an image, whose index names another', async () => {
    const path = await exported('ctr-one.tar', '--platform', 'linux/arm64', 'app:1.0');
    await expectManifest(path);
    expect((await published(path)).log).toMatch(/warning.*linux\/amd64/);
  });

  it('exports images that docker saved', async () => {
    const options = ['--platform', 'linux/arm64', '--platform', 'linux/amd64'];
    const path = await exported('ctr-both.tar', ...options, 'arm64:1.0', 'amd64:1.0');
    expect((await published(path)).platforms).toMatchObject(both);
  });
});

describeWith(['regctl'], 'regctl', () => {
  const from = () => `ocidir://${layout.folder}:1.0`;

  it('exports an index', async () => {
    await run('regctl', ['image', 'export', from(), at('regctl-all.tar')]);
    await expectRelease(at('regctl-all.tar'));
  });

  it('exports a platform to what is a docker archive and a layout', async () => {
    await run('regctl', ['image', 'export', '--platform', 'linux/arm64', from(), at('regctl-one.tar')]);
    await expectManifest(at('regctl-one.tar'));
  });

  it('copies an index to a layout', async () => {
    await run('regctl', ['image', 'copy', from(), `ocidir://${at('regctl-layout')}:1.0`]);
    await expectRelease(at('regctl-layout'));
  });
});

describeWith(['oras'], 'oras', () => {
  const copy = (to: string, ...args: string[]) =>
    run('oras', [
      'cp',
      ...args,
      '--from-oci-layout',
      `${layout.folder}:1.0`,
      '--to-oci-layout',
      `${at(to)}:1.0`,
    ]);

  it('copies an index to a layout, which lists the manifests in it, too', async () => {
    await copy('oras-all');
    await expectRelease(at('oras-all'));
  });

  it('copies a platform to a layout', async () => {
    await copy('oras-one', '--platform', 'linux/arm64');
    await expectManifest(at('oras-one'));
  });
});

describeWith(['crane', 'skopeo', registryTool[2]], 'crane', () => {
  let registry: Registry;
  beforeAll(async () => {
    registry = await startRegistry();
    await copyWithSkopeo(`oci:${layout.folder}:1.0`, `docker://${registry.host}/app:1.0`);
  });
  afterAll(() => registry?.stop());
  const pull = async (name: string, ...args: string[]) => {
    await run('crane', ['pull', '--insecure', ...args, `${registry.host}/app:1.0`, at(name)]);
    return at(name);
  };
  const one = ['--platform', 'linux/arm64'];

  it('pulls a docker archive of layers that are compressed, which stay so', async () => {
    const path = await pull('crane.tar', '--format', 'tarball', ...one);
    await expectArm64(path);
    const { log } = await published(path);
    for (const { digest } of release.blobsOf(release.manifests.arm64)) {
      expect(log).toContain(digest);
    }
  });

  it('pulls a legacy docker archive', async () => {
    await expectArm64(await pull('crane-legacy.tar', '--format', 'legacy', ...one));
  });

  it('pulls an index to a layout', async () => {
    await expectRelease(await pull('crane-all', '--format', 'oci'));
  });

  it('pulls a platform to a layout', async () => {
    await expectManifest(await pull('crane-one', '--format', 'oci', ...one));
  });
});

const umocis = { 'of Debian': '/usr/bin/umoci', 'of today': join(toolsDirectory, 'bin', 'umoci') };
for (const [which, path] of Object.entries(umocis)) {
  describeWith([path], `umoci ${which}`, () => {
    it('makes a layout by hand', async () => {
      const [folder, tree] = [at(`umoci ${which}`), at(`tree ${which}`)];
      await mkdir(tree);
      await writeFile(join(tree, 'hello'), 'hello\n');
      const image = ['--image', `${folder}:1.0`];
      await run(path, ['init', '--layout', folder]);
      await run(path, ['new', ...image]);
      await run(path, ['insert', ...image, tree, '/app']);
      await run(path, ['config', ...image, '--os', 'linux', '--architecture', 'arm64']);
      const [listed] = await listedIn(folder);
      const { platforms } = await published(folder);
      expect(platforms).toMatchObject({ 'linux/arm64': { manifest: listed?.digest } });
      const { diffIds, layers } = platforms['linux/arm64'] ?? expect.fail('arm64 is not there');
      expect(diffIds).toHaveLength(1);
      expect(layers).toEqual(diffIds);
    });
  });
}

describeWith(['pigz'], 'pigz', () => {
  it('compresses an archive as Nix has it do', async () => {
    await expectArm64(await compressAsNix(archives.arm64));
  });
});

if (compressions.includes('zstd')) {
  describeWith(['zstd', 'pzstd'], 'zstd', () => {
    it.each(['zstd', 'pzstd'])('compresses an archive as %s', async (tool) => {
      const path = at(`${tool}.tar.zst`);
      await run(tool, ['-q', archives.arm64, '-o', path]);
      await expectArm64(path);
    });
  });
}
