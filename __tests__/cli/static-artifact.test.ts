import { execFile } from 'node:child_process';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { promisify } from 'node:util';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { digestOf } from '../../src/oci/digest.ts';
import { type Index, type Manifest, parseIndex, parseManifest } from '../../src/oci/manifest.ts';
import { formatPlatform } from '../../src/oci/platform.ts';
import { openLayout } from '../../src/repository/layout.ts';
import type { RepositoryReader } from '../../src/repository/repository.ts';
import { openStatic } from '../../src/repository/static/static.ts';
import { FilesystemStorage } from '../../src/storage/filesystem.ts';
import { listTar } from '../fixtures/published.ts';
import { useTemporary } from '../fixtures/temporary.ts';
import { writeTree } from '../release/support.ts';
import { type Ended, runAlba } from '../support/alba.ts';
import { type Registry, registryTool, startRegistry } from '../support/servers/registry.ts';
import { describeWith, requireTool } from '../support/tools.ts';

const temporary = useTemporary();
const at = (...names: string[]) => join(temporary.path, ...names);
const run = promisify(execFile);
const title = 'org.opencontainers.image.title';

beforeAll(() =>
  writeTree(at('tree'), {
    'linux/amd64/bin/tool': '#!/bin/sh\necho tool for amd64\n',
    'linux/amd64/LICENSE': 'free',
    'linux/arm/v7/bin/tool': '#!/bin/sh\necho tool for arm\n',
    'windows/amd64/bin/tool.exe': 'MZ for windows',
  }),
);

function push(args: readonly string[], options: { readonly cache?: string } = {}): Promise<Ended> {
  const cache = options.cache ? ['--cache-dir', options.cache] : ['--no-cache'];
  return runAlba(['static', 'push', '--json', ...cache, ...args], { cwd: temporary.path });
}

async function pushed(...given: Parameters<typeof push>): Promise<ReturnType<typeof JSON.parse>> {
  const ended = await push(...given);
  expect(ended, ended.stderr).toMatchObject({ code: 0 });
  return JSON.parse(ended.stdout);
}

async function read(
  repository: RepositoryReader,
  tag: string,
): Promise<{ readonly index: Index; readonly manifests: readonly Manifest[] }> {
  const descriptor = await repository.resolve(tag);
  if (!descriptor) throw new Error(`no ${tag}`);
  const index = parseIndex(await buffer(await repository.fetch(descriptor)), tag);
  const manifests = index.manifests.map(async (entry) =>
    parseManifest(await buffer(await repository.fetch(entry)), entry.digest),
  );
  return { index, manifests: await Promise.all(manifests) };
}

