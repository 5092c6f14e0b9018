import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { dockerArchive } from '../fixtures/docker-archive.ts';
import { makeImage } from '../fixtures/image.ts';
import { useTemporary } from '../fixtures/temporary.ts';
import { runAlba } from '../support/alba.ts';
import { copyWithSkopeo } from '../support/clients.ts';
import { run } from '../support/run.ts';
import { type Buildkitd, startBuildkitd } from '../support/servers/buildkitd.ts';
import { type Registry, registryTool, startRegistry } from '../support/servers/registry.ts';
import { describeWith } from '../support/tools.ts';
import { listedIn, type PublishedRelease, publish, release } from './inputs.ts';

// What real tools build, with no network but a registry on this machine, and what is then published of it.

const temporary = useTemporary();
const at = (...names: string[]) => join(temporary.path, ...names);
const published = (path: string) => publish(temporary.path, [path]);

/** In milliseconds: the first build of a program for another platform compiles Go's library, too. */
const patience = 300_000;

/** Expects these platforms, each with as many layers as were built, which are what its config says. */
function expectImages({ platforms }: PublishedRelease, names: readonly string[], layers: number): void {
  expect(Object.keys(platforms)).toEqual(names);
  for (const image of Object.values(platforms)) {
    expect(image.layers).toEqual(image.diffIds);
    expect(image.layers).toHaveLength(layers);
  }
}

const both = ['linux/amd64', 'linux/arm64'];

describeWith(['buildkitd', 'buildctl', 'runc'], 'buildkit', () => {
  let buildkitd: Buildkitd;
  beforeAll(async () => {
    await mkdir(at('context'));
    await writeFile(at('context', 'Dockerfile'), 'FROM scratch\nCOPY hello /app/\nCOPY world /app/\n');
    for (const name of ['hello', 'world']) await writeFile(at('context', name), `${name}\n`);
    buildkitd = await startBuildkitd();
  });
  afterAll(() => buildkitd?.stop());

  const build = async (output: string, name: string, platforms: readonly string[], ...more: string[]) => {
    const context = ['context', 'dockerfile'].flatMap((local) => ['--local', `${local}=${at('context')}`]);
    await run('buildctl', [
      ...[
        '--addr',
        buildkitd.address,
        'build',
        '--progress',
        'plain',
        '--frontend',
        'dockerfile.v0',
        ...context,
      ],
      ...['--opt', `platform=${platforms.join(',')}`, ...more],
      ...['--output', `${output},dest=${at(name)}`],
    ]);
    return at(name);
  };
  const attested = ['--opt', 'attest:provenance=mode=max'];

  it.each([
    ['OCI', 'true'],
    ['Docker', 'false'],
  ])("writes several platforms with %s's media types, whose index is kept", async (name, isOci) => {
    const path = await build(`type=oci,name=app:1.0,oci-mediatypes=${isOci}`, `${name}.tar`, both);
    const found = await published(path);
    expectImages(found, both, 2);
    expect(found.attestations).toEqual([]);
    expect(found.digest).toBe((await listedIn(path))[0]?.digest);
  });

  const subjectsOf = ({ attestations }: PublishedRelease) => attestations.map(([, subject]) => subject);
  const manifestsOf = ({ platforms }: PublishedRelease) =>
    Object.values(platforms).map(({ manifest }) => manifest);

  it('writes several platforms with provenance, whose index is kept', async () => {
    const path = await build('type=oci,name=app:1.0', 'attested.tar', both, ...attested);
    const found = await published(path);
    expectImages(found, both, 2);
    expect(subjectsOf(found)).toEqual(manifestsOf(found));
    expect(found.digest).toBe((await listedIn(path))[0]?.digest);
  });

  // The statement names no subject then: it is one manifest, which the index lists once for each platform.
  it('writes one provenance for several platforms where the image has no name, which is kept for each', async () => {
    const path = await build('type=oci', 'shared.tar', both, ...attested);
    const other = dockerArchive(makeImage({ os: 'linux', architecture: 's390x' }));
    const merged = await publish(temporary.path, [path, await temporary.write('other.tar', other)]);
    expect(new Set(merged.attestations.map(([digest]) => digest)).size).toBe(1);
    expect(subjectsOf(merged)).toEqual(manifestsOf(merged).slice(0, 2));
  });

  it('writes an OCI archive of one platform, whose manifest is kept', async () => {
    const path = await build('type=oci', 'one.tar', ['linux/arm64']);
    const found = await published(path);
    expectImages(found, ['linux/arm64'], 2);
    expect(found.platforms['linux/arm64']?.manifest).toBe((await listedIn(path))[0]?.digest);
  });

  it('writes a layout of one platform with provenance, whose index is kept', async () => {
    const path = await build('type=oci,tar=false', 'attested-one', ['linux/arm64'], ...attested);
    const found = await published(path);
    expectImages(found, ['linux/arm64'], 2);
    expect(found.attestations).toHaveLength(1);
    expect(found.digest).toBe((await listedIn(path))[0]?.digest);
  });

  it('writes layers of zstd, which stay so', async () => {
    const path = await build('type=oci,compression=zstd,force-compression=true', 'zstd.tar', ['linux/arm64']);
    const found = await published(path);
    expectImages(found, ['linux/arm64'], 2);
    expect(found.platforms['linux/arm64']?.manifest).toBe((await listedIn(path))[0]?.digest);
  });

  it('writes a docker archive, which is a layout, too', async () => {
    const path = await build('type=docker,name=app:1.0', 'docker.tar', ['linux/arm64']);
    const found = await published(path);
    expectImages(found, ['linux/arm64'], 2);
    expect(found.platforms['linux/arm64']?.manifest).toBe((await listedIn(path))[0]?.digest);
  });

  it('writes the files of several platforms, which are published by the names of Go', async () => {
    const platforms = [...both, 'linux/arm/v6', 'windows/amd64'];
    const tree = await build('type=local', 'local', platforms, ...attested);
    const { code, stdout, stderr } = await runAlba(
      ['static', 'push', '--json', '-t', 'app:1.0', tree, `file://${at('site')}`],
      { cwd: temporary.path },
    );
    expect({ code, stderr }).toMatchObject({ code: 0 });
    const { files } = JSON.parse(stdout);
    const paths = files.map(({ path }: { path: string }) => path);
    expect(paths.filter((path: string) => path.endsWith('/hello'))).toEqual([
      'linux/amd64/app/hello',
      'linux/arm/v6/app/hello',
      'linux/arm64/app/hello',
      'windows/amd64/app/hello',
    ]);
    // Its provenance lies with the files, and is left out as any of them.
    expect(paths).toContain('linux/amd64/provenance.json');
    expect(stderr).toContain('local/linux_arm_v6 is read as linux/arm/v6');
  });

  it('exports one manifest at two times, which is published as one index', async () => {
    const first = await build('type=oci,name=app:1.0', 'first.tar', ['linux/arm64']);
    const second = await build('type=oci,name=other:2.0', 'second.tar', ['linux/arm64']);
    const [one, other] = [await published(first), await published(second)];
    expect(other.platforms).toEqual(one.platforms);
    expect(other.digest).toBe(one.digest);
  });
});

describeWith(['ko', 'go', 'skopeo', registryTool[2]], 'ko', () => {
  let registry: Registry;
  beforeAll(async () => {
    registry = await startRegistry();
    const layout = await release.layout.write(at('base'));
    await copyWithSkopeo(`oci:${layout}:1.0`, `docker://${registry.host}/base:1.0`);
    await mkdir(at('program'));
    await writeFile(at('program', 'go.mod'), 'module example.test/app\n\ngo 1.22\n');
    await writeFile(at('program', 'main.go'), 'package main\n\nfunc main() { println("hello") }\n');
  });
  afterAll(() => registry?.stop());

  const build = (platforms: readonly string[], output: string) =>
    run(
      'ko',
      [
        ...['build', '--push=false', '--sbom=none', '--insecure-registry', '--bare'],
        ...[`--platform=${platforms.join(',')}`, output, '.'],
      ],
      {
        cwd: at('program'),
        env: {
          KO_DEFAULTBASEIMAGE: `${registry.host}/base:1.0`,
          KO_DOCKER_REPO: `${registry.host}/app`,
          ...{ GOPROXY: 'off', GOTOOLCHAIN: 'local', GOFLAGS: '' },
        },
        timeout: patience,
      },
    );

  it(
    'builds a layout of several platforms, whose index is kept with its annotations',
    async () => {
      // ko makes a name of this path, in which not every letter may be.
      await build(both, '--oci-layout-path=layout');
      const path = at('program', 'layout');
      const found = await published(path);
      expectImages(found, both, 4);
      expect(found.digest).toBe((await listedIn(path))[0]?.digest);
      expect(found.annotations).toHaveProperty(['org.opencontainers.image.base.name']);
    },
    patience,
  );

  it(
    'builds a docker archive of layers that are compressed',
    async () => {
      await build(['linux/arm64'], `--tarball=${at('ko.tar')}`);
      expectImages(await published(at('ko.tar')), ['linux/arm64'], 4);
    },
    patience,
  );
});