describe('files by platform as an artifact', () => {
  it('are one packed layer a platform, whose modes and digest are told as oras wants them', async () => {
    await pushed(['-t', 'tool:1', '--artifact-type', 'application/vnd.example.tool', 'tree', 'oci:./packed']);
    const repository = openLayout(at('packed'));
    const { index, manifests } = await read(repository, '1');
    const artifactType = 'application/vnd.example.tool';
    expect(index.artifactType).toBe(artifactType);
    expect(index.manifests.map((entry) => entry.artifactType)).toEqual([
      artifactType,
      artifactType,
      artifactType,
    ]);
    expect(index.manifests.map(({ platform }) => platform && formatPlatform(platform))).toEqual([
      'linux/amd64',
      'linux/arm/v7',
      'windows/amd64',
    ]);
    const [amd64, arm] = manifests;
    expect(amd64).toMatchObject({
      artifactType,
      config: { mediaType: 'application/vnd.oci.empty.v1+json', size: 2 },
    });
    const [layer, ...others] = amd64?.layers ?? [];
    if (!layer) throw new Error('no layer');
    expect(others).toEqual([]);
    const tar = gunzipSync(await buffer(await repository.fetch(layer)));
    expect(layer).toMatchObject({
      mediaType: 'application/vnd.oci.image.layer.v1.tar+gzip',
      annotations: {
        'io.deis.oras.content.unpack': 'true',
        'io.deis.oras.content.digest': digestOf(tar),
        [title]: 'tool',
      },
    });
    expect(await listTar(tar)).toEqual([
      '755 0:0 tool/',
      '644 0:0 tool/LICENSE = free',
      '755 0:0 tool/bin/',
      '755 0:0 tool/bin/tool = #!/bin/sh\n',
    ]);
    const [ofArm] = arm?.layers ?? [];
    if (!ofArm) throw new Error('no layer');
    const names = await listTar(gunzipSync(await buffer(await repository.fetch(ofArm))));
    expect(names.at(-1)).toContain('tool/bin/tool');
  });

  it('are a layer a file, with the types that are asked for', async () => {
    const provider = 'application/vnd.opentofu.provider';
    await writeTree(at('provider'), {
      'linux/amd64/terraform-provider-example_linux_amd64.zip': 'PK for linux',
      'darwin/arm64/terraform-provider-example_darwin_arm64.zip': 'PK for darwin',
    });
    const types = ['--artifact-type', provider, '--artifact-type', `${provider}-target`];
    await pushed([
      ...['-t', 'example:1.2.3', '--as', 'files', ...types, '--media-type', 'archive/zip'],
      ...['provider', 'file://./provider-site'],
    ]);
    const { index, manifests } = await read(
      openStatic(new FilesystemStorage(at('provider-site')), 'example'),
      '1.2.3',
    );
    expect(index.artifactType).toBe(provider);
    expect(index.manifests.map((entry) => entry.artifactType)).toEqual([
      `${provider}-target`,
      `${provider}-target`,
    ]);
    expect(manifests.map(({ artifactType }) => artifactType)).toEqual([
      `${provider}-target`,
      `${provider}-target`,
    ]);
    expect(manifests.map(({ layers }) => layers.map(({ mediaType }) => mediaType))).toEqual([
      ['archive/zip'],
      ['archive/zip'],
    ]);
    expect(manifests[1]?.layers[0]).toMatchObject({
      digest: digestOf(Buffer.from('PK for linux')),
      annotations: { [title]: 'terraform-provider-example_linux_amd64.zip' },
    });
  });

  it('come to the same digest each time, are sent once, and move the tags that follow', async () => {
    const args = ['-t', 'tool:1.2.3', '--as', 'artifact', '--floating', 'tree', 'file://./again'];
    const first = await pushed(args, { cache: at('cache') });
    const second = await pushed(args, { cache: at('cache') });
    expect(second).toMatchObject({ digest: first.digest, pushedBytes: 0 });
    const repository = openStatic(new FilesystemStorage(at('again')), 'tool');
    expect(await repository.tags()).toEqual(['1', '1.2', '1.2.3', 'latest']);
    await writeTree(at('other'), { 'linux/amd64/tool': 'other' });
    const refused = await push([
      '-t',
      'tool:1.2.3',
      '--as',
      'artifact',
      '--immutable',
      'other',
      'file://./again',
    ]);
    expect(refused).toMatchObject({ code: 1 });
    expect(refused.stderr).toContain('as "immutable" asks, stays so');
  });

  it('join those of a tag, and come to what one push of all would', async () => {
    const type = ['--artifact-type', 'application/vnd.example.tool'];
    await writeTree(at('linux'), {
      'linux/amd64/bin/tool': '#!/bin/sh\necho tool for amd64\n',
      'linux/amd64/LICENSE': 'free',
      'linux/arm/v7/bin/tool': '#!/bin/sh\necho tool for arm\n',
    });
    await writeTree(at('windows'), { 'windows/amd64/bin/tool.exe': 'MZ for windows' });
    for (const target of ['oci:./joined', 'file://./joined-site']) {
      const common = ['-t', 'tool:1', '--as', 'artifact', ...type];
      await pushed([...common, '--update', 'linux', target]);
      const second = await push([...common, '--update', 'windows', target]);
      expect(second, second.stderr).toMatchObject({ code: 0 });
      expect(second.stderr).toContain('windows/amd64 joins, 2 manifests of it stay');
      const whole = await pushed([...common, 'tree', `${target}-whole`]);
      expect(JSON.parse(second.stdout).digest).toBe(whole.digest);
    }
  });

  it('do not join what is something else', async () => {
    const updated = (...args: string[]) => push(['-t', 'tool:1', '--update', 'tree', ...args]);
    await pushed(['-t', 'tool:1', '--artifact-type', 'application/vnd.example.one', 'tree', 'oci:./one']);
    const other = await updated('--artifact-type', 'application/vnd.example.two', 'oci:./one');
    expect(other).toMatchObject({ code: 1 });
    expect(other.stderr).toContain(
      'is an artifact of type application/vnd.example.one, and this one is application/vnd.example.two',
    );
    const plain = await runAlba(
      ['container', 'push', '--no-cache', '-t', 'tool:1', '--from-files', 'tree/linux', 'oci:./images'],
      { cwd: temporary.path },
    );
    expect(plain, plain.stderr).toMatchObject({ code: 0 });
    const image = await updated('oci:./images');
    expect(image).toMatchObject({ code: 1 });
    expect(image.stderr).toContain('is an index of images, and this is an artifact');
    for (const [option, value] of [
      ['--update', []],
      ['--annotation', ['a=b']],
    ] as const) {
      const files = await push(['-t', 'tool:1', option, ...value, 'tree', 'file://./plain']);
      expect(files).toMatchObject({ code: 2 });
      expect(files.stderr).toMatch(/of artifacts alone.*as: artifact|of artifacts alone.*"as"/);
    }
    const immutable = await updated('--immutable', 'oci:./one');
    expect(immutable).toMatchObject({ code: 2 });
    expect(immutable.stderr).toContain('"update" changes a tag that is there, and "immutable" asks');
  });

  it('have the annotations that are asked for', async () => {
    const given = [
      '--annotation',
      'org.example.a=1',
      '--annotation',
      'manifest[linux/amd64]:org.example.b=2',
    ];
    await pushed(['-t', 'tool:1', ...given, 'tree', 'oci:./annotated']);
    const { index, manifests } = await read(openLayout(at('annotated')), '1');
    expect(index.annotations).toEqual({ 'org.example.a': '1' });
    expect(manifests.map(({ annotations }) => annotations)).toEqual([
      { 'org.example.a': '1', 'org.example.b': '2' },
      { 'org.example.a': '1' },
      { 'org.example.a': '1' },
    ]);
  });

  it('are refused before anything is sent where one manifest cannot name each of them', async () => {
    // Paths of some 950 letters, so that fewer files fill the 4 MiB that registries take.
    const folder = Array(4).fill('long'.repeat(59)).join('/');
    const files = Array.from({ length: 4_000 }, (_, number) => [`linux/amd64/${folder}/${number}`, 'x']);
    await writeTree(at('many'), Object.fromEntries(files));
    const ended = await push(['--as', 'files', 'many', 'oci:./large:1']);
    expect(ended.code).toBe(1);
    expect(ended.stderr.slice(-300)).toMatch(
      /linux\/amd64 has 4000 files, .* 4\.\d MB, more than the 4\.2 MB that registries take: .* "as" artifact/,
    );
    await expect(stat(at('large'))).rejects.toMatchObject({ code: 'ENOENT' });
    await pushed(['--as', 'artifact', 'many', 'oci:./large:1']);
  });

  it('are not mixed with plain files without a word', async () => {
    const ended = await push(['-t', 'tool:1', 'tree', 'oci:./mixed', 'file://./mixed-site']);
    expect(ended).toMatchObject({ code: 2 });
    expect(ended.stderr).toContain('oci:./mixed gets an artifact, other targets plain files');
    const page = await push(['-t', 'tool:1', '--page', 'tree', 'oci:./mixed']);
    expect(page).toMatchObject({ code: 2 });
    expect(page.stderr).toContain('page: of plain files alone');
  });
});

describeWith([registryTool[3], 'oras'], 'an artifact of files on a registry', () => {
  let registry: Registry;
  beforeAll(async () => {
    registry = await startRegistry({ version: 3 });
  });
  afterAll(() => registry.stop());

  const pull = (reference: string, platform: string, to: string) =>
    run(requireTool('oras'), ['pull', '--plain-http', '--platform', platform, '-o', at(to), reference]);

  it('is pulled by oras for a platform, and runs', async () => {
    const { url } = await pushed(['tree', `docker://${registry.host}/org/tool:1`]);
    await pull(url, 'linux/amd64', 'pulled');
    const { stdout } = await run(at('pulled', 'tool', 'bin', 'tool'), []);
    expect(stdout).toBe('tool for amd64\n');
    expect((await stat(at('pulled', 'tool', 'LICENSE'))).mode & 0o777).toBe(0o644);
    await pull(url, 'linux/arm/v7', 'pulled-arm');
    expect((await run(at('pulled-arm', 'tool', 'bin', 'tool'), [])).stdout).toBe('tool for arm\n');
  });

  it('is pulled by oras file for file', async () => {
    const { url } = await pushed(['--as', 'files', 'tree', `docker://${registry.host}/org/files:1`]);
    await pull(url, 'linux/amd64', 'single');
    expect(await readFile(at('single', 'LICENSE'), 'utf8')).toBe('free');
    expect(await readFile(at('single', 'bin', 'tool'), 'utf8')).toContain('amd64');
  });
});
